import {test} from 'node:test';
import assert from 'node:assert/strict';
import {rowsRendered} from '../../../../source/ui/components/list/list.tsx';
import {drawnAt, openApp, someLogs, type AppScreen} from '../../../helpers/app-screen.tsx';
import {makeLog} from '../../../helpers/make-log.ts';

/** The row with the cursor. */
const cursorRow = (screen: AppScreen): string => screen.lines().find(line => line.startsWith('▸')) ?? '';
const cursorMs = (screen: AppScreen): number => Number(/\s(\d+)\s+(?:–|quantity_exceeded)/.exec(cursorRow(screen))?.[1]);
const indexOf = (screen: AppScreen): number => cursorMs(screen) - 20;

test('the first frame names the zone, the query, how much matches, and the newest log', async context => {
	const screen = await openApp(context, {logs: someLogs(30), settings: {'project.name': 'shop-prod', 'project.timezone': 'Europe/Warsaw'}});
	await screen.until('since:24h');
	const lines = screen.lines();
	assert.match(lines[0]!, /auditty {2}shop-prod .*project time, Europe\/Warsaw, as of 22:14:05/);
	assert.match(lines[1]!, /1 Logs .*2 Background Tasks .*3 Exports .*4 Webhook Sendouts/);
	assert.match(lines[2]!, /^ since:24h .*30$/);
	assert.match(lines[3]!, /[▁▂▃▄▅▆▇█]/);
	assert.match(lines[4]!, /STATUS +DATE +METHOD +ENDPOINT +CHANNEL +USER \/ CUSTOMER +MS +ERROR/);
	assert.match(lines[5]!, /^▸ {2}✓ 200 +11-22 22:13:35\.000 +POST +POST_v1_redemptions/);
	assert.match(lines.at(-1)!, /enter open .*f filter .*\? help/);
});

test('keys move the cursor by rows, pages and to the ends, and several in one chunk are several', async context => {
	const screen = await openApp(context, {logs: someLogs(100)});
	await screen.until('crm-0');
	await screen.type('jjj');
	assert.equal(indexOf(screen), 3);
	await screen.press('k', 'down', 'up');
	assert.equal(indexOf(screen), 2);
	await screen.press('ctrl-d');
	assert.ok(indexOf(screen) > 10);
	await screen.press('ctrl-u');
	assert.equal(indexOf(screen), 2);
	await screen.press('space');
	assert.ok(indexOf(screen) > 30);
	await screen.press('pgdn', 'pgup', 'pgup');
	assert.ok(indexOf(screen) < 30);
	await screen.press('G');
	assert.equal(indexOf(screen), 99);
	await screen.press('j');
	assert.equal(indexOf(screen), 99);
	await screen.press('g');
	assert.equal(indexOf(screen), 0);
	await screen.press('end');
	assert.equal(indexOf(screen), 99);
	await screen.press('home');
	assert.equal(indexOf(screen), 0);
});

test('rows that are not loaded yet come when the cursor nears them', async context => {
	const screen = await openApp(context, {logs: someLogs(700)});
	await screen.until('crm-0');
	for (let page = 0; page < 22; page++) {
		await screen.press('pgdn');
	}

	assert.ok(indexOf(screen) >= 690, cursorRow(screen));
	await screen.press('G');
	await screen.until(() => indexOf(screen) === 699);
	for (let page = 0; page < 22; page++) {
		await screen.press('pgup');
	}

	await screen.until(() => indexOf(screen) < 10);
});

test('a cursor that moves inside the page draws two rows, asks nothing, and sends few bytes', async context => {
	const screen = await openApp(context, {columns: 200, rows: 50, logs: someLogs(100)});
	await screen.until('crm-0');
	await screen.press('j');
	const [drawn, asked] = [rowsRendered.count, [...screen.calls.values()].reduce((sum, count) => sum + count, 0)];
	screen.forget();
	await screen.press('j');
	assert.equal(rowsRendered.count - drawn, 2);
	assert.equal([...screen.calls.values()].reduce((sum, count) => sum + count, 0), asked);
	assert.ok(Buffer.byteLength(screen.output()) <= 600, `${Buffer.byteLength(screen.output())} bytes`);
	screen.forget();
	await screen.settle();
	assert.equal(screen.output(), '');
});

