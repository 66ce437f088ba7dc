import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {insertRecord} from '../../../../source/store/query/stored-record.ts';
import {drawnAt, openApp, someLogs} from '../../../helpers/app-screen.tsx';
import {makeLog} from '../../../helpers/make-log.ts';
import {makeExport, makeTask} from '../../../helpers/seed-home.ts';
import {eventually} from '../../../helpers/open-auditty.ts';

test('an empty store offers the sample project with one key, and shows it when it is there', async context => {
	const screen = await openApp(context);
	await screen.until('Nothing is stored yet');
	await screen.press('s');
	await screen.until('No logs yet');
	await screen.work();
	await screen.until('nordlicht-coffee');
	await screen.until(/since:2026-11-1\d {2}until:2026-11-2\d .*3,401/);
	assert.match(screen.frame(), /project time, Europe\/Berlin/);
});

test('a file is imported from the welcome screen, and its range is then the query', async context => {
	const screen = await openApp(context, {settings: {'project.timezone': 'Europe/Warsaw'}});
	const file = path.join(screen.directory, 'some logs.ndjson');
	writeFileSync(file, '{"id":"log_a","created_at":"2026-03-04T10:20:30Z","status":500,"endpoint":"GET_v1_slow"}\n');
	await screen.until('Nothing is stored yet');
	await screen.press('i');
	await screen.until('Import a file');
	await screen.type(file);
	await screen.press('enter');
	await screen.until('No logs yet');
	await screen.work();
	await screen.until('GET_v1_slow');
	assert.match(screen.lines()[2]!, /since:2026-03-04T11:20 {2}until:2026-03-04T11:21/);
});

test('an import that ends while one does something else leaves the screen alone, and says how to come to its logs', async context => {
	const screen = await openApp(context, {logs: someLogs(3), settings: {'project.timezone': 'Europe/Warsaw'}});
	const file = path.join(screen.directory, 'some logs.ndjson');
	writeFileSync(file, '{"id":"log_a","created_at":"2026-03-04T10:20:30Z","status":500,"endpoint":"GET_v1_slow"}\n');
	await screen.until('crm-0');
	await screen.press('I');
	await screen.type(file);
	await screen.press('enter');
	// Here nothing tells the screen that the store changed: the task must be there when its tab is opened.
	await eventually(async () => (await screen.store.read('SELECT id FROM tasks')).length === 1, 'the import is begun');
	await screen.press('2');
	await screen.until(/scheduled .*LOGS\.IMPORT/);
	await screen.press('enter');
	await screen.until('parameters');
	await screen.work();
	await screen.until('imported 1 log; 1 ctrl-f up enter shows them');
	await screen.until(/LOGS\.IMPORT · ✓ done/);
	await screen.press('1');
	await screen.until(/since:24h .*3/);
	await screen.press('ctrl-f', 'up', 'enter');
	await screen.until('GET_v1_slow');
});

test('a file that does not exist is said so, and nothing is begun', async context => {
	const screen = await openApp(context);
	await screen.until('Nothing is stored yet');
	await screen.press('i');
	await screen.type('/nowhere/at/all.har');
	await screen.press('enter');
	await screen.until('/nowhere/at/all.har does not exist, check its name');
	assert.match(screen.frame(), /Nothing is stored yet/);
});

test('a message that is longer than the footer is there as a whole, above the keys', async context => {
	const screen = await openApp(context, {logs: someLogs(30), columns: 80, rows: 24});
	await screen.until('POST_v1_validations');
	await screen.press('I');
	await screen.type(`/nowhere/${'a long name '.repeat(8)}.har`);
	await screen.press('enter');
	await screen.until(/\/nowhere\/a long name .*\n.*\.har does not exist, check its name/);
	assert.equal(screen.lines().length, 24);
	assert.match(screen.lines().at(-1)!, /enter open .*\? help/);
	assert.match(screen.lines()[0]!, /auditty/);
});

test('1-4, Tab and shift-Tab go between tabs, and each keeps its own query and place', async context => {
	const screen = await openApp(context, {logs: someLogs(30)});
	await screen.until('crm-0');
	await screen.press('!', 'j');
	await screen.press('2');
	await screen.until('No background tasks yet');
	await screen.press('3');
	await screen.until('No exports yet');
	await screen.press('4');
	await screen.until('No sendouts yet');
	await screen.press('tab');
	await screen.until('status:failure');
	await screen.until(/▸ {2}✗ 400 .* 33 /);
	await screen.press('S-tab');
	await screen.until('No sendouts yet');
});

