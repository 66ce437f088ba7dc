import assert from 'node:assert/strict';
import {chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {type PullReport} from '../../source/services/pull/pull-report.ts';
import {runCli, startCli} from '../helpers/run-cli.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';
import {remoteExport, remoteLogs, remoteTask, startVoucherifyServer, type VoucherifyServer} from '../helpers/voucherify-server.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

const open = async (context: TestContext): Promise<{readonly server: VoucherifyServer; readonly home: string; readonly options: {readonly home: string; readonly env: Readonly<Record<string, string>>}}> => {
	const server = await startVoucherifyServer(context);
	const home = temporaryDirectory(context);
	return {server, home, options: {home, env: server.environment}};
};

const pull = async (options: Parameters<typeof runCli>[1], ...args: readonly string[]): Promise<PullReport & {readonly task_id: string}> => {
	const {code, stdout, stderr} = await runCli(['pull', '--json', ...args], options);
	assert.deepEqual([code, stderr], [0, '']);
	return JSON.parse(stdout) as PullReport & {readonly task_id: string};
};

const rows = async (command: string, home: string, ...query: readonly string[]): Promise<ReadonlyArray<Record<string, unknown>>> => {
	const {stdout} = await runCli([command, ...query, '--json', '--limit', '0'], {home});
	return stdout.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Record<string, unknown>);
};

/** Whether any file of the data directory holds a text. */
const filesWith = (directory: string, text: string): readonly string[] => readdirSync(directory, {recursive: true}).map(name => path.join(directory, String(name)))
	.filter(file => statSync(file).isFile() && readFileSync(file).includes(text));

test('pull brings logs, background tasks and exports once, over many pages; a second one adds nothing', async context => {
	const {server, home, options} = await open(context);
	const now = Date.now();
	server.pageSize = 3;
	const [own] = remoteLogs(1, {days: 1, now, name: 'own'});
	server.logs.push(...remoteLogs(200, {days: 6.5, now}), {...own, channel: 'auditty'});
	server.tasks.push(...Array.from({length: 8}, (_, index) => remoteTask({id: `aa_${index}`, created_at: iso(now - index * 3_600_000)})));
	server.exports.push(...Array.from({length: 7}, (_, index) => remoteExport({id: `exp_remote${index}`, created_at: iso(now - index * 86_400_000)})));
	assert.deepEqual(await runCli(['pull'], options), {code: 0, signal: null, stdout: 'pulled 200 logs, 8 background tasks, 7 exports\n', stderr: ''});
	for (const {headers} of server.calls) {
		assert.equal(headers['x-voucherify-channel'], 'auditty');
	}

	const stored = await rows('logs', home, 'since:30d');
	assert.deepEqual(stored.map(({id}) => id), server.logs.slice(0, 200).map(({id}) => id));
	assert.partialDeepStrictEqual(stored[3], {status: 400, outcome: 'failure', error_key: 'quantity_exceeded', request_body: server.logs[3]?.request_body, app_id: 'app-1', channel: 'API'});
	const tasks = await rows('tasks', home, 'origin:voucherify');
	assert.equal(tasks.length, 8);
	assert.partialDeepStrictEqual(tasks[0], {id: 'aa_0', status: 'done', processing_status: 'success', done_count: 2, failed_count: 1, total_count: 3, processing_time: 913, log_id: 'log_12f8e88ad2d18ed4cb', origin: 'voucherify'});
	assert.partialDeepStrictEqual((await rows('exports', home))[0], {id: 'exp_remote0', resource: 'voucher', status: 'done', origin: 'voucherify', fields: ['code', 'value'], user: 'user_pT1rWkhYJIcKoBrPLH6NLsGbRNOdC6di'});

	const again = await pull(options);
	assert.partialDeepStrictEqual(again, {logs: {inserted: 0, rejected: 0, gaps: [], error: null}, tasks: {added: 0, changed: 0, unfinished: 0, without_result: 0, error: null}, exports: {added: 0, changed: 0, error: null}});
	assert.equal((await rows('logs', home, 'since:30d')).length, 200);
	assert.deepEqual(await rows('tasks', home, 'origin:voucherify'), tasks);
	assert.equal((await rows('exports', home)).length, 7);
});