test('with the range dropped, the timeline reaches from the oldest log to the newest', async context => {
	const old = makeLog({id: 'log_old', created_at: drawnAt - 5 * 86_400_000});
	const screen = await openApp(context, {logs: [...someLogs(30), old], settings: {'project.timezone': 'Europe/Warsaw'}});
	await screen.until('21 Nov 22:14 … 22 Nov 22:14');
	await screen.press('backspace');
	await screen.until('everything stored');
	await screen.until('17 Nov 22:14 … 22 Nov 22:13');
});

test('e and E go to the next and the previous failure, and say when there is none', async context => {
	const screen = await openApp(context, {logs: someLogs(25)});
	await screen.until('crm-0');
	await screen.press('e');
	await screen.until(() => indexOf(screen) === 3);
	await screen.press('e');
	await screen.until(() => indexOf(screen) === 13);
	await screen.press('e', 'e');
	await screen.until('no failure further down');
	assert.equal(indexOf(screen), 23);
	await screen.press('E');
	await screen.until(() => indexOf(screen) === 13);
});

test('! shows failures only, and again everything, with the cursor where it was in time', async context => {
	const screen = await openApp(context, {logs: someLogs(60)});
	await screen.until('crm-0');
	await screen.type('jjjjjjjjjjjjj');
	assert.equal(indexOf(screen), 13);
	await screen.press('!');
	await screen.until('status:failure');
	await screen.until('6 of 60');
	assert.equal(indexOf(screen), 13);
	assert.doesNotMatch(screen.frame(), /✓ 200/);
	await screen.press('!');
	await screen.until(() => /✓ 200/.test(screen.frame()));
	assert.equal(indexOf(screen), 13);
});

test('/ searches bodies without filtering; n and N go on; what is found is marked', async context => {
	const screen = await openApp(context, {logs: someLogs(50)});
	await screen.until('crm-0');
	await screen.press('/');
	await screen.type('welcome3');
	await screen.press('enter');
	await screen.until(() => indexOf(screen) === 3);
	assert.match(screen.frame(), /✓ 200/);
	await screen.press('n');
	await screen.until(() => indexOf(screen) === 33);
	await screen.press('N');
	await screen.until(() => indexOf(screen) === 3);
	await screen.press('/');
	await screen.type('nowhere to be found');
	await screen.press('enter');
	await screen.until('nothing further down with "nowhere to be found"');
	assert.equal(indexOf(screen), 3);
});

test('P prints the record under the cursor as a whole, long bodies too', async context => {
	const body = JSON.stringify({long: 'x'.repeat(3_000_000), last: 'the very end'});
	const screen = await openApp(context, {logs: [makeLog({id: 'log_long', created_at: drawnAt - 60_000, response_body: body})]});
	await screen.until('GET_v1_vouchers');
	screen.forget();
	await screen.press('P');
	await screen.until(() => screen.output().includes('Enter goes back.'));
	assert.match(screen.output(), /the very end/);
	await screen.until('GET_v1_vouchers');
});

test('marks stay on their records and end with Esc', async context => {
	const screen = await openApp(context, {logs: someLogs(10)});
	await screen.until('crm-0');
	await screen.press('m', 'm');
	await screen.until('2 marked');
	assert.equal(screen.lines().filter(line => line.includes('●')).length, 2);
	assert.equal(indexOf(screen), 2);
	await screen.press('esc');
	assert.doesNotMatch(screen.frame(), /marked|●/);
});

test('- shows the unfiltered rows around a record, and Esc goes back to the query and the record', async context => {
	const screen = await openApp(context, {logs: someLogs(60)});
	await screen.until('crm-0');
	await screen.press('!', 'j');
	await screen.until(() => indexOf(screen) === 13);
	await screen.press('-');
	await screen.until('all rows around log_0013');
	await screen.until(() => /✓ 200/.test(screen.frame()));
	assert.equal(indexOf(screen), 13);
	await screen.press('esc');
	await screen.until('status:failure');
	assert.equal(indexOf(screen), 13);
});