test('t shows times of the project, of this machine, and UTC, and the header names each', async context => {
	const screen = await openApp(context, {logs: someLogs(3), settings: {'project.timezone': 'Europe/Warsaw'}});
	await screen.until('11-22 22:13:35.000');
	await screen.press('t');
	await screen.until('local time, Asia/Tokyo');
	await screen.until('11-23 06:13:35.000');
	await screen.press('t');
	await screen.until('11-22 21:13:35.000');
	assert.match(screen.lines()[0]!, / UTC, as of 21:14:05/);
	await screen.press('t');
	await screen.until('project time, Europe/Warsaw');
});

test('help lists every key that works here, with what it does and why one cannot be used now', async context => {
	const screen = await openApp(context, {logs: someLogs(3), rows: 60});
	await screen.until('crm-0');
	await screen.press('?');
	await screen.until('Help');
	const help = screen.frame();
	for (const line of ['Failures only', 'Rows around this one, unfiltered', 'Copy menu', 'Follow new records', 'Next match (search with / first)', 'Elsewhere']) {
		assert.ok(help.includes(line), line);
	}

	await screen.press('esc');
	await screen.until('crm-0');
});

test('the value that is pointed at in the form has a sign, not its colour alone', async context => {
	for (const [columns, wanted] of [[120, /│▸ {3}API|│▸ {2}API/], [80, /^ ▸ {3}API/m]] as const) {
		const screen = await openApp(context, {logs: someLogs(30), columns});
		await screen.until(/✓ 200/);
		await screen.press('f', 'down', 'down');
		await screen.until('Java-SDK');
		await screen.press('right');
		await screen.until(wanted);
	}
});

test('help tells every key as a whole, on any width, also when the window changes while it is open', async context => {
	const screen = await openApp(context, {logs: someLogs(3), rows: 120, columns: 160});
	await screen.until(/✓ 200/);
	await screen.press('?');
	await screen.until('Elsewhere');
	for (const columns of [160, 120, 80, 60]) {
		await screen.resize(columns, 120);
		await screen.until(/Print undecorated on the/);
		assert.doesNotMatch(screen.lines().slice(2).join('\n'), /…/, String(columns));
	}
});
test('the palette runs a command by name, and goes to a time', async context => {
	const screen = await openApp(context, {logs: someLogs(200)});
	await screen.until('crm-0');
	await screen.press(':');
	await screen.type('failures only');
	await screen.press('enter');
	await screen.until('status:failure');
	await screen.press('!', ':');
	await screen.type('goto 1h');
	await screen.press('enter');
	await screen.until(/▸ {2}.* 80 /);
	await screen.press(':');
	await screen.type('goto 23h');
	await screen.press('enter');
	await screen.until(/▸ {2}.* 219 /);
	await screen.press(':');
	await screen.type('goto nowhen');
	await screen.press('enter');
	await screen.until('"nowhen" is no time');
});

test('s groups by a field, the most frequent value first, and a value narrows the query', async context => {
	const screen = await openApp(context, {logs: someLogs(30)});
	await screen.until('crm-0');
	await screen.press('s');
	await screen.until('Group by');
	await screen.press('down', 'enter');
	await screen.until(/Java-SDK +20/);
	const lines = screen.lines();
	assert.ok(lines.findIndex(line => line.includes('Java-SDK')) < lines.findIndex(line => /API +10/.test(line)));
	await screen.press('enter');
	await screen.until('channel:Java-SDK');
});

test('groups count to the end however long that takes, and say when a field has more values than are shown', async context => {
	const logs = Array.from({length: 6000}, (_, index) => makeLog({id: `log_${index}`, created_at: drawnAt - 1000 - index, channel: index % 4 === 0 ? 'API' : 'Java-SDK', customer: `crm-${index % 70}`, request_body: `{"order":${index}}`}));
	const screen = await openApp(context, {logs});
	await screen.until('crm-0');
	await screen.press('ctrl-f');
	await screen.type('request:order');
	await screen.press('enter');
	await screen.until(/request:order .*6,000/);
	await screen.press('s', 'down', 'enter');
	await screen.until(/Java-SDK +4,500[^]*API +1,500/);
	assert.doesNotMatch(screen.frame(), /values/);
	await screen.press('esc', 's', 'down', 'down', 'down', 'down', 'down', 'enter');
	await screen.until('By customer, the first 60 values of more: f finds the others');
});

