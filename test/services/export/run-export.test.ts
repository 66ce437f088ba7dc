import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {Readable} from 'node:stream';
import {test, type TestContext} from 'node:test';
import {parse} from 'csv-parse/sync';
import {withoutSpreadsheetSafety} from '../../../source/domain/csv/spreadsheet-safe.ts';
import {defaultExportFields, exportableFields} from '../../../source/domain/fields/exportable.ts';
import {type Log} from '../../../source/domain/records.ts';
import {openLogSource} from '../../../source/intake/open-log-source.ts';
import {createServices} from '../../../source/services/create-services.ts';
import {rerunTask} from '../../../source/services/control-task.ts';
import {startExport} from '../../../source/services/export/start-export.ts';
import {importLogs} from '../../../source/services/import/import-logs.ts';
import {type ServiceContext} from '../../../source/services/service-context.ts';
import {insertLogs} from '../../../source/store/logs/insert-logs.ts';
import {readRecord} from '../../../source/store/query/read-record.ts';
import {makeLog} from '../../helpers/make-log.ts';
import {readRfc4180} from '../../helpers/read-rfc4180.ts';
import {makeSendout} from '../../helpers/seed-home.ts';
import {temporaryDirectory, temporaryStore} from '../../helpers/temporary-store.ts';
import {insertRecord} from '../../../source/store/query/stored-record.ts';
import {insertAttempts} from '../../../source/store/sendouts/insert-attempts.ts';
import {hostileLogs} from './hostile-logs.ts';
import {makeExport, work} from './make-export.ts';

const now = (): number => Date.UTC(2026, 10, 23);

const open = async (context: TestContext, logs: readonly Log[] = []): Promise<ServiceContext> => {
	const store = await temporaryStore(context);
	await insertLogs(store, logs, {storedAt: now()});
	return {store, dataDirectory: temporaryDirectory(context), now};
};

