import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import {type AddressInfo} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import connect from 'connect';
import express from 'express';
import ts from 'typescript';
import {createRecorder, type RecorderOptions, type ServiceRecorder} from '../source/library.ts';
import {runCli} from './helpers/run-cli.ts';
import {temporaryDirectory} from './helpers/temporary-store.ts';
import {ask, startServer} from './helpers/traffic.ts';

type LogLine = Readonly<Record<string, unknown>>;

const root = fileURLToPath(new URL('..', import.meta.url));

const logsOf = async (home: string): Promise<readonly LogLine[]> =>
	(await runCli(['logs', 'since:1h', '--json', '--limit', '0'], {home})).stdout.split('\n').filter(Boolean).map(line => JSON.parse(line) as LogLine).toReversed();

const recorderFor = (context: TestContext, options: RecorderOptions = {}): {readonly recorder: ServiceRecorder; readonly home: string; readonly errors: readonly Error[]} => {
	const home = temporaryDirectory(context);
	const errors: Error[] = [];
	const recorder = createRecorder({home, onError: error => errors.push(error), ...options});
	context.after(async () => recorder.close());
	return {recorder, home, errors};
};

const redemption = {method: 'POST', headers: {'Content-Type': 'application/json', 'X-App-Id': 'key', 'X-App-Token': 'planted-token-123'}, body: '{"customer":{"source_id":"crm-1"}}'};

/** What every one of the frameworks must leave. */
const expectLogs = async (home: string, recorder: ServiceRecorder, url: string): Promise<readonly LogLine[]> => {
	const answer = await ask(`${url}/v1/vouchers/ABC/redemption?x=1`, redemption);
	assert.deepEqual([answer.status, JSON.parse(answer.body.toString())], [400, {key: 'quantity_exceeded', code: 400, got: redemption.body.length}]);
	assert.match(String(answer.headers['x-request-id']), /^v-[0-9a-f]{18}$/);
	assert.deepEqual(await recorder.close(), {recorded: 1, dropped: 0});
	const logs = await logsOf(home);
	assert.equal(logs.length, 1);
	assert.partialDeepStrictEqual(logs[0], {
		method: 'POST', url: `${url}/v1/vouchers/ABC/redemption?x=1`, endpoint: 'POST_v1_vouchers_code_redemption', status: 400, outcome: 'failure', channel: 'API', app_id: 'key',
		customer: 'crm-1', incentive: 'ABC', error_key: 'quantity_exceeded', request_id: answer.headers['x-request-id'], request_body: redemption.body, response_body: answer.body.toString(),
	});
	assert.doesNotMatch(JSON.stringify(logs), /planted/);
	return logs;
};

const refusal = (got: number): string => JSON.stringify({key: 'quantity_exceeded', code: 400, got});

test('node:http: the recorder is called with request and response', async context => {
	const {recorder, home, errors} = recorderFor(context);
	const url = await startServer(context, (request, response) => {
		recorder(request, response);
		let got = 0;
		request.on('data', (chunk: Buffer) => {
			got += chunk.length;
		}).on('end', () => {
			response.writeHead(400, {'Content-Type': 'application/json'});
			const text = refusal(got);
			response.write(text.slice(0, 5));
			response.end(text.slice(5));
		});
	});
	const [log] = await expectLogs(home, recorder, url);
	assert.partialDeepStrictEqual(log?.['response_headers'], {'Content-Type': 'application/json'});
	assert.deepEqual(errors, []);
});

test('connect: the recorder is middleware, and a body that is read by iteration is seen', async context => {
	const {recorder, home} = recorderFor(context);
	const app = connect();
	app.use(recorder.middleware);
	app.use((request, response) => {
		void (async () => {
			let got = 0;
			for await (const chunk of request as AsyncIterable<Buffer>) got += chunk.length;
			response.statusCode = 400;
			response.setHeader('Content-Type', 'application/json');
			response.end(refusal(got));
		})();
	});
	await expectLogs(home, recorder, await startServer(context, app));
});

test('Express: before a body parser as behind it; the service tells what it knows of a call', async context => {
	for (const isBehind of [false, true]) {
		const {recorder, home} = recorderFor(context, {describe: request => ({user_email: request.headers['x-user']?.toString() ?? 'nobody@shop.example'})});
		const app = express();
		app.use(...(isBehind ? [express.json(), recorder] : [recorder, express.json()]));
		app.post('/v1/vouchers/:code/redemption', (request, response) => {
			response.status(400).json({key: 'quantity_exceeded', code: 400, got: JSON.stringify(request.body).length});
		});
		const [log] = await expectLogs(home, recorder, await startServer(context, app));
		assert.equal(log?.['user_email'], 'nobody@shop.example');
	}
});

test('Express names an operation by its route', async context => {
	const {recorder, home} = recorderFor(context);
	const app = express();
	const router = express.Router();
	router.get('/:shopId/till-receipts/{:day}', (_, response) => {
		response.send('fine');
	});
	app.use(recorder);
	app.use('/shops', router);
	await ask(`${await startServer(context, app)}/shops/berlin/till-receipts/monday`);
	await recorder.close();
	assert.deepEqual((await logsOf(home)).map(({endpoint}) => endpoint), ['GET_shops_shop_id_till_receipts_day']);
});

