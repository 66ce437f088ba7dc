import assert from 'node:assert/strict';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {pipeline} from 'node:stream/promises';
import {Readable, Writable} from 'node:stream';
import {test, type TestContext} from 'node:test';
import {createClient} from '@libsql/client';
import voucherify from '@voucherify/sdk';
import {runCli, startCli, type RunningCli} from '../helpers/run-cli.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';
import {ask, startServer} from '../helpers/traffic.ts';

const {VoucherifyClientSide, VoucherifyServerSide} = voucherify;

type Started = {readonly running: RunningCli; readonly url: string; readonly home: string};
type LogLine = Readonly<Record<string, unknown>>;

const startProxy = async (context: TestContext, upstream: string, more: readonly string[] = [], home = temporaryDirectory(context)): Promise<Started> => {
	const running = startCli(['proxy', upstream, '--port', '0', '--json', ...more], {home});
	context.after(() => running.child.kill('SIGKILL'));
	const line = await running.nextLine();
	assert.ok(line, running.stderr());
	const listening = JSON.parse(line) as {event: string; url: string; upstream: string; store: string};
	assert.partialDeepStrictEqual(listening, {event: 'listening', upstream, store: path.join(home, 'auditty.db')});
	return {running, url: listening.url, home};
};

/** Ends it as a person does, and gives its last line. */
const stop = async ({running}: Started, signal: NodeJS.Signals = 'SIGTERM'): Promise<LogLine> => {
	running.child.kill(signal);
	const line = await running.nextLine();
	assert.deepEqual(await running.ended, {code: 0, signal: null}, running.stderr());
	return JSON.parse(line ?? 'null') as LogLine;
};

const logsOf = async (home: string, query = 'since:1h'): Promise<readonly LogLine[]> =>
	(await runCli(['logs', query, '--json', '--limit', '0'], {home})).stdout.split('\n').filter(Boolean).map(line => JSON.parse(line) as LogLine);

test('the calls of Voucherify\'s own SDK leave the right logs, and none of its secrets', async context => {
	const received: Array<{readonly url: string; readonly channel: unknown}> = [];
	const upstream = await startServer(context, (request, response) => {
		received.push({url: request.url ?? '', channel: request.headers['x-voucherify-channel']});
		const answer = (status: number, body: unknown): void => {
			response.writeHead(status, {'Content-Type': 'application/json; charset=utf-8', 'X-Rate-Limit-Remaining': '99'}).end(JSON.stringify(body));
		};

		request.resume().on('end', () => {
			if (request.url === '/v1/redemptions') {
				answer(400, {code: 400, key: 'quantity_exceeded', message: 'quantity exceeded', details: 'BLCKFRDY', request_id: 'v-0123456789abcdef01', resource_id: 'BLCKFRDY', resource_type: 'voucher'});
			} else if (request.url === '/v1/vouchers/importCSV') answer(202, {async_action_id: 'aa_0123456789abcdef01'});
			else if (request.url?.startsWith('/client/v1/')) answer(200, {valid: true, redeemables: []});
			else if (request.method === 'POST' && request.url === '/v1/customers') answer(200, {id: 'cust_1', source_id: 'crm-10422', object: 'customer'});
			else answer(200, {id: 'v_1', code: 'BLCKFRDY', campaign: 'Autumn-2026', object: 'voucher'});
		});
	});
	const started = await startProxy(context, upstream);
	const {home, url} = started;
	await runCli(['settings', 'keys.11111111-2222-3333-4444-555555555555', 'Shop backend'], {home});
	const server = VoucherifyServerSide({applicationId: '11111111-2222-3333-4444-555555555555', secretKey: 'planted-server-secret', apiUrl: url, channel: 'shop-backend'});
	await server.vouchers.get('BLCKFRDY');
	await server.customers.create({source_id: 'crm-10422', name: 'Alex Doe'});
	await assert.rejects(server.redemptions.redeemStackable({redeemables: [{object: 'voucher', id: 'BLCKFRDY'}], customer: {source_id: 'crm-10422'}}), {key: 'quantity_exceeded', code: 400});
	const csv = path.join(home, 'vouchers.csv');
	writeFileSync(csv, 'Code,Value\nA,1\nB,2\n');
	await server.vouchers.importCSV(csv);
	const client = VoucherifyClientSide({clientApplicationId: 'client-key', clientSecretKey: 'planted-client-secret', apiUrl: url, origin: 'https://shop.example'});
	await client.validateStackable({redeemables: [{object: 'voucher', id: 'BLCKFRDY'}], customer: {source_id: 'crm-7'}});
	assert.deepEqual(await stop(started), {event: 'stopped', forwarded: 5, recorded: 5, dropped: 0});

	const logs = (await logsOf(home)).toReversed();
	assert.deepEqual(logs.map(({method, endpoint, status, outcome, error_key: key}) => [method, endpoint, status, outcome, key]), [
		['GET', 'GET_v1_vouchers_code', 200, 'success', null],
		['POST', 'POST_v1_customers', 200, 'success', null],
		['POST', 'POST_v1_redemptions', 400, 'failure', 'quantity_exceeded'],
		['POST', 'POST_v1_vouchers_import_csv', 202, 'success', null],
		['POST', 'POST_client_v1_validations', 200, 'success', null],
	]);
	assert.deepEqual(logs.map(({channel}) => channel), received.map(({channel}) => channel ?? 'CLIENT_API'));
	assert.equal(logs[0]?.['channel'], 'shop-backend');
	for (const [index, {url: path}] of received.entries()) assert.equal(logs[index]?.['url'], upstream + path);
	const [get, customer, redemption, csvImport, validation] = logs;
	assert.partialDeepStrictEqual(get, {app_id: '11111111-2222-3333-4444-555555555555', client_app_id: null, incentive: 'BLCKFRDY', campaign: 'Autumn-2026'});
	assert.partialDeepStrictEqual(customer, {customer: 'crm-10422'});
	assert.partialDeepStrictEqual(redemption, {customer: 'crm-10422', incentive: 'BLCKFRDY', request_id: 'v-0123456789abcdef01'});
	assert.partialDeepStrictEqual(csvImport, {task_id: 'aa_0123456789abcdef01'});
	assert.partialDeepStrictEqual(validation, {app_id: null, client_app_id: 'client-key', customer: 'crm-7'});
	assert.match(String(get?.['request_id']), /^v-[0-9a-f]{18}$/);
	assert.equal((await logsOf(home, 'server_key:"Shop backend"')).length, 4);

	const copy = path.join(home, 'copy.csv');
	assert.equal((await runCli(['download', String(csvImport?.['id']), '--output', copy], {home})).code, 0);
	assert.equal(readFileSync(copy, 'utf8'), 'Code,Value\nA,1\nB,2\n');
	for (const file of ['auditty.db', 'auditty.db-wal']) {
		assert.ok(!readFileSync(path.join(home, file), {encoding: 'latin1', flag: 'a+'}).includes('planted-'), file);
	}
});

