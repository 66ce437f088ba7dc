import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {startImport} from '../../source/services/start-import.ts';
import {readTask} from '../../source/store/tasks/read-task.ts';
import {openStore} from '../../source/store/open-store.ts';
import {startCli} from '../helpers/run-cli.ts';
import {fileUrl, temporaryDirectory} from '../helpers/temporary-store.ts';

/** 6 kills in `npm test`; `AUDITTY_FAULT_ROUNDS=100` for the whole. */
const rounds = Number(process.env['AUDITTY_FAULT_ROUNDS'] ?? 6);
const logsAFile = 4000;
const leaseMs = '1500';
const now = (): number => Date.now();

const writeLogs = (file: string, name: string, count = logsAFile): string => {
	const body = JSON.stringify({note: 'x'.repeat(500)});
	writeFileSync(file, Array.from({length: count}, (_, index) => `${JSON.stringify({id: `log_${name}_${index}`, created_at: '2026-11-22T10:00:00.000Z', status: 200, method: 'POST', url: 'https://shop.example/v1/redemptions', request_body: body, response_body: body})}\n`).join(''));
	return file;
};

test(`${rounds} times a worker is killed while two of them import: each task is done once, no log is missing or doubled`, async context => {
	const home = temporaryDirectory(context);
	const url = fileUrl(path.join(home, 'auditty.db'));
	const store = await openStore({url, isReadOnly: false});
	context.after(async () => store.close());
	const files = Math.max(2, Math.ceil(rounds / 3));
	const tasks = [];
	for (let index = 0; index < files; index++) {
		tasks.push(await startImport({store, now}, {path: writeLogs(path.join(home, `${index}.ndjson`), String(index))}));
	}

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
		await delay(Math.random() * 150);
		victim.child.kill('SIGKILL');
		await victim.ended;
		workers = [survivor, start()];
	}

	for (const worker of workers) {
		// Whoever writes into a pipe that nobody reads would wait for ever.
		worker.child.stdout.resume();
		assert.deepEqual(await worker.ended, {code: 0, signal: null}, worker.stderr());
	}

	for (const {id} of tasks) {
		const task = await readTask(store, id);
		assert.partialDeepStrictEqual(task, {status: 'done', processing_status: 'success', done_count: logsAFile, failed_count: 0, total_count: logsAFile, error: null, result: {read: logsAFile, inserted: logsAFile, duplicates: 0}});
		assert.deepEqual(await store.read('SELECT count(*) AS count, count(DISTINCT id) AS ids FROM logs WHERE import_task_id = ?', [id]), [{count: logsAFile, ids: logsAFile}]);
	}

	assert.deepEqual(await store.read('SELECT count(*) AS count FROM logs JOIN log_contents USING (seq)'), [{count: files * logsAFile}]);
	assert.deepEqual(await store.read('SELECT state, count(*) AS count FROM jobs GROUP BY state'), [{state: 'done', count: files}]);
	assert.deepEqual(await store.read('PRAGMA integrity_check'), [{integrity_check: 'ok'}]);
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
