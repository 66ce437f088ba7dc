import {test} from 'node:test';
import assert from 'node:assert/strict';
import {type Attempt, type Sendout} from '../../../../source/domain/records.ts';
import {type RecordDetail} from '../../../../source/services/services.ts';
import {openDetail} from '../../../helpers/detail-screen.tsx';
import {sampleDetails} from '../../../helpers/sample-details.ts';

const at = Date.UTC(2026, 8, 1, 10, 0, 0);
const attemptOf = (number: number, given: Partial<Attempt>): Attempt => ({
	number, started_at: at + number * 60_000, duration: 100 * number, status: 500,
	response_headers: {'content-type': 'application/json', 'x-try': String(number)}, response_body: `{"error":"down","try":${number},"exact":1.10}`, error: 'HTTP 500', ...given,
});

const sendoutOf = (attempts: readonly Attempt[]): RecordDetail => {
	const {record, ...rest} = sampleDetails.sendout;
	return {...rest, record: {...record as Sendout, attempts: attempts.length, attempt_log: attempts}};
};

const three = sendoutOf([attemptOf(1, {}), attemptOf(2, {status: null, response_headers: null, response_body: null, error: 'no response within 10 s', duration: 10_000}), attemptOf(3, {status: 200, error: null})]);

test('a sendout opens at its last attempt, with what came back beside it; j and k go to another', async () => {
	const screen = await openDetail({details: [three], columns: 120, rows: 40});
	assert.match(screen.frame(), /▸ attempts {2}3 .*response {2}to attempt 3, 37 B/);
	assert.match(screen.frame(), /exact: 1\.10/);
	assert.match(screen.frame(), /1 09-01 12:01:00\.000 █░{7} +100 ms ✗ HTTP 500/);
	assert.match(screen.frame(), /2 09-01 12:02:00\.000 █{8} +10 s ✗ no response wi/);
	await screen.press('k');
	assert.match(screen.frame(), /response {2}to attempt 2[^]*error: no response within 10 s/);
	await screen.press('g');
	assert.match(screen.frame(), /response {2}to attempt 1[^]*x-try: 1/);
	await screen.unmount();
});

test('the difference is that to the attempt before, or to the one that m marks', async () => {
	const screen = await openDetail({details: [three], columns: 120, rows: 40});
	await screen.press('tab', 'tab');
	assert.match(screen.frame(), /▸ difference {2}attempt 2 to 3[^]*-no response[^]*\+HTTP 200/);
	await screen.press('S-tab', 'S-tab', 'g', 'm', 'G', 'tab', 'tab');
	assert.match(screen.frame(), /▸ difference {2}attempt 1 to 3[^]*@@ -1,\d+ \+1,\d+ @@[^]*-HTTP 500[^]*\+HTTP 200[^]*-x-try: 1[^]*\+x-try: 3[^]*- {2}"try": 1[^]*\+ {2}"try": 3/);
	await screen.press('S-tab', 'S-tab', 'g', 'tab', 'tab');
	assert.match(screen.frame(), /m marks the one to compare with/);
	await screen.press('S-tab', 'S-tab', 'm', 'j', 'tab', 'tab');
	assert.match(screen.frame(), /attempt 1 to 2/);
	await screen.unmount();
});

test('answers that are the same differ in nothing; answers that have nothing in common are not compared line by line', async () => {
	const same = {response_headers: {a: 'b'}, response_body: 'no'};
	const alike = await openDetail({details: [sendoutOf([attemptOf(1, same), attemptOf(2, same)])]});
	await alike.press('tab', 'tab');
	assert.match(alike.frame(), /The same status, headers and body/);
	await alike.unmount();

	const body = (seed: number) => Array.from({length: 4000}, (_, index) => `${(index * 7919 * seed) % 100_003}`).join('\n');
	const other = await openDetail({details: [sendoutOf([attemptOf(1, {response_body: body(3)}), attemptOf(2, {response_body: body(5)})])]});
	await other.press('tab', 'tab');
	assert.match(other.frame(), /differ in more than 300 lines/);
	await other.unmount();
});

test('a sendout without an attempt says so over its data', async () => {
	const screen = await openDetail({details: [sendoutOf([])]});
	assert.match(screen.frame(), /▸ attempts {2}0\n +No attempt was made yet\.\n +data {2}136 B/);
	await screen.unmount();

	const {record, ...rest} = sendoutOf([]);
	const unrecorded = await openDetail({details: [{...rest, record: {...record as Sendout, attempts: 3}}]});
	assert.match(unrecorded.frame(), /▸ attempts {2}3\n +How the attempts went was not recorded\./);
	await unrecorded.unmount();
});

test('nothing that a receiver answers reaches the terminal as a command', async () => {
	const evil = '\u001B]0;owned\u0007\u001B[2J\u202Eevil\u009B31m';
	const hostile = {response_headers: {[`x-${evil}`]: evil}, response_body: `a ${evil}\r\nb`, error: `${evil}\nmore`, status: null};
	const screen = await openDetail({details: [sendoutOf([attemptOf(1, hostile), attemptOf(2, {...hostile, response_body: `{"${evil}`})])], columns: 120, rows: 40});
	await screen.press('k', 'tab', 'tab', 'tab', 'S-tab', 'S-tab', 'S-tab', 'j', 'tab', 'tab');
	assert.deepEqual(screen.commands(), []);
	assert.doesNotMatch(screen.output(), /\u202E|\u009B|\u0007/);
	assert.match(screen.frame(), /\\x1b\]0;owned/);
	await screen.unmount();
});
