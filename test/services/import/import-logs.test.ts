import assert from 'node:assert/strict';
import {Readable} from 'node:stream';
import {test, type TestContext} from 'node:test';
import {openLogSource} from '../../../source/intake/open-log-source.ts';
import {type ImportReport} from '../../../source/services/import/import-report.ts';
import {importLogs, type ImportOptions} from '../../../source/services/import/import-logs.ts';
import {type LogSource} from '../../../source/services/import/log-source.ts';
import {type Store} from '../../../source/store/store.ts';
import {temporaryStore} from '../../helpers/temporary-store.ts';
import {entry, har} from '../../intake/read-source.ts';

const now = Date.UTC(2026, 10, 22, 12);
const redaction = {fingerprintKey: 'a key for tests', extraKeys: ['pin']};

const sourceOf = (text: string | readonly string[], signal?: AbortSignal): Promise<LogSource> =>
	openLogSource({from: {stream: Readable.from([text].flat().map(piece => Buffer.from(piece))), name: 'standard input'}, signal});

const importText = async (store: Store, text: string, more: Partial<ImportOptions> = {}): Promise<ImportReport> =>
	importLogs({store, source: await sourceOf(text), now: () => now, redaction, ...more});

const counts = ({read, inserted, duplicates, rejected}: ImportReport): readonly number[] => [read, inserted, duplicates, rejected];

const storedIds = async (store: Store): Promise<readonly unknown[]> => (await store.read('SELECT id FROM logs ORDER BY seq')).map(({id}) => id);

const line = (at: number, more: object = {}): string => `${JSON.stringify({created_at: at, method: 'GET', url: '/v1/vouchers', status: 200, ...more})}\n`;

const setUp = (context: TestContext): Promise<Store> => temporaryStore(context);

test('an import counts what it read, took in, knew already and left out', async context => {
	const store = await setUp(context);
	const text = `${line(now - 5000)}${line(now - 1000, {id: 'log_a'})}nonsense\n${line(now - 9000)}{"url":"/v1"}\n{"created_at":17`;
	const report = await importText(store, text);
	assert.deepEqual(counts(report), [5, 3, 0, 2]);
	assert.deepEqual(report.rejections, [{place: 3, reason: 'it is not valid JSON'}, {place: 5, reason: 'it has no date, and no ID that carries one'}]);
	assert.deepEqual([report.oldest, report.newest], [now - 9000, now - 1000]);
	assert.deepEqual(report.truncated, {place: 6, reason: 'the file ends in the middle of a record'});
	assert.equal(report.is_interrupted, false);
});

test('importing again adds nothing, with IDs and without, whatever the clock and whichever the format', async context => {
	const store = await setUp(context);
	const entries = Array.from({length: 700}, (_, index) => entry({startedDateTime: new Date(now - index).toISOString()}));
	assert.deepEqual(counts(await importText(store, har(entries))), [700, 700, 0, 0]);
	const ids = await storedIds(store);
	assert.deepEqual(counts(await importText(store, har(entries), {now: () => now + 999_999})), [700, 0, 700, 0]);
	const text = [line(now, {id: 'log_1'}), line(now)].join('');
	assert.deepEqual(counts(await importText(store, text)), [2, 2, 0, 0]);
	assert.deepEqual(counts(await importText(store, text)), [2, 0, 2, 0]);
	assert.deepEqual((await storedIds(store)).slice(0, 700), ids);
});

test('records that are alike in everything are as many logs, and the same ones when they come again', async context => {
	const store = await setUp(context);
	const entries = [entry(), entry(), entry({time: 1}), entry()];
	assert.deepEqual(counts(await importText(store, har(entries))), [4, 4, 0, 0]);
	assert.deepEqual(counts(await importText(store, har(entries))), [4, 0, 4, 0]);
	assert.deepEqual(counts(await importText(store, har(entries.slice(0, 2)))), [2, 0, 2, 0]);
	assert.deepEqual(counts(await importText(store, har([...entries, entry()]))), [5, 1, 4, 0]);
});