test('a query is saved as a view, listed, chosen, and removed', async context => {
	const screen = await openApp(context, {logs: someLogs(30)});
	await screen.until('crm-0');
	await screen.press('!', '\\');
	await screen.until('Save the present query as a view');
	await screen.press('up', 'enter');
	await screen.until('save view as');
	// In one chunk: nothing of it may reach the list behind.
	await screen.type('what broke, my way\r');
	await screen.until('view "what broke, my way" saved');
	assert.doesNotMatch(screen.frame(), /marked|Copy of/);
	await screen.press('!', '\\');
	await screen.until('what broke');
	await screen.press('enter');
	await screen.until('status:failure');
	await screen.press('\\');
	await screen.until('what broke');
	await screen.press('delete');
	await screen.until(frame => !/what broke {2,}/.test(frame));
});

test('the query can be edited as text, with completion, and what is wrong is said while it is typed', async context => {
	const screen = await openApp(context, {logs: someLogs(30)});
	await screen.until('crm-0');
	await screen.press('ctrl-f');
	await screen.until('query since:24h');
	await screen.type('endp');
	await screen.press('tab');
	await screen.until('endpoint:');
	await screen.type('POST_v1_redemptions chanel:API');
	await screen.until(/chanel/);
	await screen.press('enter');
	await screen.until(/no key|unknown|chanel/);
	await screen.press('esc');
	await screen.until('crm-0');
});

test('> and < say when there is no further record', async context => {
	const screen = await openApp(context, {logs: someLogs(2)});
	await screen.until('crm-0');
	await screen.press('enter');
	await screen.until('log_0000 ·');
	await screen.press('<');
	await screen.until('this is the newest log of the list');
	await screen.press('>');
	await screen.until('log_0001 ·');
	await screen.press('>');
	await screen.until('this is the oldest log of the list');
});

test('a window that is too small says so, and what was open is there again when it grows', async context => {
	const screen = await openApp(context, {logs: someLogs(30)});
	await screen.until('crm-0');
	await screen.press('!');
	await screen.until('status:failure');
	await screen.resize(50, 12);
	await screen.until('auditty needs 60 x 15, this is 50 x 12: enlarge it');
	await screen.resize(80, 24);
	await screen.until('status:failure');
	assert.equal(screen.lines().length, 24);
	assert.match(screen.lines().at(-1)!, /\? help/);
});

test('no control byte of a record reaches the terminal from a list, and columns stay straight', async context => {
	const evil = '\u001B]0;owned\u0007\u001B[2J\u202Eevil\u200B\u0000\n\u9B31m漢字👩‍👩‍👧é';
	const [first, ...rest] = someLogs(6);
	const screen = await openApp(context, {logs: [{...first!, customer: evil, channel: evil, error_key: evil, endpoint: evil}, ...rest]});
	await screen.until('crm-1');
	assert.deepEqual(screen.commands(), []);
	const [hostile, plain] = [screen.lines()[5]!, screen.lines()[6]!];
	assert.match(hostile, /\\x1b\]0;owned/);
	assert.ok(plain.length > 60);
	assert.doesNotMatch(screen.output(), /\u202E|\u200B|\u0007/);
});

test('exports: x asks for columns, says how many rows, and the file appears in the third tab', async context => {
	const screen = await openApp(context, {logs: someLogs(30)});
	await screen.until('crm-0');
	await screen.press('!', 'x');
	await screen.until('Export logs  3 rows, 14 columns');
	assert.match(screen.lines().at(-1)!, /enter start the export/);
	await screen.press('down', 'down', 'space');
	await screen.until('13 columns');
	await screen.press('enter');
	await screen.until('is scheduled');
	await screen.work();
	await screen.press('3');
	await screen.until(/✓ done +api_log/);
	await screen.press('enter');
	await screen.until('Save the CSV to a file');
	await screen.press('s');
	await screen.until('save to exp_');
	await screen.press('esc', '1', 'x');
	await screen.until('13 columns');
});

test('an export that is being made shows its rows so far and how far it is', async context => {
	const screen = await openApp(context, {logs: someLogs(3), columns: 80, rows: 24});
	await screen.until('POST_v1_validations');
	await screen.store.write([
		...insertRecord('tasks', makeTask({id: 'aa_1', type: 'LOGS.EXPORT', status: 'in_progress', processing_status: 'unknown', progress: 37.9, done_count: 148_000, total_count: 400_000, export_id: 'exp_1'})),
		...insertRecord('exports', makeExport({id: 'exp_1', status: 'in_progress', finished_at: null, rows: null, bytes: null, task_id: 'aa_1'})),
	]);
	screen.notify();
	await screen.press('3');
	await screen.until(/◐ in_progress +api_log .* 148,000 +37 %/);
});