test('d and D go a day on and a day back', async context => {
	const screen = await openApp(context, {logs: [...someLogs(5), makeLog({id: 'log_before', created_at: drawnAt - 86_400_000, request_duration: 777})]});
	await screen.until('crm-0');
	await screen.press('D');
	await screen.until('since:2026-11-21 until:2026-11-22'.replace(' ', '  '));
	await screen.until(() => indexOf(screen) === 757);
	await screen.press('d');
	await screen.until('since:2026-11-22');
	await screen.until(() => indexOf(screen) === 0);
});

test('T offers ranges of time', async context => {
	const screen = await openApp(context, {logs: someLogs(90)});
	await screen.until('crm-0');
	await screen.press('T');
	await screen.until('Last hour');
	await screen.press('j', 'enter');
	await screen.until('since:1h');
	await screen.until('60');
});

test('more than is worth catching up with is jumped to: by g, and at once while following', async context => {
	const screen = await openApp(context, {logs: someLogs(5)});
	await screen.until('crm-0');
	const burst = (name: string, from: number) => Array.from({length: 250}, (_, index) => makeLog({id: `log_${name}${index}`, created_at: drawnAt - from - index, request_duration: from + index}));
	await screen.add(burst('one', 1000));
	await screen.until('+200 and more new');
	await screen.press('g');
	await screen.until(/▸ {2}.* 1000 /);
	assert.doesNotMatch(screen.frame(), / new /);
	await screen.press('F');
	await screen.until('following');
	await screen.add(burst('two', 500));
	await screen.until(/▸ {2}.* 500 /);
	assert.match(screen.frame(), /following/);
});

test('following needs an open end: a query that ends earlier loses its until', async context => {
	const screen = await openApp(context, {logs: someLogs(5), session: {tab: 'logs', timeMode: 'project', tabs: {logs: {query: 'since:2026-11-20 until:2026-11-23', position: null, marks: [], isTimelineShown: true, history: []}}}});
	await screen.until('crm-0');
	await screen.press('F');
	await screen.until('following');
	await screen.until('until: is dropped');
	assert.doesNotMatch(screen.lines()[2]!, /until:/);
});

test('what arrives waits behind a count, or shows at once while following', async context => {
	const screen = await openApp(context, {logs: someLogs(10)});
	await screen.until('crm-0');
	await screen.press('j');
	await screen.add([makeLog({id: 'log_new1', created_at: drawnAt - 1000, request_duration: 901})]);
	await screen.until('+1 new');
	assert.equal(indexOf(screen), 1);
	await screen.press('g');
	await screen.until(() => cursorMs(screen) === 901);
	await screen.press('F');
	await screen.until('following');
	await screen.add([makeLog({id: 'log_new2', created_at: drawnAt - 500, request_duration: 902})]);
	await screen.until(() => cursorMs(screen) === 902);
	await screen.press('j');
	assert.doesNotMatch(screen.frame(), /following/);
});

test('Enter opens the detail, < and > go from record to record, Esc closes it', async context => {
	const screen = await openApp(context, {logs: someLogs(30)});
	await screen.until('crm-0');
	await screen.press('e', 'enter');
	await screen.until('log_0003');
	await screen.until('"quantity_exceeded"');
	await screen.press('>');
	await screen.until('log_0004');
	await screen.press('<', '<');
	await screen.until('log_0002');
	await screen.press('esc');
	await screen.until(() => !screen.frame().includes('log_0002'));
	assert.equal(indexOf(screen), 2);
});

test('an empty list says why, and Enter does what helps', async context => {
	const screen = await openApp(context, {logs: [makeLog({id: 'log_old', created_at: drawnAt - 10 * 86_400_000})], settings: {'project.timezone': 'Europe/Warsaw'}});
	await screen.until('No logs in this range');
	assert.match(screen.frame(), /newest is from 2026-11-12 22:14:05, 10 d ago/);
	await screen.press('enter');
	await screen.until('GET_v1_vouchers');
});