test('of two records with one ID the first counts', async context => {
	const store = await setUp(context);
	assert.deepEqual(counts(await importText(store, line(now, {id: 'log_1', channel: 'first'}) + line(now, {id: 'log_1', channel: 'second'}))), [2, 1, 1, 0]);
	assert.deepEqual(await store.read('SELECT channel FROM logs'), [{channel: 'first'}]);
});

test('secrets never reach the store, and are counted', async context => {
	const store = await setUp(context);
	const report = await importText(store, har([entry({
		request: {method: 'POST', url: 'https://shop.example/v1?api_key=planted-1', headers: [{name: 'X-App-Token', value: 'planted-2'}], postData: {text: '{"pin":"planted-3"}'}},
	})]));
	assert.equal(report.secrets_replaced, 3);
	const rows = await store.read('SELECT * FROM logs JOIN log_contents USING (seq)');
	assert.equal(rows.length, 1);
	assert.doesNotMatch(JSON.stringify(rows), /planted/);
});

test('each log says which background task brought it in, and is stored at the time of the import', async context => {
	const store = await setUp(context);
	await importText(store, line(now - 5000), {taskId: 'aa_1'});
	assert.deepEqual(await store.read('SELECT import_task_id, stored_at, created_at FROM logs'), [{import_task_id: 'aa_1', stored_at: now, created_at: now - 5000}]);
});

test('progress is told after each chunk, and never goes back', async context => {
	const store = await setUp(context);
	const seen: ImportReport[] = [];
	await importText(store, Array.from({length: 1200}, (_, index) => line(now - index)).join(''), {onProgress: report => seen.push(report)});
	assert.deepEqual(seen.map(({inserted}) => inserted), [500, 1000, 1200]);
	assert.ok(seen.every(({bytes_read: read}, index) => read >= (seen[index - 1]?.bytes_read ?? 0)));
});

test('what goes along with a chunk is written in its transaction', async context => {
	const store = await setUp(context);
	await importText(store, Array.from({length: 600}, (_, index) => line(now - index)).join(''), {
		alongWith: () => [{sql: 'INSERT INTO settings (key, value) SELECT count(*), count(*) FROM logs'}],
	});
	assert.deepEqual((await store.read('SELECT value FROM settings ORDER BY key')).map(({value}) => value), ['500', '600']);
	await assert.rejects(importText(store, line(now + 1), {alongWith: () => [{sql: 'INSERT INTO settings (key) VALUES (NULL)'}]}));
	assert.equal((await storedIds(store)).length, 600);
});

test('only the first thousand reasons are kept, all are counted', async context => {
	const store = await setUp(context);
	const report = await importText(store, `${line(now)}${'x\n'.repeat(1500)}`);
	assert.deepEqual([report.rejected, report.rejections.length], [1500, 1000]);
});

test('when it is asked to stop, what was read is in, and the rest comes in the next time', async context => {
	const store = await setUp(context);
	const aborting = new AbortController();
	const text = Array.from({length: 2000}, (_, index) => line(now - index)).join('');
	const source = await sourceOf([text.slice(0, 60_000), text.slice(60_000)], aborting.signal);
	const report = await importLogs({store, source, now: () => now, redaction, signal: aborting.signal, onProgress: () => aborting.abort()});
	assert.equal(report.is_interrupted, true);
	assert.ok(report.inserted >= 500 && report.inserted < 2000);
	assert.equal((await storedIds(store)).length, report.inserted);
	const again = await importText(store, text);
	assert.deepEqual([again.inserted, again.duplicates], [2000 - report.inserted, report.inserted]);
});

test('when the source fails, what was read before is in', async context => {
	const store = await setUp(context);
	const pieces = async function * () {
		yield Buffer.from(line(now));
		await Promise.resolve();
		throw Object.assign(new Error('broken pipe'), {code: 'EIO'});
	};

	const source = await openLogSource({from: {stream: Readable.from(pieces()), name: 'standard input'}});
	await assert.rejects(importLogs({store, source, now: () => now, redaction}), {name: 'Fault', message: 'standard input cannot be read (EIO)'});
	assert.equal((await storedIds(store)).length, 1);
});