test('wrong keys fail the pull with what to do; no key is told, none is stored', async context => {
	const {server, home, options} = await open(context);
	const env = {...options.env, VOUCHERIFY_SECRET_KEY: 'wrong-planted-secret'};
	const {code, stdout, stderr} = await runCli(['pull'], {home, env});
	assert.deepEqual([code, stdout], [1, '']);
	assert.match(stderr, /^auditty: the project does not take the keys \(the list of exports: 401 unauthorized\), see that VOUCHERIFY_APP_ID and/);
	assert.doesNotMatch(stderr, /planted/);
	await runCli(['pull'], options);
	for (const text of ['planted', server.appId]) {
		assert.deepEqual(filesWith(home, text), [], text);
	}
});

test('download fetches the file of a remote export once, byte for byte, or with just its secrets replaced', async context => {
	const {server, home, options} = await open(context);
	const now = Date.now();
	const plain = '\uFEFFcode,note\r\nA-1,"two\r\nlines, ""quoted"""\r\nB-2,=1+1\r\n';
	const secret = 'id,request_body,client_secret\r\nlog_1,"{""password"":""planted-in-body"",""a"": 1}",planted-in-column\r\nlog_2,"{""b"" : 2}",\r\n';
	server.exports.push(
		remoteExport({id: 'exp_plain', created_at: iso(now - 60_000)}), remoteExport({id: 'exp_secret', created_at: iso(now - 50_000), exported_object: 'api_log'}),
		remoteExport({id: '../../exp_path', created_at: iso(now - 40_000)}), remoteExport({id: 'exp_pending', created_at: iso(now - 30_000), status: 'IN_PROGRESS'}),
	);
	for (const [id, text] of [['exp_plain', plain], ['exp_secret', secret], ['../../exp_path', plain]] as const) server.files.set(id, text);
	assert.equal((await pull(options)).exports.added, 4);

	const target = path.join(home, 'copy.csv');
	assert.equal((await runCli(['download', 'exp_plain', '--output', target], options)).code, 0);
	assert.equal(readFileSync(target, 'utf8'), plain);
	const calls = server.calls.length;
	assert.equal((await runCli(['download', 'exp_plain'], options)).stdout, plain);
	const browsed = (await runCli(['browse', 'exp_plain', '--json', '--limit', '0'], options)).stdout.trimEnd().split('\n');
	assert.equal(browsed.length, 2, 'and is browsed by its ID');
	assert.equal(server.calls.length, calls);
	assert.partialDeepStrictEqual((await rows('exports', home, 'id:exp_plain'))[0], {rows: 2, bytes: Buffer.byteLength(plain), origin: 'voucherify', status: 'done'});

	const replaced = (await runCli(['download', 'exp_secret'], options)).stdout;
	assert.match(replaced, /^id,request_body,client_secret\r\nlog_1,"\{""password"":""\[redacted\]"",""a"": 1\}",\[redacted [0-9a-f]{8}\]\r\nlog_2,"\{""b"" : 2\}",\r\n$/);
	assert.equal((await runCli(['download', '../../exp_path'], options)).stdout, plain);
	assert.deepEqual(filesWith(home, 'planted'), []);
	const files = readdirSync(path.join(home, 'exports'));
	assert.equal(files.length, 3);
	for (const file of files) assert.equal(statSync(path.join(home, 'exports', file)).mode & 0o777, 0o600);

	assert.match((await runCli(['download', 'exp_pending'], options)).stderr, /^auditty: the export exp_pending is being made, wait until it is done\n$/);
	server.exports.splice(0, server.exports.length, ...server.exports.filter(({id}) => id !== 'exp_plain'));
	assert.equal((await pull(options)).exports.added, 0);
	assert.equal((await runCli(['download', 'exp_plain'], options)).stdout, plain);
});

test('the file of a remote export is asked for with keys only at a download host of the project, and not by plain http elsewhere', async context => {
	const {server, home, options} = await open(context);
	const elsewhere = await startVoucherifyServer(context);
	elsewhere.faults.push(() => ({status: 200, body: 'code\nA-1\n'}));
	let url = `${elsewhere.url}/v1/exports/exp_1?token=planted`;
	server.exports.push(remoteExport({id: 'exp_1', created_at: iso(Date.now())}));
	server.faults.push(({path: asked}) => asked === '/v1/exports/exp_1' ? {status: 200, body: JSON.stringify({...server.exports[0], result: {url}})} : undefined);
	await pull(options);
	assert.equal((await runCli(['download', 'exp_1'], options)).stdout, 'code\nA-1\n');
	assert.deepEqual(elsewhere.calls.map(({path: asked, headers}) => [asked, headers['x-app-id'], headers['x-app-token']]), [['/v1/exports/exp_1', undefined, undefined]]);

	url = 'http://files.example/exp_1?token=planted';
	rmSync(path.join(home, 'exports'), {recursive: true});
	const {code, stderr} = await runCli(['download', 'exp_1'], options);
	assert.equal(code, 1);
	assert.match(stderr, /^auditty: the file of an export is at http:\/\/files\.example, which auditty does not ask, it takes files of 127\.0\.0\.1:\d+/);
	assert.doesNotMatch(stderr, /planted/);
	assert.deepEqual(filesWith(home, 'planted'), []);
});

