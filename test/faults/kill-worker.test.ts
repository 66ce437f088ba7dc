import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {globSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {gzipSync} from 'node:zlib';
import {stringify} from 'csv-stringify/sync';
import {startImport} from '../../source/services/import/start-import.ts';
import {readTask} from '../../source/store/tasks/read-task.ts';
import {openStore} from '../../source/store/open-store.ts';
import {startCli} from '../helpers/run-cli.ts';
import {fileUrl, temporaryDirectory} from '../helpers/temporary-store.ts';
import {entry, har} from '../intake/read-source.ts';

/** 6 kills in `npm test`; `AUDITTY_FAULT_ROUNDS=100` for the whole. */
const rounds = Number(process.env['AUDITTY_FAULT_ROUNDS'] ?? 6);
const logsAFile = 4000;
const leaseMs = '1000';
const now = (): number => Date.now();

const body = JSON.stringify({note: 'x'.repeat(300)});

const writeLogs = (file: string, name: string, count = logsAFile): string => {
	writeFileSync(file, Array.from({length: count}, (_, index) => `${JSON.stringify({id: `log_${name}_${index}`, created_at: '2026-11-22T10:00:00.000Z', status: 200, method: 'POST', url: 'https://shop.example/v1/redemptions', request_body: body, response_body: body})}\n`).join(''));
	return file;
};

/** Logs without IDs, each twice, other ones in each file. */
const formats: ReadonlyArray<readonly [suffix: string, content: (number: number) => string | Buffer]> = [
	['ndjson', number => records(number).map(log => `${JSON.stringify(log)}\n`).join('')],
	['csv', number => stringify(records(number), {header: true, record_delimiter: '\r\n'})],
	['har', number => har(records(number).map(({created_at: startedDateTime, url, response_body: text}) => entry({
		startedDateTime, request: {method: 'POST', url, headers: []}, response: {status: 200, headers: [], content: {size: 1, mimeType: 'application/json', text}},
	})), 1)],
	['ndjson.gz', number => gzipSync(records(number).map(log => `${JSON.stringify(log)}\n`).join(''))],
];

const records = (number: number) => Array.from({length: logsAFile}, (_, index) => ({
	created_at: new Date(Date.UTC(2026, 10, 22, 10, 0, number) + Math.floor(index / 2) % 1000).toISOString(), status: 200, method: 'POST',
	url: `https://shop.example/v1/redemptions/${number}/${Math.floor(index / 2)}`, response_body: `${body}\n\n`,
}));

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

test(`${rounds} times a worker is killed while two of them import: each task is done once, no log is missing or doubled`, async context => {
	const home = temporaryDirectory(context);
	const url = fileUrl(path.join(home, 'auditty.db'));
	const store = await openStore({url, isReadOnly: false});
	context.after(async () => store.close());
	const tasks: Array<{readonly id: string; readonly file: string}> = [];
	/** There is always something to do, and never more than a kill or two needs. */
	const addWork = async (): Promise<void> => {
		const [row] = await store.read(`SELECT count(*) AS left FROM jobs WHERE type = 'LOGS.IMPORT' AND state IN ('ready', 'running')`);
		for (let left = Number(row?.left); left < 4; left++) {
			const [suffix, content] = formats[tasks.length % formats.length] as (typeof formats)[number];
			const file = path.join(home, `${tasks.length}.${suffix}`);
			writeFileSync(file, content(tasks.length));
			tasks.push({id: (await startImport({store, now}, {path: file})).id, file});
		}
	};

	await addWork();
	const options = {home, env: {AUDITTY_DB: url, AUDITTY_LEASE_MS: leaseMs}};
	const start = () => startCli(['worker', '--until-idle'], options);
	let workers = [start(), start()];
	context.after(() => {
		for (const {child} of workers) {
			child.kill('SIGKILL');
		}
	});
	for (let round = 0; round < rounds; round++) {
		const [victim, survivor] = workers;
		assert(victim && survivor);
		// Killed while it holds a task (its second line says so) and at a random moment of that.
		await victim.nextLine();
		await Promise.race([victim.nextLine(), victim.ended]);
		await delay(Math.random() * 400);
		victim.child.kill('SIGKILL');
		await victim.ended;
		await addWork();
		workers = [survivor, start()];
	}

	for (const worker of workers) {
		// Whoever writes into a pipe that nobody reads would wait for ever.
		worker.child.stdout.resume();
		assert.deepEqual(await worker.ended, {code: 0, signal: null}, worker.stderr());
	}

	for (const {id, file} of tasks) {
		const task = await readTask(store, id);
		assert.partialDeepStrictEqual(task, {
			status: 'done', processing_status: 'success', done_count: logsAFile, failed_count: 0, total_count: logsAFile, error: null,
			result: {read: logsAFile, inserted: logsAFile, duplicates: 0, original: {name: path.basename(file), sha256: sha256(file)}},
		}, file);
		assert.deepEqual(await store.read('SELECT count(*) AS count, count(DISTINCT id) AS ids, count(DISTINCT url) AS urls FROM logs WHERE import_task_id = ?', [id]), [{count: logsAFile, ids: logsAFile, urls: logsAFile / 2}], file);
	}

	const kept = globSync(path.join(home, 'originals', '*', '*')).filter(file => !file.endsWith('.part'));
	assert.deepEqual(kept.map(file => path.basename(file)), kept.map(sha256));
	assert.deepEqual(await store.read('SELECT count(*) AS count FROM logs JOIN log_contents USING (seq)'), [{count: tasks.length * logsAFile}]);
	assert.deepEqual(await store.read(`SELECT state, count(*) AS count FROM jobs WHERE type = 'LOGS.IMPORT' GROUP BY state`), [{state: 'done', count: tasks.length}]);
	assert.deepEqual(await store.read('PRAGMA integrity_check'), [{integrity_check: 'ok'}]);
	const [tries] = await store.read(`SELECT sum(fence - 1) AS again FROM jobs WHERE type = 'LOGS.IMPORT'`);
	context.diagnostic(`${tasks.length} imports of ${logsAFile} logs, taken up again ${String(tries?.again)} times`);
});

test('a worker that is stopped past its lease and continued leaves the task to the one that took it up', async context => {
	const home = temporaryDirectory(context);
	const url = fileUrl(path.join(home, 'auditty.db'));
	const store = await openStore({url, isReadOnly: false});
	context.after(async () => store.close());
	const {id} = await startImport({store, now}, {path: writeLogs(path.join(home, 'a.ndjson'), 'a', 20_000)});
	const options = {home, env: {AUDITTY_DB: url, AUDITTY_LEASE_MS: '500'}};
	const sleeper = startCli(['worker', '--json'], options);
	context.after(() => sleeper.child.kill('SIGKILL'));
	assert.match(await sleeper.nextLine() ?? '', /started/);
	assert.match(await sleeper.nextLine() ?? '', /claimed/);
	sleeper.child.kill('SIGSTOP');

	const heir = startCli(['worker', '--until-idle'], options);
	heir.child.stdout.resume();
	assert.equal((await heir.ended).code, 0, heir.stderr());
	const done = await readTask(store, id);
	assert.equal(done?.status, 'done');

	sleeper.child.kill('SIGCONT');
	assert.match(await sleeper.nextLine() ?? '', /"event":"lease-lost"/);
	assert.deepEqual(await readTask(store, id), done);
	sleeper.child.kill('SIGTERM');
	assert.match(await sleeper.nextLine() ?? '', /stopping/);
	assert.match(await sleeper.nextLine() ?? '', /stopped/);
	assert.deepEqual(await sleeper.ended, {code: 0, signal: null});
});

test('six workers that start at once on a store that is not there yet all run, and one of them does the task', async context => {
	const home = temporaryDirectory(context);
	const options = {home, env: {AUDITTY_LEASE_MS: '5000'}};
	const file = writeLogs(path.join(home, 'a.ndjson'), 'a');
	const creator = startCli(['import', '--detach', file], options);
	const workers = Array.from({length: 6}, () => startCli(['worker'], options));
	context.after(() => {
		for (const {child} of workers) {
			child.kill('SIGKILL');
		}
	});
	for (const worker of workers) {
		assert.match(await worker.nextLine() ?? worker.stderr(), / started /);
	}

	assert.equal((await creator.ended).code, 0, creator.stderr());
	// The one that claims the task says so, and then that it is done.
	const lines = await Promise.any(workers.map(async worker => {
		const claimed = await worker.nextLine();
		const done = await worker.nextLine();
		return [claimed, done];
	}));
	assert.match(lines.join('\n'), / claimed id=aa_\w+ .*\n.* done id=aa_/);
	const store = await openStore({home, isReadOnly: true});
	context.after(async () => store.close());
	assert.deepEqual(await store.read('SELECT count(*) AS count FROM logs'), [{count: logsAFile}]);
});
