import assert from 'node:assert/strict';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {makeSecret} from '../../source/domain/webhooks/signatures.ts';
import {startRetry} from '../../source/services/webhooks/start-retry.ts';
import {openStore} from '../../source/store/open-store.ts';
import {readTask} from '../../source/store/tasks/read-task.ts';
import {emit, failAll, subscribe} from '../helpers/deliveries.ts';
import {killAgain} from '../helpers/kill-again.ts';
import {startCli} from '../helpers/run-cli.ts';
import {fileUrl, temporaryDirectory} from '../helpers/temporary-store.ts';

/** 3 kills in `npm test`; `AUDITTY_FAULT_ROUNDS=100` for the whole. */
const rounds = Math.min(20, Number(process.env['AUDITTY_FAULT_ROUNDS'] ?? 3));
const count = rounds * 800;

test(`${rounds} times a worker is killed in the middle of a bulk retry of ${count}: it goes on, and each goes into the queue once`, async context => {
	const home = temporaryDirectory(context);
	const url = fileUrl(path.join(home, 'auditty.db'));
	const store = await openStore({url, isReadOnly: false});
	context.after(async () => store.close());
	const now = (): number => Date.now();
	await subscribe(store, 'wh_1', 'http://127.0.0.1:1/', makeSecret(), ['redemption.*']);
	await emit(store, count);
	await failAll(store);
	// Nothing is sent: what goes into the queue stays there, and each time is counted.
	await store.write([
		{sql: `UPDATE lanes SET blocked_until = 9007199254740991 WHERE name = 'endpoint:wh_1'`},
		{sql: 'CREATE TABLE queued (id TEXT NOT NULL)'},
		{sql: `CREATE TRIGGER count_queued AFTER UPDATE OF run_at ON jobs WHEN NEW.lane = 'endpoint:wh_1' AND NEW.state = 'ready' BEGIN INSERT INTO queued VALUES (NEW.id); END`},
	]);
	const {id} = await startRetry({store, now, dataDirectory: home}, {query: 'status:failed', ratePerSecond: 1000});

	const start = () => startCli(['worker', '--until-idle'], {home, env: {AUDITTY_DB: url, AUDITTY_LEASE_MS: '600'}});
	const queued = async (): Promise<number> => Number((await store.read('SELECT count(*) AS count FROM queued'))[0]?.count);
	const worker = await killAgain(context, {rounds, start, progress: queued, mostDelayMs: 250});
	assert.deepEqual(await worker.ended, {code: 0, signal: null}, worker.stderr());
	assert.partialDeepStrictEqual(await readTask(store, id), {status: 'done', done_count: count, failed_count: 0, result: {scheduled: count, skipped: {}}});
	assert.deepEqual(await store.read('SELECT count(*) AS times, count(DISTINCT id) AS sendouts FROM queued'), [{times: count, sendouts: count}]);
	assert.deepEqual(await store.read('PRAGMA integrity_check'), [{integrity_check: 'ok'}]);
});