test('keys can be in a file that nobody else may read; a file that others can read is refused', async context => {
	const {server, home} = await open(context);
	server.logs.push(...remoteLogs(5, {days: 0.9, now: Date.now()}));
	const file = path.join(home, 'voucherify.env');
	writeFileSync(file, `# of the shop\nVOUCHERIFY_APP_ID=${server.appId}\nVOUCHERIFY_SECRET_KEY="${server.secretKey}"\n`, {mode: 0o644});
	const env = {VOUCHERIFY_HOST: server.url};
	const refused = await runCli(['pull'], {home, env});
	assert.deepEqual([refused.code, refused.stdout], [1, '']);
	assert.match(refused.stderr, /^auditty: others can read the keys in .*voucherify\.env, take that away with chmod 600 .*voucherify\.env, and make new keys in Voucherify\n$/);
	assert.deepEqual(server.calls, []);
	chmodSync(file, 0o600);
	assert.equal((await runCli(['pull'], {home, env})).stdout, 'pulled 5 logs, 0 background tasks, 0 exports\n');
	const elsewhere = await runCli(['pull'], {home, env: {...env, AUDITTY_VOUCHERIFY_FILE: path.join(home, 'none.env')}});
	assert.match(elsewhere.stderr, /^auditty: the keys of the Voucherify project are not given, set VOUCHERIFY_APP_ID and VOUCHERIFY_SECRET_KEY, or write both as NAME=VALUE lines into .*none\.env with mode 0600\n$/);
});

