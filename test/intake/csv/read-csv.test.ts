import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {stringify} from 'csv-stringify/sync';
import fc from 'fast-check';
import {withoutSpreadsheetSafety} from '../../../source/domain/csv/spreadsheet-safe.ts';
import {findDelimiter} from '../../../source/intake/csv/find-delimiter.ts';
import {fieldsOfHeadings} from '../../../source/intake/csv/headings.ts';
import {readCsv} from '../../../source/intake/csv/read-csv.ts';
import {logsOf, readText} from '../read-source.ts';

const headings: ReadonlyArray<readonly [heading: string, field: string | null]> = [
	['created_at', 'created_at'], ['Created At', 'created_at'], ['createdAt', 'created_at'], ['CREATED-AT', 'created_at'], ['Date', 'created_at'], [' Occurrence date ', 'created_at'],
	['Request ID', 'request_id'], ['Log ID', 'id'], ['ID', 'id'], ['User', 'user_email'], ['User Email', 'user_email'], ['Server-side key', 'app_id'], ['Request Body', 'request_body'],
	['Result', 'outcome'], ['Duration', 'request_duration'], ['request_duration', 'request_duration'], ['colour', null], ['', null], ['constructor', null],
];

for (const [heading, field] of headings) {
	test(`CSV heading ${JSON.stringify(heading)}`, () => assert.deepEqual(fieldsOfHeadings([heading]), [field]));
}

test('CSV: any columns in any order; of two that name one field the first counts', async () => {
	const logs = logsOf(await readText('Response body,colour,STATUS,Date,status\n{},red,404,2026-11-22T10:00:00.000Z,200\n,,success,2026-11-22 10:00:00 UTC,\n'));
	assert.deepEqual(logs, [
		{response_body: '{}', status: 404, created_at: Date.UTC(2026, 10, 22, 10)},
		{outcome: 'success', created_at: Date.UTC(2026, 10, 22, 10)},
	]);
});

test('CSV: semicolons, tabs and bars delimit too', async () => {
	for (const delimiter of [';', '\t', '|', ',']) {
		const [log] = logsOf(await readText(stringify([['Date', 'Status', 'request_body'], [1_763_805_600_000, 200, 'a,b;c\td|e']], {delimiter})));
		assert.deepEqual(log, {created_at: 1_763_805_600_000, status: 200, request_body: 'a,b;c\td|e'});
	}

	assert.deepEqual(findDelimiter('a b c'), {delimiter: ',', known: 0});
});

test('CSV: the line is where the record begins', async () => {
	const items = await readText('status,request_body\r\n200,"a\r\n\r\nb"\r\n\r\n999,x\r\n200,"y\n"\n200\n"404",z');
	assert.deepEqual(items.map(({kind, place}) => [kind, place]), [['log', 2], ['rejected', 6], ['log', 7], ['rejected', 9], ['log', 10]]);
	assert.equal(items[0]!.log!.request_body, 'a\r\n\r\nb');
	assert.match(items[1]!.reason!, /status/);
	assert.equal(items[3]!.reason, 'it has 1 cells where the heading has 2');
});

test('CSV: a body that is not JSON is kept as it is, spaces and quotes too', async () => {
	const [log] = logsOf(await readText('request_body,response_body\n"{""cut"": ", a"b \n'));
	assert.deepEqual(log, {request_body: '{"cut": ', response_body: ' a"b '});
});

test('CSV: a formula that an export made safe is restored', async () => {
	const cells: ReadonlyArray<readonly [cell: string, restored: string]> = [
		['\'=1+1', '=1+1'], ['\'-5', '-5'], ['\'@x', '@x'], ['\'+1', '+1'], ['\'\'=1', '\'=1'], ['\' =1', ' =1'], ['\'\n=1', '\n=1'],
		['=1+1', '=1+1'], ['\'quoted\'', '\'quoted\''], ['\'', '\''], ['\'; DROP', '\'; DROP'],
	];
	const items = await readText(stringify([['request_body'], ...cells.map(([cell]) => [cell])], {quoted_match: /[\r\n]/}));
	assert.deepEqual(logsOf(items).map(log => log.request_body), cells.map(([, restored]) => restored));
});

