import assert from 'node:assert/strict';
import {readFileSync, rmSync, truncateSync, appendFileSync, writeFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {createServices} from '../../../source/services/create-services.ts';
import {startExport} from '../../../source/services/export/start-export.ts';
import {type BrowseSource} from '../../../source/services/services.ts';
import {insertLogs} from '../../../source/store/logs/insert-logs.ts';
import {insertRecord} from '../../../source/store/query/stored-record.ts';
import {makeLog} from '../../helpers/make-log.ts';
import {makeExport as exportRecord} from '../../helpers/seed-home.ts';
import {temporaryDirectory, temporaryStore} from '../../helpers/temporary-store.ts';
import {makeExport} from '../export/make-export.ts';

const view = {query: '', sort: null};
const now = Date.UTC(2026, 10, 22, 12);

const begin = async (context: TestContext) => {
	const store = await temporaryStore(context);
	const dataDirectory = temporaryDirectory(context);
	let at = now;
	const world = {store, dataDirectory, now: () => at};
	await insertLogs(store, Array.from({length: 30}, (_, index) => makeLog({
		id: `log_${String(index).padStart(2, '0')}`, created_at: now - index * 60_000, status: index % 3 === 0 ? 500 : 200, request_body: `=body ${index}`,
	})), {storedAt: now});
	const services = createServices(world);
	const readAll = async (source: BrowseSource) => {
		for (;;) {
			const progress = await services.browseStep({source, view});
			if (progress.stage === 'done' || progress.file !== 'same') {
				return progress;
			}
		}
	};

	const later = (ms: number) => {
		at += ms;
	};

	return {world, services, store, readAll, later};
};

test('browse: an export shows its columns and rows, and what it was made with', async context => {
	const {world, services, readAll} = await begin(context);
	const {id, taskId} = await makeExport(world, {fields: ['id', 'status', 'request_body']});
	const table = await services.browseOpen({source: {id}});
	assert.deepEqual(table.headings, ['id', 'status', 'request_body']);
	assert.equal(table.tab, 'logs');
	assert.equal(table.export?.query, 'since:2000-01-01');
	assert.equal((await readAll({id})).rows, 30);
	const {rows} = await services.browseRows({source: {id}, view, from: 28, limit: 50});
	assert.deepEqual(rows, [{place: 28, row: 29, cells: ['log_28', '200', '=body 28']}, {place: 29, row: 30, cells: ['log_29', '200', '=body 29']}]);
	assert.equal((await services.browseOpen({source: {id: taskId}})).name, id, 'by its task');
});

test('browse: exports of the other lists too', async context => {
	const {world, services, readAll} = await begin(context);
	const {id} = await makeExport(world, {tab: 'tasks', query: ''});
	const source = {id: (await makeExport(world, {tab: 'exports', query: ''})).id};
	assert.equal((await services.browseOpen({source: {id}})).tab, 'tasks');
	await readAll(source);
	const {rows} = await services.browseRows({source, view: {query: 'status:done resource:background_task', sort: null}, from: 0, limit: 5});
	assert.equal(rows.length, 0, 'nothing before the first step');
});

test('browse: an export that may not be browsed says why, and what to do', async context => {
	const {world, services, store, later} = await begin(context);
	const {export: waiting} = await startExport(world, {tab: 'logs', query: 'since:2000-01-01'});
	await assert.rejects(services.browseOpen({source: {id: waiting.id}}), /has not begun/);
	const {id} = await makeExport(world);
	await store.write(insertRecord('exports', exportRecord({id: 'exp_foreign', resource: 'voucher', origin: 'voucherify'})));
	await store.write(insertRecord('exports', exportRecord({id: 'exp_broken', status: 'error', error: 'disk full', task_id: 'aa_1'})));
	await assert.rejects(services.browseOpen({source: {id: 'exp_foreign'}}), /file of the export exp_foreign is not in/);
	await assert.rejects(services.browseOpen({source: {id: 'exp_broken'}}), {message: /failed \(disk full\)/, remedy: /task rerun aa_1/});
	await assert.rejects(services.browseOpen({source: {id: 'exp_none'}}), /no export has the ID exp_none/);
	later(80 * 86_400_000);
	await services.browseOpen({source: {id}, isAnew: true});
	later(20_000 * 86_400_000);
	await assert.rejects(services.browseOpen({source: {id}, isAnew: true}), {message: /older than 90 days/, remedy: /auditty download/});
	const {path: file} = await services.download({id});
	rmSync(file!);
	await assert.rejects(services.browseOpen({source: {id}, isAnew: true}), /is not in/);
});

test('browse: what is no CSV file says what it is', async context => {
	const {services} = await begin(context);
	const directory = temporaryDirectory(context);
	const files: ReadonlyArray<readonly [content: string | Buffer, message: RegExp]> = [
		['', /is empty/], ['{"log":{}}', /is JSON, not CSV/], [Buffer.from([0x1f, 0x8b, 8, 0]), /is compressed with gzip/], [Buffer.from('\ufeffa,b', 'utf16le'), /UTF-16/], [Buffer.from([0, 1, 2, 3, 10]), /is not text/],
		['"never closed', /no line of headings/],
	];
	for (const [content, message] of files) {
		const file = path.join(directory, 'x.csv');
		writeFileSync(file, content);
		await assert.rejects(services.browseOpen({source: {path: file}, isAnew: true}), message);
	}

	await assert.rejects(services.browseOpen({source: {path: directory}}), /is a directory/);
	await assert.rejects(services.browseOpen({source: {path: path.join(directory, 'none.csv')}}), /does not exist/);
});

test('browse: a file that grows, shrinks or goes while it is open is told of, and can be read anew', async context => {
	const {services, readAll} = await begin(context);
	const file = path.join(temporaryDirectory(context), 'x.csv');
	writeFileSync(file, 'a,b\n1,2\n');
	const source = {path: file};
	assert.equal((await readAll(source)).file, 'same');
	appendFileSync(file, '3,4\n');
	assert.equal((await readAll(source)).file, 'changed');
	await services.browseOpen({source, isAnew: true});
	assert.equal((await readAll(source)).rows, 2);
	truncateSync(file, 3);
	assert.equal((await readAll(source)).file, 'changed');
	rmSync(file);
	assert.equal((await readAll(source)).file, 'gone');
	await assert.rejects(services.browseRows({source, view, from: 0, limit: 5}), /does not exist/);
});

test('browse: saves the file as it is, and replaces none', async context => {
	const {world, services} = await begin(context);
	const {id, text} = await makeExport(world);
	const directory = temporaryDirectory(context);
	const to = path.join(directory, 'copy.csv');
	await services.browseSave({source: {id}, to});
	assert.equal(readFileSync(to, 'utf8'), text);
	assert.equal(statSync(to).mode & 0o777, 0o600);
	await assert.rejects(services.browseSave({source: {id}, to}), /exists/);
	const other = path.join(directory, 'other.csv');
	await services.browseSave({source: {path: to}, to: other});
	assert.equal(readFileSync(other, 'utf8'), text);
	await assert.rejects(services.browseSave({source: {path: to}, to: other}), /exists/);
});