test('pull refuses what cannot be before it asks anything', async context => {
	const {server, home, options} = await open(context);
	for (const [args, env, code, message] of [
		[['--since', 'soon'], {}, 2, /--since soon: "soon" is not a date, write 30m/],
		[['--every', '5'], {}, 2, /--every cannot be 5, give a pause such as 30s, 5m/],
		[['--every', '5m', '--detach'], {}, 2, /--detach and --every exclude each other/],
		[['--read-only'], {}, 2, /--read-only leaves the store as it is/],
		[['--csv'], {}, 2, /pull prints no CSV/],
		[[], {VOUCHERIFY_HOST: '', VOUCHERIFY_REGION: 'mars'}, 2, /there is no region mars, give one of eu1, us1, as1/],
		[[], {VOUCHERIFY_HOST: 'http://api.example.com'}, 2, /http:\/\/api\.example\.com would get the keys unencrypted/],
		[[], {VOUCHERIFY_HOST: 'https://key:planted@api.example.com'}, 2, /the host of the Voucherify project holds a key/],
		[[], {VOUCHERIFY_SECRET_KEY: ''}, 1, /VOUCHERIFY_SECRET_KEY is missing in the environment/],
		[[], {VOUCHERIFY_SECRET_KEY: 'planted\nkey'}, 1, /VOUCHERIFY_SECRET_KEY in the environment is no key/],
		[[], {VOUCHERIFY_HOST: 'http://127.0.0.1:1'}, 1, /127\.0\.0\.1:1 cannot be reached: it refuses connections, see the network/],
	] as const) {
		const result = await runCli(['pull', ...args], {home, env: {...options.env, ...env}});
		assert.match(result.stderr, message);
		assert.doesNotMatch(result.stderr, /planted/);
		assert.deepEqual([result.code, result.stdout], [code, ''], result.stderr);
	}

	assert.deepEqual(server.calls, []);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	test(`pull --every pulls again and again, a line an event, and ends well on ${signal}`, async context => {
		const {server, options} = await open(context);
		server.logs.push(...remoteLogs(3, {days: 0.9, now: Date.now()}));
		const running = startCli(['pull', '--every', '1s'], options);
		context.after(() => running.child.kill('SIGKILL'));
		const time = String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
		assert.match(await running.nextLine() ?? running.stderr(), new RegExp(`${time} started every_ms=1000$`));
		assert.match(await running.nextLine() ?? running.stderr(), new RegExp(`${time} pulled id=aa_\\w+ logs=3 tasks=0 exports=0 missing=0 ms=\\d+$`));
		server.logs.push(...remoteLogs(1, {days: 0.001, now: Date.now(), name: 'new'}));
		server.faults.push(({path: asked}) => asked === '/v1/async-actions' ? {status: 402, body: '{"key":"missing_required_feature"}'} : undefined);
		assert.match(await running.nextLine() ?? running.stderr(), new RegExp(`${time} pulled-in-part id=aa_\\w+ logs=1 .*error="the plan of the project does not include this \\(the list of background tasks: 402 missing_required_feature\\), ask Voucherify for it"$`));
		running.child.kill(signal);
		let last = await running.nextLine();
		while (last !== null && !last.endsWith(' stopped')) last = await running.nextLine();
		assert.match(last ?? '', new RegExp(`${time} stopped$`));
		assert.deepEqual(await running.ended, {code: 0, signal: null});
		assert.equal(running.stderr(), '');
	});
}

test('--detach leaves the pull to a worker that has the keys; another worker does not take it', async context => {
	const {server, home, options} = await open(context);
	server.logs.push(...remoteLogs(4, {days: 0.9, now: Date.now()}));
	const {stdout} = await runCli(['pull', '--detach', '--json', '--since', '2d'], options);
	const {task_id: id} = JSON.parse(stdout) as {task_id: string};
	assert.equal((await runCli(['pull', '--detach'], options)).stdout, `${id}\n`);
	await runCli(['worker', '--until-idle'], {home});
	assert.deepEqual((await rows('tasks', home)).map(({status}) => status), ['scheduled']);
	assert.match((await runCli(['worker', '--until-idle'], options)).stdout, new RegExp(`done id=${id} type=VOUCHERIFY.PULL`));
	assert.partialDeepStrictEqual((await rows('tasks', home))[0], {id, status: 'done', processing_status: 'success', progress: 100, done_count: 4, failed_count: 0, total_count: 4, result: {logs: {inserted: 4, windows: 2}}});
});

test('by the setting pull.every several workers pull, each time one of them', async context => {
	const {server, home, options} = await open(context);
	server.logs.push(...remoteLogs(4, {days: 0.9, now: Date.now()}));
	await runCli(['settings', 'pull.every', '1s'], {home});
	const workers = Array.from({length: 3}, () => startCli(['worker'], options));
	context.after(() => {
		for (const {child} of workers) child.kill('SIGKILL');
	});
	const isPulledTwice = async (): Promise<boolean> => (await rows('tasks', home, 'status:done')).length >= 2;
	while (!await isPulledTwice());
	for (const worker of workers) {
		worker.child.stdout.resume();
		worker.child.kill('SIGTERM');
		assert.equal((await worker.ended).code, 0, worker.stderr());
	}

	assert.equal((await rows('logs', home, 'since:2d')).length, 4);
	const [latest, ...earlier] = await rows('tasks', home, 'type:VOUCHERIFY.PULL');
	assert(earlier.every(({status}) => status === 'done'), String(latest?.status));
	const starts = (await rows('tasks', home, 'type:VOUCHERIFY.PULL')).map(task => Date.parse(String(task.created_at)));
	assert(starts.every((at, index) => index === 0 || (starts[index - 1] ?? 0) - at >= 1000), starts.join());
});

test('a second pull waits for the one that runs, and tells what that brought', async context => {
	const {server, home, options} = await open(context);
	server.logs.push(...remoteLogs(5, {days: 0.9, now: Date.now()}));
	const gate = Promise.withResolvers<void>();
	server.holdUp = ({method}) => method === 'POST' ? gate.promise : undefined;
	const running = startCli(['pull'], options);
	context.after(() => running.child.kill('SIGKILL'));
	while (!server.calls.some(({method}) => method === 'POST')) await new Promise(resolve => {
		setTimeout(resolve, 10);
	});
	const second = startCli(['pull'], options);
	context.after(() => second.child.kill('SIGKILL'));
	gate.resolve();
	assert.match(await running.nextLine() ?? running.stderr(), /^pulled 5 logs, /);
	assert.match(await second.nextLine() ?? second.stderr(), /^pulled (?:5|0) logs/);
	assert.equal((await rows('logs', home, 'since:2d')).length, 5);
});
