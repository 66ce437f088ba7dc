import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {chmodSync, readFileSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {createClient} from '@libsql/client';
import {runCli, startCli, type RunningCli} from '../helpers/run-cli.ts';
import {seedHome} from '../helpers/seed-home.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';
import {ask, startServer, type Answer} from '../helpers/traffic.ts';

const secret = 'planted-webhook-secret';

type Started = {readonly running: RunningCli; readonly url: string; readonly home: string};
type Line = Readonly<Record<string, unknown>>;

const startListener = async (context: TestContext, {home = temporaryDirectory(context), args = [], env = {AUDITTY_WEBHOOK_SECRET: secret}}: {
	readonly home?: string;
	readonly args?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
} = {}): Promise<Started> => {
	const running = startCli(['listen', '--port', '0', '--json', ...args], {home, env});
	context.after(() => running.child.kill('SIGKILL'));
	const line = await running.nextLine();
	assert.ok(line, running.stderr());
	return {running, home, url: (JSON.parse(line) as {url: string}).url};
};

const sign = (body: string, key = secret): string => createHmac('sha256', key).update(body).digest('hex');

const send = async (url: string, body: string, signature: string | null = sign(body)): Promise<Answer> =>
	ask(`${url}/hooks/voucherify`, {method: 'POST', body, headers: {'Content-Type': 'application/json', ...(signature !== null && {'X-Voucherify-Signature': signature})}});

const rawRequest = (body: string, signature: string): string =>
	`POST /hooks HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Voucherify-Signature: ${signature}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const nextEvent = async ({running}: Started): Promise<Line> => JSON.parse(await running.nextLine() ?? 'null') as Line;

const stop = async (started: Started): Promise<Line> => {
	started.running.child.kill('SIGTERM');
	const last = await nextEvent(started);
	assert.deepEqual(await started.running.ended, {code: 0, signal: null}, started.running.stderr());
	return last;
};

const envelope = (id: string, more: object = {}): string => JSON.stringify({
	id, project_id: 'proj_8QxLm2VtYk', created_at: '2026-09-01T10:05:12.314Z', type: 'redemption.succeeded',
	data: {customer: {source_id: 'crm-10422'}, access_token: 'planted-token-0123456789'},
	source: {id: 'wh_AJOGqBevUPZogJmXqrOZtF3E', object: 'webhook', target_url: 'https://hooks.example.com/voucherify'},
	event: {id: 'evred_12f8d76946e4c9df51', type: 'redemption.succeeded', created_at: '2026-09-01T10:05:12.313Z', entity_id: 'r_1', group_id: 'v-12f8d7693a2c5ee7d3', event_source: {channel: 'API'}},
	...more,
});

const sendoutsOf = async (home: string): Promise<readonly Line[]> =>
	(await runCli(['sendouts', '--json', 'since:2000-01-01', '--limit', '0'], {home})).stdout.split('\n').filter(Boolean).map(line => JSON.parse(line) as Line);

test('a webhook is stored once as a sendout, linked to the log that caused it', async context => {
	const home = await seedHome(context, {logs: [{id: 'log_1', request_id: 'v-12f8d7693a2c5ee7d3'}]});
	const started = await startListener(context, {home});
	const body = envelope('whs_12f8d76947260efcd3');
	for (const expected of ['received', 'repeated']) {
		const {status, body: answer} = await send(started.url, body);
		assert.deepEqual([status, JSON.parse(answer.toString())], [200, {id: 'whs_12f8d76947260efcd3'}]);
		assert.partialDeepStrictEqual(await nextEvent(started), {event: expected, id: 'whs_12f8d76947260efcd3', type: 'redemption.succeeded', request_id: 'v-12f8d7693a2c5ee7d3'});
	}

	assert.deepEqual(await stop(started), {event: 'stopped', received: 1, repeated: 1, refused: 0});
	const [sendout, ...others] = await sendoutsOf(home);
	assert.equal(others.length, 0);
	assert.partialDeepStrictEqual(sendout, {
		id: 'whs_12f8d76947260efcd3', status: 'success', type: 'redemption.succeeded', event_id: 'evred_12f8d76946e4c9df51', request_id: 'v-12f8d7693a2c5ee7d3',
		source_id: 'wh_AJOGqBevUPZogJmXqrOZtF3E', target_url: 'https://hooks.example.com/voucherify', created_at: '2026-09-01T10:05:12.314Z', attempts: 1,
	});
	const {stdout} = await runCli(['show', 'whs_12f8d76947260efcd3', '--json'], {home});
	assert.match(stdout, /crm-10422/);
	assert.doesNotMatch(stdout, /planted/);
	for (const file of ['auditty.db', 'auditty.db-wal']) assert.ok(!readFileSync(path.join(home, file), {encoding: 'latin1', flag: 'a+'}).includes('planted-'), file);
	const related = await runCli(['show', 'log_1'], {home});
	assert.equal(related.code, 0);
});

test('envelopes of distributions, odd ones and payloads without any are taken as they are', async context => {
	const started = await startListener(context);
	const distribution = envelope('whs_12f93505a18a22a0f3', {type: 'Welcome code sent', source: {id: 'distr_1', object: 'distribution', target_url: 'https://hooks.example.com/d'}});
	const bare = '{"id":"whs_12f93505a18a22a0f4","type":"a.new.event","data":null}';
	const raw = '{"code":"WELCOME15","to":"alex@example.com"}';
	const text = '  message  ';
	for (const body of [distribution, bare, raw, raw, text]) assert.equal((await send(started.url, body)).status, 200, body);
	await stop(started).catch(() => undefined);
	const stored = await sendoutsOf(started.home);
	assert.equal(stored.length, 4);
	const find = (type: string): Line => stored.find(one => one['type'] === type) ?? {};
	assert.partialDeepStrictEqual(find('Welcome code sent'), {source_id: 'distr_1'});
	assert.partialDeepStrictEqual(find('a.new.event'), {id: 'whs_12f93505a18a22a0f4', event_id: null, request_id: null, source_id: null});
	const raws = stored.filter(one => one['type'] === 'raw_payload');
	assert.equal(raws.length, 2);
	for (const one of raws) assert.match(String(one['id']), /^whs_[0-9a-f]{18}$/);
});

test('wrong signatures are refused and counted; a body signed without its white space is right', async context => {
	const started = await startListener(context);
	const body = envelope('whs_12f8d76947260efcd3');
	const pretty = JSON.stringify(JSON.parse(envelope('whs_12f8d76947260efcd4')), null, 2);
	for (const signature of [null, '', sign(body, 'another'), sign(`${body} `), 'x'.repeat(64), sign(body).slice(0, 63), `${sign(body)}00`]) {
		const {status, body: answer} = await send(started.url, body, signature);
		assert.deepEqual([status, JSON.parse(answer.toString())], [401, {code: 401, message: 'the signature is wrong or missing'}]);
	}

	assert.partialDeepStrictEqual(await nextEvent(started), {event: 'refused', reason: 'signature', from: '127.0.0.1'});
	assert.equal((await send(started.url, pretty, sign(JSON.stringify(JSON.parse(pretty))))).status, 200);
	assert.partialDeepStrictEqual(await nextEvent(started), {event: 'received', id: 'whs_12f8d76947260efcd4'});
	assert.deepEqual(await stop(started), {event: 'stopped', received: 1, repeated: 0, refused: 7});
	assert.deepEqual((await sendoutsOf(started.home)).map(({id}) => id), ['whs_12f8d76947260efcd4']);
});

test('what is no webhook is refused by what is wrong with it, and does no harm', async context => {
	const started = await startListener(context);
	const {url} = started;
	assert.deepEqual([(await ask(url)).status, (await ask(url)).headers.allow], [405, 'POST']);
	assert.equal((await send(url, '')).status, 400);
	assert.equal((await ask(url, {method: 'POST', body: 'x', headers: {'Content-Encoding': 'gzip'}})).status, 415);
	const large = Buffer.alloc(9 * 1024 * 1024, ' ').toString();
	const refused = await send(url, large).then(({status}) => status, (error: NodeJS.ErrnoException) => error.code);
	assert.ok(refused === 413 || refused === 'ECONNRESET' || refused === 'EPIPE', String(refused));
	assert.equal((await send(url, envelope('whs_12f8d76947260efcd3'))).status, 200);
	assert.equal((await sendoutsOf(started.home)).length, 1);
});

test('what was answered 200 is there after a kill; a store that is held for a moment is waited for', async context => {
	const started = await startListener(context);
	const answers = await Promise.all(Array.from({length: 100}, async (_, index) => send(started.url, envelope(`whs_12f8d769472600${String(index).padStart(4, '0')}`))));
	assert.ok(answers.every(({status}) => status === 200));
	started.running.child.kill('SIGKILL');
	await started.running.ended;
	assert.equal((await sendoutsOf(started.home)).length, 100);

	const again = await startListener(context, {home: started.home});
	const holder = createClient({url: `file:${path.join(started.home, 'auditty.db')}`});
	const hold = await holder.transaction('write');
	// In one packet with another that needs no store: once that is answered, this one has arrived.
	const body = envelope('whs_12f8d76947260efcd3');
	const socket = connect(Number(new URL(again.url).port), '127.0.0.1').setEncoding('utf8');
	const answered = socket[Symbol.asyncIterator]() as AsyncIterator<string>;
	socket.write(rawRequest(body, 'wrong') + rawRequest(body, sign(body)));
	assert.match((await answered.next()).value as string, /^HTTP\/1\.1 401 (?![^]*HTTP\/1\.1 200)/);
	await hold.rollback();
	holder.close();
	assert.match((await answered.next()).value as string, /^HTTP\/1\.1 200 /);
	socket.destroy();
	await stop(again).catch(() => undefined);
	assert.equal((await sendoutsOf(started.home)).length, 101);
});

test('the secret comes from the environment or a file that nobody else can read; without one nothing listens', async context => {
	const home = temporaryDirectory(context);
	const file = path.join(home, 'secrets');
	const fail = async (args: readonly string[] = []): Promise<string> => {
		const {code, stdout, stderr} = await runCli(['listen', '--port', '0', ...args], {home});
		assert.equal(stdout, '');
		return `${code} ${stderr}`;
	};

	assert.match(await fail(), /^2 auditty: there is no secret to verify webhooks with, give it in AUDITTY_WEBHOOK_SECRET/);
	assert.equal((await runCli(['settings', 'listen.secret_file', 'secrets'], {home})).code, 2);
	assert.equal((await runCli(['settings', 'listen.secret_file', file], {home})).code, 0);
	assert.match(await fail(), /^1 auditty: the secret in .*secrets cannot be read \(ENOENT\)/);
	writeFileSync(file, 'old-secret\nnew-secret\n', {mode: 0o644});
	chmodSync(file, 0o644);
	assert.match(await fail(), /^1 auditty: others can read the secret in .*, run chmod 600 /);
	assert.match(await fail(['--read-only']), /^2 auditty: --read-only/);
	chmodSync(file, 0o600);
	const started = await startListener(context, {home, env: {}});
	for (const key of ['old-secret', 'new-secret']) assert.equal((await send(started.url, `{"key":"${key}"}`, sign(`{"key":"${key}"}`, key))).status, 200);
	assert.equal((await send(started.url, '{}', sign('{}'))).status, 401);
	await stop(started).catch(() => undefined);
	const open = await startListener(context, {home, args: ['--unverified'], env: {}});
	assert.equal((await send(open.url, '{"any":1}', null)).status, 200);
});

test('--forward sends each on to the endpoints of the store, once, with the worker that it brings', async context => {
	const home = temporaryDirectory(context);
	const delivered: string[] = [];
	const receiver = await startServer(context, (request, response) => {
		request.setEncoding('utf8').on('data', (text: string) => delivered.push(text)).on('end', () => response.end());
	});
	await runCli(['settings', 'webhooks.allow_private', 'true'], {home});
	const added = await runCli(['endpoint', 'add', `${receiver}/hooks`], {home});
	assert.equal(added.code, 0, added.stderr);
	const started = await startListener(context, {home, args: ['--forward']});
	const body = envelope('whs_12f8d76947260efcd3');
	for (let count = 0; count < 2; count++) assert.equal((await send(started.url, body)).status, 200);
	while (delivered.length === 0) {
		await new Promise(resolve => {
			setTimeout(resolve, 20);
		});
	}

	await stop(started).catch(() => undefined);
	const sent = JSON.parse(delivered[0] ?? '') as {type: string; data: unknown; event: {group_id: string; entity_id: string}};
	assert.partialDeepStrictEqual(sent, {type: 'redemption.succeeded', data: {customer: {source_id: 'crm-10422'}}, event: {group_id: 'v-12f8d7693a2c5ee7d3', entity_id: 'r_1'}});
	assert.equal(delivered.length, 1);
	assert.doesNotMatch(delivered[0] ?? '', /planted/);
	const stored = await sendoutsOf(home);
	assert.deepEqual(stored.map(({status, request_id: id}) => [status, id]), [['success', 'v-12f8d7693a2c5ee7d3'], ['success', 'v-12f8d7693a2c5ee7d3']]);
});