test('a background task is run again only after a question', async context => {
	const screen = await openApp(context, {logs: someLogs(3)});
	await screen.until('crm-0');
	await screen.press('x', 'enter');
	await screen.until('is scheduled');
	await screen.press('2');
	await screen.until(/○ scheduled .*LOGS\.EXPORT/);
	await screen.press('K');
	await screen.until('Cancel LOGS.EXPORT');
	await screen.press('enter');
	await screen.until(/○ scheduled/);
	await screen.press('K', 'y');
	await screen.until('cancelled');
	screen.notify();
	await screen.until(/✗ failed .*LOGS\.EXPORT/);
	await screen.press('A', 'y');
	await screen.until('is scheduled again');
});

test('a background task that runs tells its rate and the time left; one that is done with failed items tells both on 80 columns too', async context => {
	const screen = await openApp(context, {columns: 80, rows: 30, logs: someLogs(3)});
	await screen.until('POST_v1_validations');
	const created_at = drawnAt - 60_000;
	await screen.store.write([
		...insertRecord('tasks', makeTask({id: 'aa_2', created_at, status: 'in_progress', processing_status: 'unknown', progress: 25, done_count: 100_000, total_count: null, processing_time: 5000})),
		...insertRecord('tasks', makeTask({id: 'aa_1', created_at, processing_status: 'failure', done_count: 3, failed_count: 25, total_count: 28, processing_time: 2345})),
	]);
	await screen.press('2');
	await screen.until(/✓ done ✗ 25 +LOGS\.IMPORT +█+ 100 % +11-22 21:13:05$/m);
	await screen.until(/◐ LOGS\.IMPORT 25 % · 15 s left/);
	await screen.resize(120, 30);
	await screen.until(/◐ in_progress +aa_2 .* 25 % +15 s left +11-22 21:13:05$/m);
	await screen.until(/✓ done ✗ 25 +aa_1 .* 100 % +2\.3 s +11-22 21:13:05$/m);
	await screen.until(/◐ LOGS\.IMPORT █+░+ 25 % · 20,000\/s · 15 s left/);
	await screen.resize(200, 30);
	await screen.until(/░ +25 % 20,000\/s +0 +15 s left/);
	await screen.press('g', 'enter');
	await screen.until('20,000/s · 15 s left');
	await screen.press('q', '!');
	await screen.until(/processing:failure .* 1 of 2/);
	assert.match(screen.frame(), /✓ done ✗ 25/);
});

test('from a log to what it set off and back, with every list as it was', async context => {
	const screen = await openApp(context, {hasSample: true});
	await screen.until('POST_v1_');
	await screen.press('4');
	await screen.until('everything stored');
	await screen.press('!');
	await screen.until('status:failed');
	const failed = screen.lines().find(line => line.startsWith('▸')) ?? '';
	await screen.press('l');
	await screen.until('Related to whs_');
	await screen.press('enter');
	await screen.until('id:log_');
	await screen.until('leads back to Webhook Sendouts');
	await screen.press('esc', 'l');
	await screen.until('Related to log_');
	await screen.press('enter');
	await screen.until('id:whs_');
	await screen.press('esc', 'esc');
	await screen.until('id:log_');
	await screen.press('esc');
	await screen.until('status:failed');
	assert.equal(screen.lines().find(line => line.startsWith('▸')), failed);
	await screen.press('1');
	await screen.until('since:24h');
	assert.equal(screen.hasExited(), false);
});

test('on a wide screen the detail stands beside the list, with request and response side by side', async context => {
	const screen = await openApp(context, {columns: 200, rows: 50, logs: someLogs(5)});
	await screen.until('crm-0');
	await screen.press('enter');
	await screen.until(/STATUS .*│.*log_0000/);
	await screen.until(/request .* response /);
});

test('a store that is open read-only says so at once when something would write to it', async context => {
	const screen = await openApp(context, {logs: someLogs(3), isReadOnly: true});
	await screen.until('crm-0');
	await screen.press('x');
	await screen.until('the store is open read-only');
	assert.match(screen.frame(), /crm-0/);
	assert.doesNotMatch(screen.frame(), /Export logs|x export/);
});
