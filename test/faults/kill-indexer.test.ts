import assert from 'node:assert/strict';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {listPage} from '../../source/services/list-page.ts';
import {scheduleSearch} from '../../source/services/search/schedule-search.ts';
import {insertLogs} from '../../source/store/logs/insert-logs.ts';
import {openStore} from '../../source/store/open-store.ts';
import {killAgain} from '../helpers/kill-again.ts';
import {makeLog} from '../helpers/make-log.ts';
import {startCli} from '../helpers/run-cli.ts';
import {fileUrl, temporaryDirectory} from '../helpers/temporary-store.ts';

/** 3 kills in `npm test`; `AUDITTY_FAULT_ROUNDS=100` for the whole. */
const rounds = Number(process.env['AUDITTY_FAULT_ROUNDS'] ?? 3);
const count = Math.min(40_000, 12_000 + 1000 * rounds);

test(`${rounds} times a worker is killed while it builds the search index: it is whole in the end, and finds each log once`, async context => {
	const home = temporaryDirectory(context);
	const url = fileUrl(path.join(home, 'auditty.db'));
	const store = await openStore({url, isReadOnly: false});
	context.after(async () => store.close());
	const now = (): number => Date.now();
	const logs = Array.from({length: count}, (_, index) => makeLog({id: `log_${index}`, created_at: now() - index, response_body: `{"number":"no-${index}-","half":"${index % 100 === 0 ? 'kohlrabi' : 'potato'}","note":"${'lorem ipsum dolor '.repeat(20)}"}`}));
	await insertLogs(store, logs, {storedAt: now()});
	await scheduleSearch({store, now});

	const start = () => startCli(['worker', '--until-idle'], {home, env: {AUDITTY_DB: url, AUDITTY_LEASE_MS: '600'}});
	const indexedTo = async (): Promise<number> => Number((await store.read('SELECT coalesce(max(indexed_to), 0) AS reached FROM search_parts'))[0]?.reached);
	const worker = await killAgain(context, {rounds, start, progress: indexedTo, mostDelayMs: 60});
	assert.deepEqual(await worker.ended, {code: 0, signal: null}, worker.stderr());
	assert.deepEqual(await store.read(`SELECT status, done_count, error FROM tasks WHERE type = 'SEARCH.INDEX'`), [{status: 'done', done_count: count, error: null}]);
	assert.deepEqual(await store.read('SELECT number, indexed_to, is_stale FROM search_parts'), [{number: 0, indexed_to: count, is_stale: 0}]);
	assert.deepEqual(await store.read('SELECT count(*) AS count FROM log_search_0 WHERE log_search_0 MATCH ?', ['"koh"']), [{count: count / 100}]);
	await store.write([{sql: `INSERT INTO log_search_0 (log_search_0) VALUES ('integrity-check')`}]);
	assert.deepEqual(await store.read('PRAGMA integrity_check'), [{integrity_check: 'ok'}]);
	const {rows} = await listPage({store, dataDirectory: home, now}, {tab: 'logs', query: `no-${count - 1}-`, isWithoutDefault: true, direction: 'older', limit: 10});
	assert.deepEqual(rows.map(({summary}) => summary.id), [`log_${count - 1}`]);
});
