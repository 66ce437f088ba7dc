import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {cancelTask} from '../../source/services/control-task.ts';
import {makeSecret} from '../../source/domain/webhooks/signatures.ts';
import {startRetry} from '../../source/services/webhooks/start-retry.ts';
import {type Store} from '../../source/store/store.ts';
import {readTask} from '../../source/store/tasks/read-task.ts';
import {runWorker} from '../../source/worker/run-worker.ts';
import {createTaskHandlers} from '../../source/worker/task-handlers.ts';
import {emit, failAll, subscribe} from '../helpers/deliveries.ts';
import {temporaryDirectory, temporaryStore} from '../helpers/temporary-store.ts';

const now = (): number => Date.now();

/** Background tasks alone: what they put into the queue stays there. */
const work = async (store: Store, dataDirectory: string): Promise<void> => runWorker({
	store, handlers: createTaskHandlers({store, now, dataDirectory}), leaseMs: 30_000, signal: new AbortController().signal, isUntilIdle: true, pollMs: {least: 2, most: 10},
	log() {
		// The store says what was done.
	},
});

test('a bulk retry puts sendouts into the queue no faster than its rate, from step to step too', async context => {
	const store = await temporaryStore(context);
	const dataDirectory = temporaryDirectory(context);
	await subscribe(store, 'wh_1', 'http://127.0.0.1:1/', makeSecret(), ['redemption.*']);
	await emit(store, 70);
	await failAll(store);
	const {id} = await startRetry({store, now, dataDirectory}, {query: 'status:failed', ratePerSecond: 25});
	await work(store, dataDirectory);
	assert.partialDeepStrictEqual(await readTask(store, id), {status: 'done', done_count: 70, result: {scheduled: 70, skipped: {}}});
	const dueAt = (await store.read(`SELECT run_at FROM jobs WHERE lane = 'endpoint:wh_1' AND state = 'ready' ORDER BY run_at`)).map(row => Number(row.run_at));
	assert.equal(dueAt.length, 70);
	for (const [index, at] of dueAt.entries()) {
		assert.ok(index === 0 || at - (dueAt[index - 1] ?? 0) >= 40, `${at - (dueAt[index - 1] ?? 0)} ms after the one before`);
	}
});

test('a bulk retry that is cancelled has put some into the queue, and leaves all others as they were', async context => {
	const store = await temporaryStore(context);
	const dataDirectory = temporaryDirectory(context);
	await subscribe(store, 'wh_1', 'http://127.0.0.1:1/', makeSecret(), ['redemption.*']);
	await emit(store, 40);
	await failAll(store);
	const before = await store.read('SELECT id, attempts, error, next_attempt_at FROM sendouts');
	const {id} = await startRetry({store, now, dataDirectory}, {query: 'status:failed', ratePerSecond: 8});
	const working = work(store, dataDirectory);
	const scheduled = async (): Promise<number> => Number((await store.read(`SELECT count(*) AS count FROM jobs WHERE lane = 'endpoint:wh_1' AND state = 'ready'`))[0]?.count);
	while (await scheduled() === 0) {
		await delay(5);
	}

	assert.equal((await cancelTask({store}, {id})).kind, 'changed');
	await working;
	const task = await readTask(store, id);
	assert.deepEqual([task?.status, /cancel/.test(task?.error ?? '')], ['failed', true], String(task?.error));
	const reached = await scheduled();
	assert.ok(reached > 0 && reached < 40, `${reached} of 40`);
	assert.equal(reached % 8, 0, 'whole steps');
	const untouched = await store.read(`SELECT id, attempts, error, next_attempt_at FROM sendouts WHERE status = 'failed'`);
	assert.equal(untouched.length, 40 - reached);
	assert.deepEqual(untouched, before.filter(({id: one}) => untouched.some(({id: other}) => other === one)));
});