test('nothing matches: each part of the query that could be dropped is named with what would match', async context => {
	const screen = await openApp(context, {logs: someLogs(30), session: {tab: 'logs', timeMode: 'project', tabs: {logs: {query: 'since:24h status:failure channel:Nobody', position: null, marks: [], isTimelineShown: true, history: []}}}});
	await screen.until('No logs match');
	await screen.until('Without channel:Nobody  3 would match');
	await screen.press('enter');
	await screen.until('3 of 30');
});

test('the form shows the query, offers values of the store, counts, and applies', async context => {
	const screen = await openApp(context, {logs: someLogs(30)});
	await screen.until('crm-0');
	await screen.press('f');
	await screen.until('30 match');
	assert.match(screen.frame(), /since +24h/);
	await screen.press('down', 'down');
	await screen.until('Java-SDK');
	await screen.press('right', 'right', 'space');
	await screen.until('20 match');
	await screen.press('enter');
	await screen.until('channel:Java-SDK');
	await screen.until('20 of 30');
});

test('a value that is typed after one was chosen is another one; no value is offered twice; the query is shown as it grows', async context => {
	const screen = await openApp(context, {logs: [...someLogs(6), makeLog({id: 'log_get', method: 'GET', status: 500, created_at: drawnAt - 5000})]});
	await screen.until('crm-0');
	await screen.press('f');
	await screen.until('500');
	assert.equal(screen.frame().match(/│ +failure/g)?.length, 1);
	await screen.press('down', 'down', 'down');
	await screen.until(/│ +POST/);
	await screen.press('right', 'space');
	await screen.type('PO');
	await screen.press('space');
	await screen.until(/Filter +\d+ match +since:24h method:GET,POST/);
	await screen.press('up', 'up', 'up', 'up', 'up');
	await screen.until(/│ +15m/);
	await screen.press('right', 'space');
	await screen.until(/Filter +\d+ match +since:15m method:GET,POST/);
});

test('a query typed fast, with Enter in the same chunk or right behind it, is whole', async context => {
	const screen = await openApp(context, {logs: someLogs(5)});
	await screen.until('crm-0');
	await screen.type('/quantity_exceedex\r');
	await screen.until('"quantity_exceedex"');
});

test('the form explains what is wrong and keeps it until it is right; Esc leaves the query alone', async context => {
	const screen = await openApp(context, {logs: someLogs(5)});
	await screen.until('crm-0');
	await screen.press('f', 'up', 'up', 'ctrl-u');
	await screen.type('tomorrow');
	await screen.press('enter');
	await screen.until(/tomorrow.*(?:no date|not a date|time)/);
	await screen.press('esc');
	await screen.until('crm-0');
	assert.match(screen.lines()[2]!, /since:24h/);
});

test('where one was is kept: tab, query, cursor, marks', async context => {
	const screen = await openApp(context, {logs: someLogs(30)});
	await screen.until('crm-0');
	await screen.press('!', 'j', 'm');
	const kept = screen.session();
	assert.equal(kept?.tabs.logs?.query, 'since:24h status:failure');
	assert.deepEqual(kept?.tabs.logs?.marks, ['log_0013']);
	assert.ok(kept);
	const again = await openApp(context, {logs: someLogs(30), session: kept});
	await again.until('1 marked');
	assert.equal(indexOf(again), 23);
});

test('q goes back and at the outermost level quits; Esc never does', async context => {
	const screen = await openApp(context, {logs: someLogs(5)});
	await screen.until('crm-0');
	await screen.press('esc', 'esc');
	assert.equal(screen.hasExited(), false);
	await screen.press('enter', 'q');
	assert.equal(screen.hasExited(), false);
	await screen.press('m', 'q');
	assert.equal(screen.hasExited(), true);
	assert.equal(screen.session()?.tabs.logs?.marks.length, 1, 'marks are kept');
});
