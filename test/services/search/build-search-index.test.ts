import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test, type TestContext} from 'node:test';
import {cancelTask} from '../../../source/services/control-task.ts';
import {listPage} from '../../../source/services/list-page.ts';
import {setSetting} from '../../../source/services/project-settings.ts';
import {schedulePurge} from '../../../source/services/purge/schedule-purge.ts';
import {buildSearchIndex} from '../../../source/services/search/build-search-index.ts';
import {scheduleSearch} from '../../../source/services/search/schedule-search.ts';
import {type ServiceContext} from '../../../source/services/service-context.ts';
import {insertLogs} from '../../../source/store/logs/insert-logs.ts';
import {dropNextPart} from '../../../source/store/search/build-search.ts';
import {readSearchState} from '../../../source/store/search/search-state.ts';
import {type Store} from '../../../source/store/store.ts';
import {makeLog} from '../../helpers/make-log.ts';
import {temporaryDirectory, temporaryStore} from '../../helpers/temporary-store.ts';
import {work} from '../export/make-export.ts';

const dayMs = 86_400_000;
const today = Date.UTC(2026, 10, 22, 12);
const now = (): number => today;

const open = async (context: TestContext): Promise<ServiceContext> => ({store: await temporaryStore(context), dataDirectory: temporaryDirectory(context), now});

const insert = async (store: Store, count: number, {prefix = 'a', ageDays = 1, body = '{"note":"plain"}'} = {}): Promise<void> => {
	await insertLogs(store, Array.from({length: count}, (_, index) => makeLog({id: `log_${prefix}_${index}`, created_at: today - ageDays * dayMs - index, response_body: body})), {storedAt: today - ageDays * dayMs});
};

const indexTasks = async ({store}: ServiceContext) => store.read(`SELECT id, status, done_count AS done, error, result FROM tasks WHERE type = 'SEARCH.INDEX' ORDER BY seq`);

const build = async (store: Store, signal = new AbortController().signal, onStep: () => void = () => undefined) =>
	buildSearchIndex({store, signal, guard: () => [], indexedBefore: 0, onProgress: onStep});

const find = async (context: ServiceContext, query: string): Promise<readonly string[]> =>
	(await listPage(context, {tab: 'logs', query, isWithoutDefault: true, direction: 'older', limit: 100})).rows.map(({summary}) => summary.id);

test('ten thousand logs are worth an index: a worker builds it by a task, of which there is one however many ask', async t => {
	const context = await open(t);
	const {store} = context;
	await insert(store, 9999);
	await scheduleSearch(context);
	assert.deepEqual(await indexTasks(context), []);
	await insert(store, 1, {prefix: 'wanted', body: '{"note":"Kohlrabi"}'});
	await Promise.all([scheduleSearch(context), scheduleSearch(context)]);
	await scheduleSearch(context);
	assert.equal((await indexTasks(context)).length, 1);
	await work(context);
	assert.partialDeepStrictEqual(await indexTasks(context), [{status: 'done', done: 10_000, error: null, result: '{"indexed":10000,"dropped_parts":0}'}]);
	assert.deepEqual(await find(context, 'KOHLRABI'), ['log_wanted_0']);
	await insert(store, 1, {prefix: 'later', ageDays: 2, body: '{"note":"kohlrabi too"}'});
	assert.deepEqual(await find(context, 'kohlRabi'), ['log_wanted_0', 'log_later_0']);
	await scheduleSearch(context);
	assert.equal((await indexTasks(context)).length, 1);
});

test('search.index off takes the index away and gives its space back; auto brings it again', async t => {
	const context = await open(t);
	const {store} = context;
	await insert(store, 10_000);
	await setSetting(store, {key: 'search.index', value: 'off'});
	await scheduleSearch(context);
	assert.deepEqual(await indexTasks(context), []);
	await build(store);
	assert.equal((await readSearchState(store)).parts, 0);

	await setSetting(store, {key: 'search.index', value: null});
	await build(store);
	assert.partialDeepStrictEqual(await readSearchState(store), {parts: 1, unindexed: 0});
	await setSetting(store, {key: 'search.index', value: 'off'});
	await scheduleSearch(context);
	await work(context);
	assert.partialDeepStrictEqual(await indexTasks(context), [{status: 'done', result: '{"indexed":0,"dropped_parts":1}'}]);
	assert.deepEqual(await store.read(`SELECT name FROM sqlite_schema WHERE name LIKE 'log_search%'`), []);
	assert.deepEqual(await store.read('PRAGMA freelist_count'), [{freelist_count: 0}]);
});

test('a build that is stopped goes on where it was; one that was cancelled is not begun again within the hour', async t => {
	const context = await open(t);
	const {store} = context;
	await insert(store, 10_000);
	const stopping = new AbortController();
	await assert.rejects(build(store, stopping.signal, () => stopping.abort(new Error('stopped'))), {message: 'stopped'});
	const {unindexed} = await readSearchState(store);
	assert(unindexed > 0 && unindexed < 10_000 + 1, String(unindexed));
	assert.partialDeepStrictEqual(await build(store), {indexed: unindexed});

	await insert(store, 10_000, {prefix: 'b'});
	await scheduleSearch(context);
	const [task] = await indexTasks(context);
	await cancelTask({store}, {id: String(task?.id)});
	assert.partialDeepStrictEqual(await indexTasks(context), [{status: 'failed', error: 'cancelled'}]);
	// The row of a task bears the store's own time.
	await scheduleSearch({...context, now: () => Date.now() + 60_000});
	assert.equal((await indexTasks(context)).length, 1);
	await scheduleSearch({...context, now: () => Date.now() + 3_660_000});
	assert.equal((await indexTasks(context)).length, 2);
});

test('what was in a purged log is not in the index any more, nor in the file', async t => {
	const context = await open(t);
	const {store} = context;
	await setSetting(store, {key: 'retention', value: '30 days'});
	// The last two of the three characters stand in the index as they are, whatever it shares with its neighbours.
	const planted = '⚷☿♄';
	const isInFile = async (): Promise<boolean> => {
		await store.emptyLog();
		return readFileSync(store.name).includes('☿♄');
	};

	await insert(store, 400, {prefix: 'young'});
	await insert(store, 1, {prefix: 'old', ageDays: 31, body: `{"pin":"${planted}"}`});
	await build(store);
	assert.deepEqual(await find(context, planted), ['log_old_0']);

	await schedulePurge(context);
	await work(context);
	assert.deepEqual(await find(context, planted), []);
	assert.equal(await isInFile(), false);
	assert.equal(readFileSync(`${store.name}-wal`).includes('☿♄'), false);
	assert.partialDeepStrictEqual(await readSearchState(store), {parts: 0, unindexed: 400});
	assert.partialDeepStrictEqual(await build(store), {indexed: 400});

	// The index does hold it, and it is the purge that takes it out: logs that are just deleted leave it there.
	await insert(store, 1, {prefix: 'other', body: `{"pin":"${planted}"}`});
	await build(store);
	await store.write([{sql: `DELETE FROM logs WHERE id = 'log_other_0'`}]);
	assert.equal(await isInFile(), true);
	assert.equal((await readSearchState(store)).staleParts, 1);
	assert.equal(await dropNextPart(store, {guard: []}), 'gone');
	assert.equal(await isInFile(), false);
});
