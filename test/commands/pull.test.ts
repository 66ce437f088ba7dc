import assert from 'node:assert/strict';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {type PullReport} from '../../source/services/pull/pull-report.ts';
import {runCli} from '../helpers/run-cli.ts';
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