test('rules of the settings say where user, customer, campaign and key are, and take hold while it runs', async context => {
	const upstream = await startServer(context, (_, response) => {
		response.writeHead(200, {'Content-Type': 'application/json', 'X-Plan': 'spring'}).end('{"owner":{"email":"owner@shop.example"}}');
	});
	const home = temporaryDirectory(context);
	for (const [key, value] of [
		['record.user', 'header:X-User-Email, response:owner.email'], ['record.customer', 'request:$.buyer.ref'], ['record.campaign', 'response-header:X-Plan'],
		['record.channel', 'query:via'], ['record.server_key', 'header:X-Api-Key'], ['redact.keys', 'nickname'], ['record.body_limit', '1 KiB'],
	] as const) {
		assert.equal((await runCli(['settings', key, value], {home})).code, 0);
	}

	const started = await startProxy(context, upstream, [], home);
	await ask(`${started.url}/v1/orders?via=till`, {method: 'POST', headers: {'X-Api-Key': 'planted-key-0123456789', 'Content-Type': 'application/json'}, body: `{"buyer":{"ref":"b-7"},"nickname":"planted","fill":"${'x'.repeat(5000)}"}`});
	await ask(`${started.url}/v1/orders`, {headers: {'X-User-Email': 'me@shop.example'}});
	await stop(started, 'SIGINT');
	const [second, first] = await logsOf(home);
	assert.partialDeepStrictEqual(first, {user_email: 'owner@shop.example', customer: 'b-7', campaign: 'spring', channel: 'till'});
	assert.match(String(first?.['app_id']), /^\[redacted [0-9a-f]{8}\]$/);
	assert.match(String(first?.['request_body']), /x\n\[cut: the first 1024 bytes of a body of \d+ bytes as sent\]$/);
	assert.doesNotMatch(JSON.stringify(first), /planted/);
	assert.equal(second?.['user_email'], 'me@shop.example');
	const wrong = await runCli(['settings', 'record.user', 'cookie:x'], {home});
	assert.equal(wrong.code, 2);
	assert.match(wrong.stderr, /record\.user cannot be 'cookie:x', give places separated by commas/);
});

test('while another process holds the store, traffic goes on, and is recorded afterwards', async context => {
	const upstream = await startServer(context, (_, response) => response.end('fine'));
	const started = await startProxy(context, upstream);
	const holder = createClient({url: `file:${path.join(started.home, 'auditty.db')}`});
	const hold = await holder.transaction('write');
	const slowest = {ms: 0};
	for (let index = 0; index < 200; index++) {
		const start = performance.now();
		assert.equal((await ask(`${started.url}/${index}`)).status, 200);
		slowest.ms = Math.max(slowest.ms, performance.now() - start);
	}

	// Waiting for the lock would take five seconds.
	assert.ok(slowest.ms < 2000, `${slowest.ms} ms`);
	await hold.rollback();
	holder.close();
	assert.partialDeepStrictEqual(await stop(started), {forwarded: 200, recorded: 200, dropped: 0});
	assert.equal((await logsOf(started.home)).length, 200);
});

