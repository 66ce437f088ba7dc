import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {parse} from 'csv-parse/sync';
import {stringify} from 'csv-stringify/sync';
import fc from 'fast-check';
import {foldCase} from '../../../source/domain/query/fold-case.ts';
import {UsageFault} from '../../../source/domain/fault.ts';
import {readCells} from '../../../source/services/browse/read-cells.ts';
import {createRecordScanner, type FoundRecord} from '../../../source/services/browse/scan-records.ts';
import {cellsOf, openCsv, viewOf} from './open-csv.ts';

const hostile = fc.string({unit: fc.constantFrom('a', 'B', ',', '"', '\n', '\r\n', ';', ' ', 'ü', '日', '👩‍👩‍👧', '\u0000', '\u001B[31m'), maxLength: 6});

/** Records of a text that comes in pieces. */
const scan = (text: Buffer, pieces: number): ReadonlyArray<readonly string[]> => {
	const found: FoundRecord[] = [];
	const scanner = createRecordScanner(0x2c, record => {
		found.push(record);
	});
	for (let at = 0; at < text.length; at += pieces) {
		scanner.push(text.subarray(at, at + pieces));
	}

	assert.equal(scanner.end().isQuoteOpen, false);
	return found.map(({start, end, cells}) => {
		const read = readCells(text, {delimiter: 0x2c, start, end});
		assert.equal(read.length, cells);
		return read;
	});
};

test('browse: records and cells are those of csv-parse, wherever the pieces end', () => {
	fc.assert(fc.property(fc.array(fc.array(hostile, {minLength: 2, maxLength: 4}), {minLength: 1, maxLength: 8}), fc.integer({min: 1, max: 9}), fc.constantFrom('\r\n', '\n'), (rows, pieces, lineBreak) => {
		const text = stringify(rows, {record_delimiter: lineBreak, quoted_match: /[\r\n]/});
		const expected = parse(text, {relax_column_count: true, record_delimiter: ['\r\n', '\n']});
		assert.deepEqual(scan(Buffer.from(text), pieces), expected);
	}), {numRuns: 300});
});