test('rules, further secrets, a limit and calls that are left out', async context => {
	const {recorder, home} = recorderFor(context, {
		rules: {customer: 'request:buyer', campaign: 'query:campaign'}, redactKeys: ['nickname'], bodyLimit: 60, ignore: request => request.url === '/health',
	});
	const url = await startServer(context, (request, response) => {
		recorder(request, response, () => request.pipe(response));
	});
	await ask(`${url}/health`);
	await ask(`${url}/v1/orders?campaign=spring`, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: `{"buyer":"b-1","nickname":"planted","fill":"${'x'.repeat(500)}"}`});
	assert.deepEqual(await recorder.close(), {recorded: 1, dropped: 0});
	const [log] = await logsOf(home);
	assert.partialDeepStrictEqual(log, {customer: 'b-1', campaign: 'spring'});
	assert.match(String(log?.['response_body']), /\[cut: the first 60 bytes of a body of \d+ bytes as sent\]$/);
	assert.doesNotMatch(JSON.stringify(log), /planted/);
});

test('a client that goes away, and a service that cuts off its answer, are told in the log', async context => {
	const {recorder, home} = recorderFor(context);
	const url = await startServer(context, (request, response) => {
		recorder(request, response);
		if (request.url === '/cut') {
			response.writeHead(200, {'Content-Type': 'text/plain'});
			response.write('some', () => response.destroy());
		}
	});
	assert.equal((await ask(`${url}/cut`)).isCut, true);
	const request = http.get(`${url}/wait`);
	request.on('error', () => undefined);
	await once(request, 'socket');
	setTimeout(() => request.destroy(), 50);
	while (recorder.figures().recorded < 2) {
		await new Promise(resolve => {
			setTimeout(resolve, 10);
		});
	}

	assert.deepEqual((await logsOf(home)).map(({status, outcome, error_key: key}) => [status, outcome, key]), [[200, 'failure', 'client_aborted'], [null, 'failure', 'client_aborted']]);
});

/** Where nobody listens any more. */
const closedPort = async (): Promise<string> => {
	const server = http.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	return `http://127.0.0.1:${port}/`;
};

test('fetch: calls that the service makes are recorded, and resolve and reject as they would', async context => {
	const {recorder, home, errors} = recorderFor(context);
	const long = `{"key":"not_found","fill":"${'x'.repeat(200_000)}"}`;
	const url = await startServer(context, (request, response) => {
		if (request.url === '/cut') {
			response.writeHead(200, {'Content-Length': '100'});
			response.write('some', () => request.socket.destroy());
		} else response.writeHead(404, {'Content-Type': 'application/json', 'Content-Length': long.length}).end(long);
	});
	const response = await recorder.fetch(`${url}/v1/customers/crm-1`, {method: 'PUT', headers: {'X-App-Token': 'planted-token'}, body: JSON.stringify({name: 'Alex'})});
	assert.deepEqual([response.status, response.url, (await response.json() as {key: string}).key], [404, `${url}/v1/customers/crm-1`, 'not_found']);
	await recorder.fetch(new Request(`${url}/v1/request`)).then(async answer => answer.body?.cancel());
	await assert.rejects(async () => (await recorder.fetch(`${url}/cut`)).text());
	await assert.rejects(recorder.fetch(await closedPort()), {message: 'fetch failed'});
	await assert.rejects(recorder.fetch(url, {signal: AbortSignal.abort()}), {name: 'AbortError'});
	await assert.rejects(recorder.fetch('no address'), TypeError);
	assert.partialDeepStrictEqual(await recorder.close(), {recorded: 6, dropped: 0});
	const logs = await logsOf(home);
	assert.deepEqual(logs.map(({status, error_key: key}) => [status, key]).slice(0, 5), [[404, 'not_found'], [404, 'not_found'], [200, 'upstream_cut_off'], [null, 'upstream_refused'], [null, 'client_aborted']]);
	assert.partialDeepStrictEqual(logs[0], {method: 'PUT', url: `${url}/v1/customers/crm-1`, request_body: '{"name":"Alex"}'});
	assert.ok(String(logs[0]?.['response_body']).endsWith(`[cut: the first 65536 bytes of a body of ${long.length} bytes as sent]`));
	assert.doesNotMatch(JSON.stringify(logs), /planted/);
	assert.deepEqual(errors, []);
});

