import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {parse} from 'csv-parse/sync';
import {openStore} from '../../source/store/open-store.ts';
import {runCli, startCli, type CliOptions} from '../helpers/run-cli.ts';
import {startSqld, type Sqld} from '../helpers/sqld.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

const writeLogs = (file: string, count: number): string => {
	const body = JSON.stringify({note: 'x'.repeat(500)});
	writeFileSync(file, Array.from({length: count}, (_, index) => `${JSON.stringify({id: `log_${index}`, created_at: new Date(Date.UTC(2026, 10, 22) + index).toISOString(), status: index % 10 === 0 ? 400 : 200, method: 'POST', url: 'https://shop.example/v1/redemptions', request_body: body, response_body: body})}\n`).join(''));
	return file;
};

const setUp = async (context: TestContext): Promise<{readonly sqld: Sqld; readonly home: string; readonly options: CliOptions}> => {
	const home = temporaryDirectory(context);
	const sqld = await startSqld(context, path.join(home, 'server'));
	return {sqld, home, options: {home, env: {AUDITTY_DB: sqld.url, AUDITTY_LEASE_MS: '1500'}}};
};

test('a team works on a server as on a file: import, find, show, export, purge, from two data directories', async context => {
	const {home, options, sqld} = await setUp(context);
	const imported = await runCli(['import', writeLogs(path.join(home, 'a.ndjson'), 3000)], options);
	assert.equal(imported.code, 0, imported.stderr);
	const colleague = {...options, home: temporaryDirectory(context)};
	assert.equal((await runCli(['logs', '--count', 'status:failure', 'since:2026-11-01'], colleague)).stdout.trim(), '300');
	const shown = JSON.parse((await runCli(['show', 'log_2990', '--json'], colleague)).stdout) as {status: number; request_body: string};
	assert.equal(shown.status, 400);
	const exported = await runCli(['export', 'status:failure', 'since:2026-11-01', '--fields', 'id'], colleague);
	assert.equal(exported.code, 0, exported.stderr);
	assert.equal(parse(exported.stdout, {columns: true}).length, 300);
	assert.equal((await runCli(['settings', 'retention', '1 days'], colleague)).code, 0);
	const store = await openStore({url: sqld.url, isReadOnly: false});
	await store.write([{sql: 'UPDATE logs SET stored_at = 0'}]);
	await store.close();
	assert.equal((await runCli(['purge'], colleague)).code, 0);
	assert.equal((await runCli(['logs', '--count', 'since:2026-11-01'], options)).stdout.trim(), '0');
});

test('logs whose headers are larger than their bodies go to a server and come back by an export, in parts that it takes', async context => {
	const {home, options} = await setUp(context);
	const file = path.join(home, 'headers.ndjson');
	const headers = {'x-note': 'y'.repeat(10_000)};
	writeFileSync(file, Array.from({length: 500}, (_, index) => `${JSON.stringify({id: `log_${index}`, created_at: '2026-11-22T10:00:00.000Z', status: 200, method: 'GET', url: '/v1', request_headers: headers})}\n`).join(''));
	const imported = await runCli(['import', file], options);
	assert.equal(imported.code, 0, imported.stderr);
	const exported = await runCli(['export', 'since:2026-11-01', '--fields', 'id,request_headers'], options);
	assert.equal(exported.code, 0, exported.stderr);
	const rows: ReadonlyArray<{readonly request_headers: string}> = parse(exported.stdout, {columns: true});
	assert.equal(rows.length, 500);
	assert.ok(rows.every(row => row.request_headers === JSON.stringify(headers)));
});

test('a server that is killed in the middle of an import and started again: the task is done once, no log is missing or doubled', async context => {
	const {sqld, home, options} = await setUp(context);
	const {stdout} = await runCli(['import', '--detach', '--json', writeLogs(path.join(home, 'a.ndjson'), 20_000)], options);
	const {task_id: id} = JSON.parse(stdout) as {task_id: string};
	const worker = startCli(['worker'], options);
	context.after(() => worker.child.kill('SIGKILL'));
	const store = await openStore({url: sqld.url, isReadOnly: false});
	context.after(async () => store.close());
	const stored = async (): Promise<number> => Number((await store.read('SELECT count(*) AS logs FROM logs'))[0]?.logs);
	while (await stored() === 0) {
		await delay(10);
	}

	assert.ok(await stored() < 20_000);

	await sqld.kill('SIGKILL');
	await sqld.startAgain();
	const task = async () => (await store.read('SELECT status, done_count AS done, failed_count AS failed, error FROM tasks WHERE id = ?', [id]))[0];
	for (let row = await task(); row?.status !== 'done'; row = await task()) {
		assert.notEqual(row?.status, 'failed', String(row?.error));
		await delay(50);
	}

	worker.child.kill('SIGTERM');
	await worker.ended;
	assert.equal(await stored(), 20_000);
	assert.deepEqual(await store.read('PRAGMA integrity_check'), [{integrity_check: 'ok'}]);
});

test('a server that is not there, and one that hangs, are one clear error each', async context => {
	const {sqld, options} = await setUp(context);
	assert.equal((await runCli(['logs', '--json'], options)).code, 0);
	await sqld.kill('SIGSTOP');
	const hung = await runCli(['logs', '--json'], options);
	assert.equal(hung.code, 1);
	assert.match(hung.stderr, /^auditty: the server of the store does not answer \(http:\/\/127\.0\.0\.1:\d+\), check --db and the network, and try again\n$/);
	await sqld.kill('SIGKILL');
	const gone = await runCli(['logs', '--json'], options);
	assert.deepEqual([gone.code, gone.stderr], [1, hung.stderr]);
});
