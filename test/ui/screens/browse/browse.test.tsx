import assert from 'node:assert/strict';
import {appendFileSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {stringify} from 'csv-stringify/sync';
import {insertRecord} from '../../../../source/store/query/stored-record.ts';
import {drawnAt, openApp, someLogs, type AppScreen} from '../../../helpers/app-screen.tsx';
import {makeExport} from '../../../helpers/seed-home.ts';
import {temporaryDirectory} from '../../../helpers/temporary-store.ts';

const headings = ['Log ID', 'Date', 'Status', 'Method', 'Endpoint', 'Request Body', 'Response Body', 'Shop'];

const rowOf = (index: number): readonly string[] => [
	`log_${String(index).padStart(4, '0')}`, new Date(Date.UTC(2026, 10, 22, 12) - index * 60_000).toISOString(), index % 10 === 3 ? '404' : '200', 'POST', 'POST_v1_redemptions',
	JSON.stringify({order: {number: index}}), index % 10 === 3 ? '{"code":404,"key":"not_found"}' : '{"result":"SUCCESS"}', ['Kraków', '=1+1', 'bell\u0007\u202e 日本語'][index % 3]!,
];

/** The screen on a CSV file as Voucherify's dashboard writes it. */
const openFile = async (context: TestContext, {count = 300, columns = 120, rows = 30, more = '', query = ''} = {}): Promise<AppScreen & {readonly file: string}> => {
	const file = path.join(temporaryDirectory(context), 'api_log.csv');
	writeFileSync(file, stringify([headings, ...Array.from({length: count}, (_, index) => rowOf(index))], {record_delimiter: '\r\n'}) + more);
	const screen = await openApp(context, {columns, rows, browse: {source: {path: file}, query}});
	await screen.until('POST_v1_redemptions');
	return {...screen, file};
};

const cursorRow = (screen: AppScreen): string => screen.lines().find(line => line.startsWith('▸')) ?? '';

test('a file opens on its first rows: name, count, columns, and what can be done', async context => {
	const screen = await openFile(context);
	await screen.until('300 rows');
	const lines = screen.lines();
	assert.match(lines[2]!, /^ Browse api_log\.csv .*300 rows · at 1$/);
	assert.match(lines[3]!, /^ every row$/);
	assert.match(lines[4]!, /^ {2}Log ID +Date +Status +Method +Endpoint +Request Body +Res/);
	assert.match(lines[5]!, /^▸ log_0000 +11-22 12:00:00\.000 +✓ 200 +POST/);
	assert.match(lines[8]!, /✗ 404/);
	assert.match(lines.at(-1)!, /enter open .*f filter .*\/ search .*s save .*\? help/);
});

test('j k g G and pages move over rows, h l 0 $ over columns, and the screen follows', async context => {
	const screen = await openFile(context, {columns: 80});
	await screen.until('300 rows');
	await screen.type('jjj');
	assert.match(cursorRow(screen), /log_0003/);
	await screen.press('G');
	await screen.until(() => cursorRow(screen).includes('log_0299'));
	await screen.press('ctrl-u', 'g', 'pgdn');
	await screen.until(() => cursorRow(screen).includes('log_0024'));
	await screen.press('$');
	await screen.until('Shop');
	assert.doesNotMatch(screen.frame(), /Log ID/);
	await screen.press('0');
	await screen.until('Log ID');
	await screen.press('l', 'l');
	assert.equal(screen.styleOf('✓ 200').isInverse, true, 'the cell under the cursor');
});

test('what is in a cell reaches the terminal as text', async context => {
	const screen = await openFile(context, {columns: 200});
	await screen.until('bell\\x07\\u202e 日本語');
	assert.match(screen.frame(), /=1\+1/);
	assert.deepEqual(screen.commands(), []);
});

test('f filters by the columns, , by the value under the cursor, and an unknown key names those that there are', async context => {
	const screen = await openFile(context);
	await screen.until('300 rows');
	await screen.press('f');
	await screen.type('status:failure');
	await screen.press('enter');
	await screen.until('30 of 300 rows');
	await screen.until(() => cursorRow(screen).includes('log_0003'));
	await screen.press('j', 'l', 'l', 'l', 'l', 'l', 'l', 'l', ',');
	await screen.until(/status:failure +shop:=1\+1/);
	await screen.until('10 of 300 rows');
	await screen.press('f');
	await screen.type('campaign:x');
	await screen.until(/no column of this file has the key/);
	await screen.press('enter');
	await screen.until('filter');
	await screen.press('esc');
	await screen.press('f', 'ctrl-u');
	await screen.press('enter');
	await screen.until(/\b300 rows/);
});

test('an unknown key is told while it is typed, with all the keys that there are, on 80 columns too', async context => {
	const screen = await openFile(context, {columns: 80});
	await screen.until('300 rows');
	await screen.press('f');
	await screen.type('campaign:x');
	await screen.until(frame => /no column of this file has the key "campaign", use one of its keys: .*shop/.test(frame.replaceAll(/\s+/g, ' ')));
	assert.match(screen.lines().at(-1)!, /^ filter campaign:x/);
});

test('[ and ] sort by the column under the cursor, the same key again gives the order of the file back', async context => {
	const screen = await openFile(context);
	await screen.until('300 rows');
	await screen.press('l', '[');
	await screen.until(/by Date, ascending/);
	await screen.until(() => cursorRow(screen).includes('log_0299'));
	assert.match(screen.frame(), /Date ▲/);
	await screen.press(']');
	await screen.until(/by Date, descending/);
	await screen.until(() => cursorRow(screen).includes('log_0000'));
	await screen.press(']');
	await screen.until(frame => !frame.includes('descending'));
});

test('- hides a column, + shows all, > widens', async context => {
	const screen = await openFile(context);
	await screen.until('300 rows');
	await screen.press('-');
	await screen.until('1 of 8 columns hidden');
	assert.doesNotMatch(screen.frame(), /Log ID/);
	await screen.press('+');
	await screen.until('Log ID');
	await screen.press('0', '>');
	await screen.until(/Log ID {9,}Date/);
});

test('/ searches every column to the end of the file, n goes on, N back', async context => {
	const screen = await openFile(context);
	await screen.until('300 rows');
	await screen.press('/');
	await screen.type('"NUMBER":25');
	await screen.press('enter');
	await screen.until(() => cursorRow(screen).includes('log_0025'));
	await screen.press('n');
	await screen.until(() => cursorRow(screen).includes('log_0250'));
	await screen.press('N');
	await screen.until(() => cursorRow(screen).includes('log_0025'));
	await screen.press('/');
	await screen.type('nowhere');
	await screen.press('enter');
	await screen.until('nothing further down with "nowhere"');
});

test('Enter opens the row with its bodies as trees, < and > go on, Esc leads back', async context => {
	const screen = await openFile(context);
	await screen.until('300 rows');
	await screen.type('jjj');
	await screen.press('enter');
	await screen.until(/row 4 · log_0003 · ✗ 404/);
	await screen.until('key: "not_found"');
	assert.match(screen.frame(), /▾ order \{1\}/);
	await screen.press('>');
	await screen.until(/row 5 · log_0004/);
	await screen.press('tab');
	await screen.until(/Shop: =1\+1/);
	await screen.press('esc');
	await screen.until(() => cursorRow(screen).includes('log_0004'));
});

test('P prints the row in front undecorated, with its bodies and every cell', async context => {
	const screen = await openFile(context);
	await screen.until('300 rows');
	await screen.press('enter');
	await screen.until(/row 1 · log_0000/);
	screen.forget();
	await screen.press('P');
	await screen.until(() => screen.output().includes('Enter goes back.'));
	assert.match(screen.output(), /row 1\n[^]*"number": 0[^]*"Shop": "Kraków"/);
	await screen.until(/row 1 · log_0000/);
});

test('s saves the file as it is, and asks before it replaces one', async context => {
	const screen = await openFile(context, {count: 5});
	const target = path.join(temporaryDirectory(context), 'copy.csv');
	await screen.until('5 rows');
	await screen.press('s', 'ctrl-u');
	await screen.type(target);
	await screen.press('enter');
	await screen.until(frame => frame.replaceAll(/\s+/g, '').includes(`saved${target}:`));
	assert.equal(readFileSync(target, 'utf8'), readFileSync(screen.file, 'utf8'));
	writeFileSync(target, 'mine');
	await screen.press('s', 'ctrl-u');
	await screen.type(target);
	await screen.press('enter');
	await screen.until('exists. Replace it?');
	await screen.press('esc');
	assert.equal(readFileSync(target, 'utf8'), 'mine');
});

test('lines that are no whole row are named; a file that changed says so, and ctrl-r reads it anew', async context => {
	const screen = await openFile(context, {count: 5, more: 'a,b\r\n"open'});
	await screen.until(/2 lines left out: line 7, it has 2 cells where the heading has 8/);
	writeFileSync(screen.file, readFileSync(screen.file, 'utf8').split('\r\n').slice(0, 3).join('\r\n'));
	appendFileSync(screen.file, '\r\n');
	await screen.until(/the file has changed since it was opened: ctrl-r reads it anew/);
	await screen.press('ctrl-r');
	await screen.until('2 rows');
});

test('the way back stands in the footer on 80 columns too', async context => {
	const screen = await openFile(context, {columns: 80});
	await screen.until('300 rows');
	assert.match(screen.lines().at(-1)!, /enter open .*f filter .*esc back .*\? help/);
});

test('an export that is too old to be browsed says so before it is tried', async context => {
	const screen = await openApp(context, {logs: someLogs(40)});
	await screen.store.write(insertRecord('exports', makeExport({id: 'exp_old', created_at: drawnAt - 120 * 86_400_000, finished_at: drawnAt - 91 * 86_400_000})));
	await screen.until('crm-0');
	await screen.press('3');
	await screen.until('api_log');
	await screen.press('enter');
	await screen.until('it is older than 90 days: save it, and browse the file');
	await screen.press('b');
	assert.match(screen.frame(), /Save the CSV to a file/);
});

test('a ready export is browsed from its tab, with what it was made with, and Esc leads back to the tab', async context => {
	const screen = await openApp(context, {logs: someLogs(40)});
	await screen.until('crm-0');
	await screen.services.startExport({tab: 'logs', query: 'status:failure', fields: ['id', 'status', 'response_body']});
	await screen.work();
	await screen.press('3');
	await screen.until('api_log');
	await screen.press('enter');
	await screen.until('Browse its rows');
	await screen.press('b');
	await screen.until(/Browse exp_\w+ {2}exported with status:failure since:24h/);
	await screen.until('4 rows');
	await screen.until(/id +status +response_body/);
	await screen.press('q');
	await screen.until('RESOURCE');
});