const cellOf = (log: Log, field: string): string => {
	const value = log[field as keyof Log];
	if (field === 'created_at') return new Date(log.created_at).toISOString();
	return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const importText = async (context: ServiceContext, text: string) => importLogs({
	store: context.store, now, redaction: null,
	source: await openLogSource({from: {stream: Readable.from([Buffer.from(text)]), name: 'export'}}),
});

test('an export read back by a strict reader and by csv-parse holds the records, byte for byte in every cell', async t => {
	const context = await open(t, hostileLogs);
	const fields = exportableFields('logs');
	for (const isRaw of [true, false]) {
		const {id, text} = await makeExport(context, {fields, isRaw, order: 'created_at'});
		const rows = readRfc4180(text);
		assert.deepEqual(parse(text), rows);
		assert.deepEqual(rows[0], fields);
		const wanted = hostileLogs.map(log => fields.map(field => cellOf(log, field)));
		assert.deepEqual(rows.slice(1).map(row => isRaw ? row : row.map(withoutSpreadsheetSafety)), wanted);
		const record = await readRecord(context.store, 'exports', id);
		assert.partialDeepStrictEqual(record?.record, {
			status: 'done', rows: hostileLogs.length, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex'), error: null, fields, order: 'created_at',
		});
	}
});

test('what a spreadsheet would run is neutralised, numbers are not, and --raw leaves all as it is', async t => {
	const context = await open(t, hostileLogs);
	const {text} = await makeExport(context, {fields: ['url']});
	const cells = readRfc4180(text).flat();
	for (const formula of ['=1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '\0=1', '＝1', '=cmd|\' /C calc\'!A0', '-', '+']) {
		assert(cells.includes(`'${formula}`) && !cells.includes(formula), JSON.stringify(formula));
	}

	for (const number of ['-5', '+1', '-1', '1e9']) assert(cells.includes(number), number);
});

test('a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD', async t => {
	const context = await open(t, [makeLog({id: 'log_1', request_body: 'a\ud800b'})]);
	const {text} = await makeExport(context, {fields: ['request_body']});
	assert.equal(text, 'request_body\r\na\ufffdb\r\n');
});

test('importing an export adds nothing to the same store, and all to an empty one', async t => {
	const context = await open(t, hostileLogs);
	const {text} = await makeExport(context, {fields: exportableFields('logs')});
	assert.partialDeepStrictEqual(await importText(context, text), {read: hostileLogs.length, inserted: 0, duplicates: hostileLogs.length, rejected: 0});

	const empty = await open(t);
	assert.partialDeepStrictEqual(await importText(empty, text), {inserted: hostileLogs.length, rejected: 0});
	const again = await makeExport(empty, {fields: exportableFields('logs')});
	assert.equal(again.text, text);
});

test('the default fields are the 14 of api_log, the newest first; only what matches, and only what was there', async t => {
	const context = await open(t, hostileLogs);
	const {export: {id}, task} = await startExport(context, {tab: 'logs', query: 'status:404 since:2000-01-01'});
	await insertLogs(context.store, [makeLog({id: 'log_late', status: 404, outcome: 'failure'})], {storedAt: now()});
	await work(context);
	const download = await createServices(context).download({id});
	const [heading, ...rows] = readRfc4180(readFileSync(download.path ?? '', 'utf8'));
	assert.deepEqual(heading, ['id', 'created_at', 'status', 'request_id', 'channel', 'method', 'endpoint', 'url', 'user_email', 'app_id', 'client_app_id', 'request_duration', 'request_body', 'response_body']);
	assert.deepEqual(heading, defaultExportFields('logs'));
	assert.deepEqual(rows.map(([logId]) => logId), hostileLogs.filter(log => log.status === 404).map(log => log.id).reverse());
	assert.partialDeepStrictEqual((await readRecord(context.store, 'tasks', task.id))?.record, {status: 'done', done_count: rows.length, total_count: rows.length, progress: 100, result: {rows: rows.length}});
	assert.equal(statSync(download.path ?? '').mode & 0o777, 0o600);
});

test('a search in bodies is exported too, and a query that finds nothing gives a heading', async t => {
	const context = await open(t, hostileLogs);
	assert.equal(readRfc4180((await makeExport(context, {query: 'request:quoted since:2000-01-01', fields: ['id']})).text).length, 2);
	assert.equal((await makeExport(context, {query: 'request:nowhere', fields: ['id', 'url']})).text, 'id,url\r\n');
});

test('an export of one column holds a line for each record, empty ones in quotes', async t => {
	const context = await open(t, [makeLog({id: 'log_1', user_email: null}), makeLog({id: 'log_2', user_email: 'a@b.c'})]);
	const {text} = await makeExport(context, {fields: ['user_email']});
	assert.deepEqual(text.split('\r\n').sort(), ['', '""', 'a@b.c', 'user_email']);
});

test('tasks, exports and sendouts are exported too, without the export itself', async t => {
	const context = await open(t, hostileLogs);
	const sendout = makeSendout({id: 'whs_1', data: {a: '=1'}, attempt_log: [{number: 1, started_at: 0, duration: 1.5, status: 500, response_headers: null, response_body: 'no', error: null}]});
	await context.store.write([...insertRecord('sendouts', sendout), ...insertAttempts(sendout)]);
	const sendouts = parse((await makeExport(context, {tab: 'sendouts', query: '', fields: ['data', 'attempt_log', 'attempts']})).text, {columns: true});
	assert.deepEqual(sendouts, [{data: '{"a":"=1"}', attempt_log: '[{"number":1,"started_at":"1970-01-01T00:00:00.000Z","duration":1.5,"status":500,"response_headers":null,"response_body":"no","error":null}]', attempts: '1'}]);
	const tasks: ReadonlyArray<Record<string, string>> = parse((await makeExport(context, {tab: 'tasks', query: ''})).text, {columns: true});
	assert.deepEqual(tasks.map(({type, status}) => [type, status]), [['LOGS.EXPORT', 'done']]);
	const exports: ReadonlyArray<Record<string, string>> = parse((await makeExport(context, {tab: 'exports', query: ''})).text, {columns: true});
	assert.deepEqual(exports.map(({resource, status}) => [resource, status]), [['background_task', 'done'], ['sendout', 'done']]);
});

test('the query is recorded with what the tab adds, and an unknown field or key is refused', async t => {
	const context = await open(t);
	const {export: record} = await startExport(context, {tab: 'logs', query: 'status:404'});
	assert.equal(record.query, 'status:404 since:24h');
	await assert.rejects(startExport(context, {tab: 'logs', query: '', fields: ['id', 'nothing']}), {name: 'UsageFault', message: 'there is no field nothing'});
	await assert.rejects(startExport(context, {tab: 'logs', query: '', fields: ['id', 'id']}), {name: 'UsageFault'});
	await assert.rejects(startExport(context, {tab: 'logs', query: 'nokey:1'}), {name: 'UsageFault'});
});

test('a directory that cannot be written fails task and export with the cause, leaves nothing, and run again it works', async t => {
	const context = await open(t, hostileLogs);
	// Root may write anywhere: a file in the place of the directory is in anyone's way.
	const blocked = path.join(context.dataDirectory, 'exports');
	writeFileSync(blocked, '');
	const {export: {id}, task} = await startExport(context, {tab: 'logs', query: 'since:2000-01-01'});
	await work(context);
	const failed = await readRecord(context.store, 'exports', id);
	assert.equal(failed?.record.status, 'error');
	assert.match(failed.record.error ?? '', /exports.*cannot be written/);
	assert.equal((await readRecord(context.store, 'tasks', task.id))?.record.status, 'failed');
	await assert.rejects(createServices(context).download({id}), {name: 'Fault', remedy: `run its task again: auditty task rerun ${task.id}`});

	rmSync(blocked);
	assert.equal((await rerunTask(context, {id: task.id})).kind, 'changed');
	await work(context);
	assert.partialDeepStrictEqual((await readRecord(context.store, 'exports', id))?.record, {status: 'done', rows: hostileLogs.length, error: null});
	assert.equal(readdirSync(blocked).length, 1);
});