test('when its recorder is killed, another one stores what it had not', async context => {
	const upstream = await startServer(context, (_, response) => response.end('fine'));
	const started = await startProxy(context, upstream);
	const childOf = (parent: number): number | undefined => readdirSync('/proc').map(Number).find(pid => {
		try {
			return Number.isInteger(pid) && readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(parent);
		} catch {
			return false;
		}
	});
	for (let round = 0; round < 3; round++) {
		for (let index = 0; index < 50; index++) await ask(`${started.url}/${round}/${index}`);
		const recorder = childOf(started.running.child.pid ?? 0);
		if (recorder !== undefined) process.kill(recorder, 'SIGKILL');
	}

	await ask(`${started.url}/last`);
	assert.partialDeepStrictEqual(await stop(started), {forwarded: 151, dropped: 0});
	assert.equal((await logsOf(started.home)).length, 151);
	assert.match(started.running.stderr(), /^auditty: recording was interrupted \(SIGKILL\) and is started again\n/);
});

test('bodies of hundreds of megabytes pass both ways in flat memory', async context => {
	const megabytes = Number(process.env['AUDITTY_PROXY_MB'] ?? 200);
	const chunk = Buffer.alloc(1024 * 1024, 'a');
	const flow = (): Readable => Readable.from((function * () {
		for (let index = 0; index < megabytes; index++) yield chunk;
	})());
	const upstream = await startServer(context, (request, response) => {
		if (request.method === 'GET') {
			flow().pipe(response);
			return;
		}

		let bytes = 0;
		request.on('data', (part: Buffer) => {
			bytes += part.length;
		}).on('end', () => response.end(String(bytes)));
	});
	const started = await startProxy(context, upstream);
	await ask(`${started.url}/warm`, {method: 'POST', body: 'x'});
	const memory = (name: 'VmRSS' | 'VmHWM'): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${started.running.child.pid}/status`, 'utf8'))?.[1]) / 1024;
	const before = memory('VmRSS');

	const down = await new Promise<number>((resolve, reject) => {
		http.get(`${started.url}/download`, response => {
			let bytes = 0;
			pipeline(response, new Writable({
				write(part: Buffer, _, done) {
					bytes += part.length;
					done();
				},
			})).then(() => resolve(bytes), reject);
		});
	});
	assert.equal(down, megabytes * chunk.length);
	const up = await new Promise<string>((resolve, reject) => {
		const request = http.request(`${started.url}/upload`, {method: 'POST', headers: {'Content-Type': 'text/csv'}}, response => {
			response.setEncoding('utf8').on('data', resolve);
		});
		pipeline(flow(), request).catch(reject);
	});
	assert.equal(Number(up), megabytes * chunk.length);
	const grown = memory('VmHWM') - before;
	// A CSV is held up to its bound of 16 MiB.
	assert.ok(grown < 150, `memory grew from ${before.toFixed(0)} MB by ${grown.toFixed(0)} MB`);
	if (process.env['AUDITTY_PROXY_MB'] !== undefined) context.diagnostic(`${megabytes} MB each way: ${before.toFixed(0)} MB before, at most ${memory('VmHWM').toFixed(0)} MB`);
	await stop(started);
	const logs = await logsOf(started.home, '-url:warm since:1h');
	for (const log of logs) assert.match(`${String(log['request_body'])}${String(log['response_body'])}`, new RegExp(`\\[cut: the first 65536 bytes of a body of ${megabytes * chunk.length} bytes as sent\\]`));
});

test('wrong use is told in one line, and nothing listens', async context => {
	const home = temporaryDirectory(context);
	const taken = net.createServer().listen(0, '127.0.0.1');
	await new Promise(resolve => taken.once('listening', resolve));
	context.after(() => taken.close());
	const {port} = taken.address() as net.AddressInfo;
	const garbage = path.join(home, 'garbage.db');
	writeFileSync(garbage, 'no database at all, '.repeat(500));
	for (const [args, code, message] of [
		[['proxy'], 2, /^auditty: proxy needs an argument, write auditty proxy UPSTREAM/],
		[['proxy', 'api.voucherify.io'], 2, /^auditty: api\.voucherify\.io is no address of an upstream, write it whole, such as https:\/\/api\.voucherify\.io\n$/],
		[['proxy', 'https://me:secret@api.example'], 2, /^auditty: the upstream's address holds a name or a password, leave it out/],
		[['proxy', 'https://api.example', '--port', '99999'], 2, /^auditty: --port cannot be 99999/],
		[['proxy', 'https://api.example', '--timeout', 'soon'], 2, /^auditty: --timeout cannot be soon/],
		[['proxy', 'https://api.example', '--read-only'], 2, /^auditty: --read-only leaves the store as it is/],
		[['proxy', 'https://api.example', '--port', String(port)], 1, new RegExp(`^auditty: 127\\.0\\.0\\.1:${port} is in use, choose another port with --port`)],
		[['proxy', 'https://api.example', '--port', '0', '--db', `file:${garbage}`], 1, /^auditty: .*garbage\.db/],
	] as const) {
		const result = await runCli(args, {home});
		assert.deepEqual([result.code, result.stdout], [code, ''], result.stderr);
		assert.match(result.stderr, message);
		assert.doesNotMatch(result.stderr, /secret@/);
	}
});
