import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {findDownload} from '../../../source/services/downloads/find-download.ts';
import {startExport} from '../../../source/services/export/start-export.ts';
import {setSetting} from '../../../source/services/project-settings.ts';
import {schedulePurge} from '../../../source/services/purge/schedule-purge.ts';
import {type ServiceContext} from '../../../source/services/service-context.ts';
import {insertLogs} from '../../../source/store/logs/insert-logs.ts';
import {type Store} from '../../../source/store/store.ts';
import {makeLog} from '../../helpers/make-log.ts';
import {temporaryDirectory, temporaryStore} from '../../helpers/temporary-store.ts';
import {makeExport, work} from '../export/make-export.ts';

const dayMs = 86_400_000;
const today = Date.UTC(2026, 10, 22, 12);
const now = (): number => today;

const open = async (context: TestContext, retention = '30 days'): Promise<ServiceContext> => {
	const store = await temporaryStore(context);
	await setSetting(store, {key: 'retention', value: retention});
	return {store, dataDirectory: temporaryDirectory(context), now};
};

const insert = async (store: Store, {prefix, count, ageDays, storedDays = ageDays, body = 'x'.repeat(1000)}: {
	readonly prefix: string; readonly count: number; readonly ageDays: number; readonly storedDays?: number; readonly body?: string;
}): Promise<void> => {
	const logs = Array.from({length: count}, (_, index) => makeLog({id: `log_${prefix}_${index}`, created_at: today - ageDays * dayMs + index, request_body: body}));
	await insertLogs(store, logs, {storedAt: today - storedDays * dayMs});
};

const idsOf = async (store: Store): Promise<readonly string[]> =>
	[...new Set((await store.read('SELECT id FROM logs')).map(({id}) => String(id).split('_')[1] ?? ''))].sort();

const purge = async (context: ServiceContext): Promise<Readonly<Record<string, unknown>>> => {
	await schedulePurge(context);
	await work(context);
	const [task] = await context.store.read(`SELECT status, done_count, result FROM tasks WHERE type = 'LOGS.PURGE' ORDER BY seq DESC LIMIT 1`);
	return task === undefined ? {} : {status: task.status, done: task.done_count, ...JSON.parse(String(task.result)) as object};
};

test('logs older than the retention go with their contents, by the later of occurrence and storing; the file shrinks', async t => {
	const context = await open(t);
	const {store} = context;
	await insert(store, {prefix: 'old', count: 1234, ageDays: 31});
	await insert(store, {prefix: 'imported', count: 3, ageDays: 400, storedDays: 1});
	await insert(store, {prefix: 'young', count: 3, ageDays: 29});
	await store.emptyLog();
	const before = statSync(store.name).size;
	assert.partialDeepStrictEqual(await purge(context), {status: 'done', done: 1234, deleted: 1234, kept: 0, retention: '30 days', until: new Date(today - 30 * dayMs).toISOString()});
	assert.deepEqual(await idsOf(store), ['imported', 'young']);
	assert.deepEqual(await store.read('SELECT count(*) AS count FROM log_contents'), [{count: 6}]);
	assert(statSync(store.name).size < before / 4, `${statSync(store.name).size} of ${before} bytes`);
	assert.deepEqual(await store.read('PRAGMA integrity_check'), [{integrity_check: 'ok'}]);
});

test('a day has one purge, and none when there is nothing to purge or all is kept', async t => {
	const context = await open(t);
	const count = async () => context.store.read('SELECT count(*) AS count FROM tasks');
	await schedulePurge(context);
	assert.deepEqual(await count(), [{count: 0}]);
	await insert(context.store, {prefix: 'old', count: 1, ageDays: 31});
	await Promise.all([schedulePurge(context), schedulePurge(context)]);
	await schedulePurge(context);
	assert.deepEqual(await count(), [{count: 1}]);
	await schedulePurge({...context, now: () => today + dayMs});
	assert.deepEqual(await count(), [{count: 2}]);

	const keeping = await open(t, 'forever');
	await insert(keeping.store, {prefix: 'old', count: 1, ageDays: 4000});
	await schedulePurge(keeping);
	assert.deepEqual(await keeping.store.read('SELECT count(*) AS count FROM tasks'), [{count: 0}]);
});

test('a purge leaves what an export still needs, and takes it the next time', async t => {
	const context = await open(t);
	const {store} = context;
	await insert(store, {prefix: 'needed', count: 600, ageDays: 40});
	await insert(store, {prefix: 'outside', count: 5, ageDays: 60});
	const {export: {id}, task} = await startExport(context, {tab: 'logs', query: 'since:50d', fields: ['id']});
	await insert(store, {prefix: 'later', count: 5, ageDays: 40});
	// The purge runs while the export has only begun.
	await store.write([{sql: `UPDATE jobs SET run_at = run_at + 4000000000 WHERE id = ?`, args: [task.id]}]);
	assert.partialDeepStrictEqual(await purge(context), {deleted: 10, kept: 600});
	assert.deepEqual(await idsOf(store), ['needed']);

	await store.write([{sql: 'UPDATE jobs SET run_at = 0 WHERE id = ?', args: [task.id]}]);
	await work(context);
	const {path: file} = await findDownload(context, {id});
	assert.equal(readFileSync(file ?? '', 'utf8').split('\r\n').length, 602);
	assert.partialDeepStrictEqual(await purge({...context, now: () => today + dayMs}), {deleted: 600, kept: 0});
});

test('a retention that was lengthened meanwhile holds', async t => {
	const context = await open(t);
	await insert(context.store, {prefix: 'old', count: 2, ageDays: 31});
	await insert(context.store, {prefix: 'older', count: 2, ageDays: 91});
	await schedulePurge(context);
	await setSetting(context.store, {key: 'retention', value: '90 days'});
	assert.partialDeepStrictEqual(await purge(context), {deleted: 2});
	assert.deepEqual(await idsOf(context.store), ['old']);
});

test('what was in a purged log is nowhere in the store, its log of writes or the files beside it', async t => {
	const context = await open(t);
	const secret = 'hunter2-planted-secret';
	await insert(context.store, {prefix: 'old', count: 700, ageDays: 31, body: `{"note":"${secret}"}`});
	await insert(context.store, {prefix: 'young', count: 700, ageDays: 1});
	await purge(context);
	for (const suffix of ['', '-wal', '-shm']) {
		assert.equal(readFileSync(`${context.store.name}${suffix}`).includes(secret), false, suffix);
	}
});

test('files of tries that came to nothing go; files that are referred to, of other stores or not ours stay', async t => {
	const context = await open(t);
	await insert(context.store, {prefix: 'old', count: 1, ageDays: 31});
	const {id} = await makeExport(context, {query: 'since:1d', fields: ['id']});
	const directory = path.join(context.dataDirectory, 'exports');
	mkdirSync(directory, {recursive: true});
	for (const name of [`${id}-7.csv`, `${id}-8.csv.part`, 'exp_0000-1.csv', 'notes.txt']) {
		writeFileSync(path.join(directory, name), '');
	}

	assert.partialDeepStrictEqual(await purge(context), {files_removed: 2});
	assert.deepEqual(readdirSync(directory).sort(), ['exp_0000-1.csv', `${id}-1.csv`, 'notes.txt'].sort());
});