test('nothing that goes wrong with recording reaches the service', async context => {
	const home = temporaryDirectory(context);
	const garbage = path.join(home, 'garbage.db');
	writeFileSync(garbage, 'no database, '.repeat(1000));
	for (const [options, message] of [
		[{db: 'nonsense'}, /nonsense is no address of a store/],
		[{rules: {user: 'cookie:x'}}, /the rule user cannot be 'cookie:x'/],
		[{db: `file:${garbage}`}, /garbage\.db/],
		[{describe: () => { throw new Error('the service is at fault'); }}, /the service is at fault/],
		[{ignore: () => { throw new Error('ignore is at fault'); }}, /ignore is at fault/],
	] as ReadonlyArray<readonly [RecorderOptions, RegExp]>) {
		const {recorder, errors} = recorderFor(context, {...options, ...(options.db === undefined && {home})});
		const url = await startServer(context, (request, response) => {
			recorder(request, response, () => response.end('fine'));
		});
		assert.equal((await ask(url)).body.toString(), 'fine');
		assert.equal(await (await recorder.fetch(url)).text(), 'fine');
		await recorder.close();
		assert.equal((await ask(url)).body.toString(), 'fine');
		assert.match(String(errors[0]?.message), message);
	}
});

/** A project of its own that has the package installed. */
const installed = (context: TestContext): string => {
	const directory = temporaryDirectory(context);
	execFileSync(process.execPath, ['esbuild.config.js', path.join(directory, 'package', 'dist')], {cwd: root});
	const {exports, types, name, type} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as LogLine;
	writeFileSync(path.join(directory, 'package', 'package.json'), JSON.stringify({name, type, types, exports}));
	mkdirSync(path.join(directory, 'node_modules'));
	symlinkSync(path.join(directory, 'package'), path.join(directory, 'node_modules', 'auditty'));
	// What is native stays outside the bundle.
	symlinkSync(path.join(root, 'node_modules'), path.join(directory, 'package', 'node_modules'));
	return directory;
};

test('as it is published: a service that just ends leaves its logs; it loads no screen; its types hold', async context => {
	const directory = installed(context);
	const home = path.join(directory, 'home');
	const service = path.join(directory, 'service.mjs');
	writeFileSync(service, `
		import http from 'node:http';
		import {createRecorder} from 'auditty';
		const recorder = createRecorder({home: ${JSON.stringify(home)}});
		const server = http.createServer((request, response) => recorder(request, response, () => response.end('fine')));
		server.listen(0, async () => {
			for (let index = 0; index < 20; index++) await (await fetch('http://127.0.0.1:' + server.address().port + '/' + index)).text();
			if (process.argv[2] === 'exit') process.exit();
			server.close();
			server.closeAllConnections();
		});
	`);
	const run = async (...args: readonly string[]): Promise<void> => {
		const child = spawn(process.execPath, [service, ...args], {stdio: ['ignore', 'inherit', 'pipe']});
		let errors = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			errors += text;
		});
		const [code] = await once(child, 'exit') as [number];
		assert.deepEqual([code, errors], [0, '']);
	};

	await run();
	assert.equal((await logsOf(home)).length, 20);
	await run('exit');
	// The recorder goes on after a service that ended in the middle.
	for (let count = 0; count < 40; count = (await logsOf(home)).length) assert.ok(count <= 40);

	const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', `
		import {readFileSync} from 'node:fs';
		import {registerHooks} from 'node:module';
		const files = [];
		registerHooks({load(url, context, next) { files.push(url); return next(url, context); }});
		await import('auditty');
		const text = files.filter(url => url.startsWith('file:') && url.includes('/dist/')).map(url => readFileSync(new URL(url), 'utf8')).join('');
		console.log(JSON.stringify({size: text.length, hasScreen: /react|yoga|\\bink\\b/i.test(text.replace(/\\/\\/# source.*/g, '')), hasStore: /libsql\\/client/.test(text)}));
	`], {cwd: directory, encoding: 'utf8'});
	const {size, hasScreen} = JSON.parse(loaded) as {size: number; hasScreen: boolean};
	assert.equal(hasScreen, false);
	assert.ok(size < 200_000, `${size} bytes are loaded`);

	const file = path.join(directory, 'typed.mts');
	writeFileSync(file, `
		import express from 'express';
		import http from 'node:http';
		import {createRecorder, type RecorderOptions, type ServiceRecorder} from 'auditty';
		const options: RecorderOptions = {bodyLimit: 1000, rules: {user: 'header:X-User'}, onError: error => console.error(error.message)};
		const recorder: ServiceRecorder = createRecorder(options);
		express().use(recorder).use(recorder.middleware);
		http.createServer((request, response) => recorder(request, response));
		const answer: Promise<Response> = recorder.fetch('http://example.com');
		const {recorded}: {recorded: number} = await recorder.close();
		// @ts-expect-error an option that there is not
		createRecorder({bodyLimits: 1});
		export {answer, recorded};
	`);
	symlinkSync(path.join(root, 'node_modules', '@types'), path.join(directory, 'node_modules', '@types'));
	const program = ts.createProgram([file], {module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2024, strict: true, noEmit: true, types: ['node'], skipLibCheck: true, typeRoots: [path.join(root, 'node_modules', '@types')]});
	assert.deepEqual(ts.getPreEmitDiagnostics(program).map(({messageText}) => ts.flattenDiagnosticMessageText(messageText, '\n')), []);
});