test('browse: quotes that are not doubled, text behind quotes and blank lines are read as csv-parse reads them', () => {
	for (const text of ['a,b"c,d\n"x"" y",z\n', 'a,b\n\n\nc,d', 'a,b\r\n\r\nc,"d"\r\n', 'a"b"c,d\n']) {
		const expected = parse(text, {relax_quotes: true, relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n']});
		assert.deepEqual(scan(Buffer.from(text), 3), expected);
	}
});

const apiLog = [
	['Log ID', 'Date', 'Status', 'Channel', 'User', 'Server-side key', 'Duration', 'Request body', 'Shop', 'Points'],
	['log_1', '2026-11-22T10:00:00.000Z', '200', 'API', 'anna@example.com', 'app_1', '44', '{"name":"Größe"}', 'Kraków', '9'],
	['log_2', '2026-11-22T11:00:00.000Z', '404', 'Dashboard', '', 'app_2', '9', 'plain, with "quotes"', 'berlin', '10'],
	['log_3', '2026-11-21T10:00:00.000Z', '502', 'API', 'bob@example.com', '', '120', '', 'Aachen', ''],
	['log_4', '2026-11-20T10:00:00.000Z', '', 'Java-SDK', 'anna@example.com', 'app_1', '', '{"multi":\n"line"}', '', '100'],
	['log_5', '2026-11-19T10:00:00.000Z', 'success', 'API', '', '', '7', '\'=1+1', 'aachen', '2'],
];

const open = async (context: TestContext) => openCsv(context, stringify(apiLog, {quoted_match: /[\r\n]/}));

test('browse: columns filter by the keys of the fields, others by their own name', async context => {
	const table = await open(context);
	const ids = async (query: string) => (await cellsOf(await viewOf(table, {query}, {app_1: 'Shop backend'}))).map(([id]) => id);
	const queries: ReadonlyArray<readonly [query: string, ids: readonly string[]]> = [
		['', ['log_1', 'log_2', 'log_3', 'log_4', 'log_5']],
		['status:failure', ['log_2', 'log_3', 'log_4']],
		['status:success', ['log_1', 'log_5']],
		['status:5xx,404', ['log_2', 'log_3']],
		['status:none', ['log_4', 'log_5']],
		['-status:failure channel:API', ['log_1', 'log_5']],
		['since:2026-11-21T11:00 until:2026-11-22T11:30', ['log_1', 'log_3']],
		['since:1h', ['log_2']],
		['server_key:"shop backend"', ['log_1', 'log_4']],
		['user:anna*', ['log_1', 'log_4']],
		['-user:anna@example.com', ['log_2', 'log_3', 'log_5']],
		['request_duration:>9', ['log_1', 'log_3']],
		['GRÖSSE', []],
		['gröẞE', ['log_1']],
		['"with \\"QUOTES\\""', ['log_2']],
		['request:multi', ['log_4']],
		['-aachen', ['log_1', 'log_2', 'log_4']],
		['shop:Aachen', ['log_3']],
		['-shop:*', ['log_4']],
		['"=1+1"', ['log_5']],
	];
	for (const [query, expected] of queries) {
		assert.deepEqual(await ids(query), expected, query);
	}

	await assert.rejects(ids('campaign:x'), (error: unknown) => error instanceof UsageFault
		&& error.message === 'no column of this file has the key "campaign"' && /its keys: id, since, until, status, channel, user, server_key, request_duration, request, shop, points;/.test(error.remedy ?? ''));
	await assert.rejects(ids('user_email:x'), /no column/);
	await assert.rejects(ids('status:maybe'), /status cannot be "maybe"/);
});

test('browse: sorts numbers and times by their value, texts whatever their case, empty cells last, equal ones in the order of the file', async context => {
	const table = await open(context);
	const ids = async (column: number, isDescending: boolean, query = '') => (await cellsOf(await viewOf(table, {query, sort: {column, isDescending}}))).map(([id]) => id!.slice(4)).join('');
	assert.equal(await ids(1, false), '54312');
	assert.equal(await ids(6, false), '52134');
	assert.equal(await ids(6, true), '31254');
	assert.equal(await ids(8, false), '35214');
	assert.equal(await ids(8, true), '12354');
	assert.equal(await ids(9, false), '51243', 'a column of nothing but numbers');
	assert.equal(await ids(3, true, 'status:failure'), '423');
});

test('browse: a sorted view is a permutation of the file in order, for any cells', async context => {
	await fc.assert(fc.asyncProperty(fc.array(hostile, {minLength: 1, maxLength: 40}), async cells => {
		const table = await openCsv(context, stringify([['key', 'text'], ...cells.map((cell, index) => [index, cell])], {quoted_match: /[\r\n]/}));
		const sorted = await cellsOf(await viewOf(table, {sort: {column: 1, isDescending: false}}));
		const shown = await cellsOf(await viewOf(table));
		const expected = shown.map(([key, text]) => ({key, bytes: Buffer.from(foldCase(text!)), isEmpty: text === ''}))
			.sort((one, other) => Number(one.isEmpty) - Number(other.isEmpty) || Buffer.compare(one.bytes, other.bytes)).map(({key}) => key);
		assert.deepEqual(sorted.map(([key]) => key), expected);
	}), {numRuns: 60});
});

test('browse: finds the next row with a text in either direction, in any order', async context => {
	const table = await open(context);
	for (const sort of [null, {column: 9, isDescending: true}]) {
		const view = await viewOf(table, {sort});
		const find = async (text: string, from: number, isBackwards = false) => {
			for (let next: number | null = from; next !== null;) {
				const found = await view.find(text, {from: next, isBackwards, budgetMs: 0});
				if (found.place !== null) {
					return (await view.row(found.place))?.cells[0];
				}

				({next} = found);
			}

			return null;
		};

		// By points, most first: 4, 2, 1, 5, 3.
		assert.equal(await find('ANNA@', 1), sort === null ? 'log_4' : 'log_1');
		assert.equal(await find('anna@', 4, true), sort === null ? 'log_4' : 'log_1');
		assert.equal(await find('anna@', 1, true), sort === null ? 'log_1' : 'log_4');
		assert.equal(await find('anna@', 4), null);
		assert.equal(await find('PLAIN, WITH "', 0), 'log_2');
	}
});

test('browse: what is no whole row is named by its line, and the rest is shown', async context => {
	const table = await openCsv(context, 'a,b\n1,"two\nlines"\n3\n4,5,6\n7,8\n9,"open\n10,11\n');
	const view = await viewOf(table);
	assert.deepEqual(await cellsOf(view), [['1', 'two\nlines'], ['7', '8']]);
	assert.deepEqual(view.progress().problems, [
		{line: 4, reason: 'it has 1 cell where the heading has 2'}, {line: 5, reason: 'it has 3 cells where the heading has 2'}, {line: 7, reason: 'the file ends in a quoted cell'},
	]);
	const cut = await viewOf(await openCsv(context, 'a,b\n1,2\n3'));
	assert.deepEqual(cut.progress().problems, [{line: 3, reason: 'the file ends in the middle of a row'}]);
	assert.deepEqual(await cellsOf(await viewOf(await openCsv(context, '\ufeffa;b\n1;2'))), [['1', '2']], 'a byte order mark, semicolons, no line break at the end');
});

test('browse: a row is whole where a list cuts, and cut where it is larger than an answer', async context => {
	const long = 'x'.repeat(1000);
	const huge = 'ü'.repeat(300_000);
	const view = await viewOf(await openCsv(context, `id,body\n1,${long}\n2,${huge}\n`));
	assert.equal((await view.rows(0, 10))[0]!.cells[1]!.length, 400);
	assert.equal((await view.row(0))?.cells[1], long);
	assert.deepEqual((await view.row(1))?.cut, {1: 600_000});
	assert.equal(await view.row(2), null);
});
