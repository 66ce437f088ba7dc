import assert from 'node:assert/strict';
import {renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {Fault} from '../../source/domain/fault.ts';
import {startImport} from '../../source/services/import/start-import.ts';
import {cancelTask, rerunTask} from '../../source/services/control-task.ts';
import {fixedClock} from '../../source/store/queue/queue-clock.ts';
import {createTask} from '../../source/store/tasks/create-task.ts';
import {readTask} from '../../source/store/tasks/read-task.ts';
import {type Store} from '../../source/store/store.ts';
import {type JobHandler, type JobHandlers} from '../../source/worker/job-handler.ts';
import {runTaskInForeground} from '../../source/worker/run-task-in-foreground.ts';
import {runWorker, type WorkerEvent} from '../../source/worker/run-worker.ts';
import {createTaskHandlers} from '../../source/worker/task-handlers.ts';
import {taskHandler, type TaskOutcome} from '../../source/worker/tasks/task-handler.ts';
import {temporaryDirectory, temporaryStore} from '../helpers/temporary-store.ts';

const now = (): number => Date.now();
const nothing: TaskOutcome = {done: 0, failed: 0, total: 0, processingStatus: 'success', result: null};
const pollMs = {least: 2, most: 10};

const addTask = async (store: Store) => createTask(store, {type: 'LOGS.IMPORT', parameters: null, user: null, now: now()});

type WorkOptions = {readonly leaseMs?: number; readonly signal?: AbortSignal; readonly log?: (event: WorkerEvent) => void; readonly isUntilIdle?: boolean; readonly clock?: () => number};

const work = async (store: Store, handlers: JobHandlers, {leaseMs = 30_000, signal = new AbortController().signal, log = () => undefined, isUntilIdle = true, clock}: WorkOptions = {}): Promise<void> =>
	runWorker({store, handlers, leaseMs, signal, isUntilIdle, log, pollMs, ...(clock && {clock: fixedClock(clock)})});

/** Starts a worker and gives what ends it, at the latest with the test. */
const startWork = (context: TestContext, store: Store, handlers: JobHandlers, options: WorkOptions = {}): {readonly stop: () => Promise<void>} => {
	const stopping = new AbortController();
	const ended = work(store, handlers, {...options, isUntilIdle: false, signal: stopping.signal});
	const stop = async (): Promise<void> => {
		stopping.abort();
		await ended;
	};

	context.after(stop);
	return {stop};
};

const untilAborted = async (signal: AbortSignal): Promise<never> => {
	signal.throwIfAborted();
	const {promise, reject} = Promise.withResolvers<never>();
	signal.addEventListener('abort', () => reject(signal.reason as Error));
	return promise;
};

const importHandlers = (store: Store, directory: string): JobHandlers => createTaskHandlers({store, now, dataDirectory: directory});

const writeLogs = (file: string, count: number, extra = ''): string => {
	const line = (index: number): string => JSON.stringify({id: `log_${index}`, created_at: '2026-11-22T10:00:00.000Z', status: 200, method: 'GET', url: 'https://shop.example/v1/vouchers'});
	writeFileSync(file, Array.from({length: count}, (_, index) => `${line(index)}\n`).join('') + extra);
	return file;
};

test('an import is carried out, and its task tells what came in and what did not', async context => {
	const store = await temporaryStore(context);
	const directory = temporaryDirectory(context);
	const task = await startImport({store, now}, {path: writeLogs(path.join(directory, 'a.ndjson'), 1200, 'no JSON\n')});
	assert.equal((await readTask(store, task.id))?.status, 'scheduled');
	await work(store, importHandlers(store, directory));
	const done = await readTask(store, task.id);
	assert.deepEqual([done?.status, done?.processing_status, done?.progress, done?.done_count, done?.failed_count, done?.total_count, done?.error], ['done', 'failure', 100, 1200, 1, 1201, null]);
	assert.partialDeepStrictEqual(done?.result, {inserted: 1200, rejected: 1, rejections: [{place: 1201}]});
	assert.ok((done?.processing_time ?? 0) > 0);
	assert.deepEqual(await store.read('SELECT count(*) AS count FROM logs WHERE import_task_id = ?', [task.id]), [{count: 1200}]);
});

test('a task whose file is gone fails once with its reason, and can be run again when the file is back', async context => {
	const store = await temporaryStore(context);
	const directory = temporaryDirectory(context);
	const file = writeLogs(path.join(directory, 'a.ndjson'), 3);
	const {id} = await startImport({store, now}, {path: file});
	renameSync(file, `${file}.away`);
	await work(store, importHandlers(store, directory));
	const failed = await readTask(store, id);
	assert.deepEqual([failed?.status, failed?.processing_status], ['failed', 'failure']);
	assert.match(failed?.error ?? '', /does not exist/);
	renameSync(`${file}.away`, file);
	assert.equal((await rerunTask({store}, {id})).kind, 'changed');
	assert.deepEqual([(await readTask(store, id))?.status, (await readTask(store, id))?.error], ['scheduled', null]);
	await work(store, importHandlers(store, directory));
	assert.equal((await readTask(store, id))?.status, 'done');
});

test('a poison task fails after bounded tries, with its error, and blocks no other', async context => {
	const store = await temporaryStore(context);
	const poison = await addTask(store);
	const good = await addTask(store);
	let clock = now();
	let tries = 0;
	const handler: JobHandler = taskHandler(store, ({task}) => {
		if (task.id === poison.id) {
			tries++;
			throw new TypeError('undefined is not a log');
		}

		return Promise.resolve(nothing);
	});
	// Each look at the clock is a tenth of a second later.
	await work(store, {'LOGS.IMPORT': handler}, {clock: () => clock += 100});
	assert.equal(tries, 3);
	assert.equal((await readTask(store, poison.id))?.error, 'undefined is not a log');
	assert.equal((await readTask(store, good.id))?.status, 'done');
});

test('no more tasks of a type run at once than its lane takes, in all workers together, and each runs once', async context => {
	const store = await temporaryStore(context);
	const tasks = await Promise.all(Array.from({length: 12}, async () => addTask(store)));
	const runs: string[] = [];
	let running = 0;
	let most = 0;
	const handler = taskHandler(store, async ({task}) => {
		runs.push(task.id);
		most = Math.max(most, ++running);
		await readTask(store, task.id);
		running--;
		return nothing;
	});
	await Promise.all(Array.from({length: 3}, async () => work(store, {'LOGS.IMPORT': handler})));
	assert.deepEqual(runs.toSorted(), tasks.map(({id}) => id).sort());
	assert.equal(most, 2);
});

test('a task that runs is cancelled within a moment, one that waits at once', async context => {
	const store = await temporaryStore(context);
	const task = await addTask(store);
	const began = Promise.withResolvers<void>();
	const ended = Promise.withResolvers<WorkerEvent>();
	const handler = taskHandler(store, async ({signal}) => {
		began.resolve();
		return untilAborted(signal);
	});
	startWork(context, store, {'LOGS.IMPORT': handler}, {log: event => event.kind === 'ended' && ended.resolve(event)});
	await began.promise;
	assert.partialDeepStrictEqual(await cancelTask({store}, task), {kind: 'changed', text: 'is asked to stop'});
	assert.partialDeepStrictEqual(await ended.promise, {end: {kind: 'cancelled'}});
	assert.partialDeepStrictEqual(await readTask(store, task.id), {status: 'failed', error: 'cancelled'});
	assert.partialDeepStrictEqual(await cancelTask({store}, task), {kind: 'refused'});

	const waiting = await addTask(await temporaryStore(context));
	assert.partialDeepStrictEqual(await cancelTask({store}, waiting), {kind: 'refused', reason: 'is not in the store'});
});

test('a worker that is asked to end gives back its task with its checkpoint, and the next goes on from there', async context => {
	const store = await temporaryStore(context);
	const {id} = await addTask(store);
	const began = Promise.withResolvers<void>();
	const first = startWork(context, store, {'LOGS.IMPORT': taskHandler(store, async ({signal, progress, guard}) => {
		progress({progress: 40, done: 4, failed: 0, total: 10}, {row: 4});
		while ((await store.read('SELECT cursor FROM jobs WHERE id = ?', [id]))[0]?.cursor === null) {
			await store.write(guard());
		}

		began.resolve();
		return untilAborted(signal);
	})}, {leaseMs: 300});
	await began.promise;
	assert.partialDeepStrictEqual(await readTask(store, id), {status: 'in_progress', progress: 40, done_count: 4, total_count: 10});
	await first.stop();
	assert.partialDeepStrictEqual(await readTask(store, id), {status: 'scheduled', progress: 40, done_count: 4, total_count: 10});
	const seen: unknown[] = [];
	await work(store, {'LOGS.IMPORT': taskHandler(store, ({job}) => {
		seen.push(job.cursor, job.attempt);
		return Promise.resolve(nothing);
	})});
	assert.deepEqual(seen, [{row: 4}, 1]);
});

test('whoever lost the lease writes nothing more: neither a batch nor the end', async context => {
	const store = await temporaryStore(context);
	const {id} = await addTask(store);
	let clock = now();
	const ends: WorkerEvent[] = [];
	const began = Promise.withResolvers<void>();
	const goOn = Promise.withResolvers<void>();
	const late = startWork(context, store, {'LOGS.IMPORT': taskHandler(store, async ({guard}) => {
		began.resolve();
		await goOn.promise;
		await store.write([...guard(), {sql: `INSERT INTO settings (key, value) VALUES ('late', 'yes')`}]);
		return {...nothing, result: 'late'};
	})}, {clock: () => clock, leaseMs: 600_000, log: event => event.kind === 'ended' && ends.push(event)});
	await began.promise;
	// As if the machine had slept: nobody beat while two leases passed.
	clock += 1_200_001;
	await work(store, {'LOGS.IMPORT': taskHandler(store, () => Promise.resolve({...nothing, result: 'in time'}))}, {clock: () => clock, leaseMs: 600_000});
	goOn.resolve();
	await late.stop();
	assert.partialDeepStrictEqual(ends, [{end: {kind: 'lost'}}]);
	assert.deepEqual(await store.read(`SELECT * FROM settings WHERE key = 'late'`), []);
	assert.equal((await readTask(store, id))?.result, 'in time');
});

for (const jumpMs of [-7_200_000, 7_200_000]) {
	test(`work goes on when the clock jumps by ${jumpMs / 3_600_000} h`, async context => {
		const store = await temporaryStore(context);
		const {id} = await addTask(store);
		let clock = now();
		const began = Promise.withResolvers<void>();
		const dead = startWork(context, store, {'LOGS.IMPORT': taskHandler(store, async ({signal}) => {
			began.resolve();
			return untilAborted(signal);
		})}, {clock: () => clock});
		await began.promise;
		clock += jumpMs;
		let isDone = false;
		await work(store, {'LOGS.IMPORT': taskHandler(store, () => {
			isDone = true;
			return Promise.resolve(nothing);
		})}, {clock: () => clock});
		assert.equal(isDone, true);
		await dead.stop();
		assert.equal((await readTask(store, id))?.status, 'done');
	});
}

test('a command that waits holds its task itself; its fault fails the task at once', async context => {
	const store = await temporaryStore(context);
	const {signal} = new AbortController();
	const foreground = {store, type: 'LOGS.IMPORT', parameters: {input: 'standard input'}, now, leaseMs: 30_000, signal} as const;
	const done = await runTaskInForeground({...foreground, run: async ({task}) => {
		assert.equal((await readTask(store, task.id))?.status, 'in_progress');
		const idle: WorkerEvent[] = [];
		const worker = startWork(context, store, {'LOGS.IMPORT': taskHandler(store, () => Promise.resolve(nothing))}, {log: event => idle.push(event)});
		await worker.stop();
		assert.deepEqual(idle.filter(({kind}) => kind === 'claimed'), []);
		return {...nothing, done: 3};
	}});
	assert.partialDeepStrictEqual(done, {status: 'done', done_count: 3});

	await assert.rejects(runTaskInForeground({...foreground, run: () => Promise.reject(new Fault('the disk is full', {remedy: 'free some space'}))}), {message: 'the disk is full'});
	assert.deepEqual(await store.read(`SELECT status, error FROM tasks ORDER BY seq DESC LIMIT 1`), [{status: 'failed', error: 'the disk is full, free some space'}]);
});

test('a command that is interrupted cancels its task', async context => {
	const store = await temporaryStore(context);
	const interrupt = new AbortController();
	await assert.rejects(runTaskInForeground({store, type: 'LOGS.IMPORT', parameters: null, now, leaseMs: 30_000, signal: interrupt.signal, run: async ({signal}) => {
		interrupt.abort();
		return untilAborted(signal);
	}}), {name: 'AbortError'});
	assert.deepEqual(await store.read('SELECT status, error FROM tasks'), [{status: 'failed', error: 'cancelled'}]);
});