test('CSV: a file that ends in a quoted cell says so', async () => {
	const items = await readText('status,request_body\n200,a\n200,"b\n\nc');
	assert.deepEqual(items.map(({kind, place}) => [kind, place]), [['log', 2], ['truncated', 3]]);
	const unquoted = await readText('status,request_body\n200,a\n200');
	assert.deepEqual(unquoted.map(({kind, place}) => [kind, place]), [['log', 2], ['truncated', 3]]);
});

test('CSV: a record without end is bounded', async () => {
	const chunks = async function * () {
		await Promise.resolve();
		yield {bytes: Buffer.from('status,request_body\n200,a\n200,"b'), bytesRead: 0};
		for (let count = 0; count < 100; count++) yield {bytes: Buffer.from('c'.repeat(100)), bytesRead: 0};
	};

	const items = [];
	for await (const batch of readCsv(chunks(), {maxBytes: 1000})) items.push(...batch);
	assert.deepEqual(items.map(({kind, place}) => [kind, place]), [['log', 2], ['truncated', 3]]);
	assert.match((items[1] as {reason: string}).reason, /larger than 1000 bytes/);
});

test('CSV: no known heading is a fault that names those that are known', async () => {
	for (const text of ['a,b\n1,2\n', 'hello\n', '1,2\n3,4\n']) {
		await assert.rejects(readText(text), {name: 'Fault', remedy: /created_at.*response_body/});
		await assert.rejects(readText(text, 'csv'), {name: 'Fault', remedy: /created_at.*response_body/});
	}

	assert.deepEqual(await readText('created_at,status'), []);
});

test('CSV: what csv-stringify writes comes back, byte for byte', async () => {
	const cell = fc.string({unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\r\n', '\t', ' ', ';', '\'', '=', 'ü', '😀', '\0', '\u2028')});
	await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell), {minLength: 1, maxLength: 8}), fc.constantFrom('\n', '\r\n'), async (rows, recordDelimiter) => {
		fc.pre(rows.flat().every(text => withoutSpreadsheetSafety(text) === text));
		const text = stringify([['url', 'request_body'], ...rows], {record_delimiter: recordDelimiter, quoted_match: /[\r\n]/});
		const logs = logsOf(await readText(text));
		assert.deepEqual(logs.map(log => [log.url ?? '', log.request_body ?? '']), rows);
	}));
});

test('CSV: the documents of csv-spectrum come through under headings that are known', async () => {
	const names = ['request_body', 'response_body', 'url', 'campaign', 'incentive'];
	const directory = new URL('../../../node_modules/csv-spectrum/', import.meta.url);
	for (const file of readdirSync(new URL('csvs/', directory))) {
		const text = readFileSync(new URL(`csvs/${file}`, directory), 'utf8');
		const document = JSON.parse(readFileSync(new URL(`json/${file.replace('.csv', '.json')}`, directory), 'utf8')) as Readonly<Record<string, string>>;
		const rows = [document].flat();
		const [heading = ''] = text.split('\n', 1);
		const known = names.slice(0, heading.trimEnd().split(',').length);
		const logs = logsOf(await readText(known.join(',') + text.slice(heading.trimEnd().length)));
		// Its two files disagree in one number.
		const first = file === 'location_coordinates.csv' ? 1 : 0;
		assert.deepEqual(logs.map(log => known.slice(first).map(name => log[name as 'url'] ?? '')), rows.map(row => Object.values(row).slice(first)), file);
	}
});

test('a status may be a word, as Voucherify and other tools write it', async () => {
	const logs = logsOf(await readText('status\nSUCCESS\nsucceeded\nFAILED\nfailure\n', 'csv'));
	assert.deepEqual(logs.map(log => log.outcome), ['success', 'success', 'failure', 'failure']);
	assert.deepEqual((await readText('status\nconstructor\n', 'csv')).map(({kind}) => kind), ['rejected']);
});
