import assert from 'node:assert/strict';
import {test} from 'node:test';
import harExamples from 'har-examples';
import {entry, har, logsOf, readText} from '../read-source.ts';

type Example = {readonly log: {readonly entries: ReadonlyArray<{
	readonly startedDateTime: string; readonly time: number;
	readonly request: {readonly method: string; readonly url: string; readonly postData?: {readonly text?: string; readonly params?: ReadonlyArray<{readonly name: string}>}};
	readonly response: {readonly status: number; readonly content: {readonly text?: string}};
}>}};

// Its types come from a package that is not here.
const examples: Readonly<Record<string, Example>> = harExamples;

test('an entry becomes a log', async () => {
	const [log] = logsOf(await readText(har([entry({
		_initiator: {type: 'script', stack: {}}, _priority: 'High', pageref: 'page_1',
		request: {
			method: 'POST', url: 'https://shop.example/v1/redemptions?x=1', httpVersion: 'h2',
			headers: [{name: ':authority', value: 'shop.example'}, {name: 'Accept', value: 'a'}, {name: 'Accept', value: 'b'}, {name: '__proto__', value: 'c'}],
			postData: {mimeType: 'application/json', text: '{"amount":1.00}'},
		},
		response: {status: 400, headers: [{name: 'Content-Type', value: 'application/json'}], content: {mimeType: 'application/json', text: '{"key":"quantity_exceeded"}'}},
	})])));
	assert.deepEqual({...log, request_headers: Object.entries(log!.request_headers!)}, {
		created_at: Date.UTC(2026, 10, 22, 10), method: 'POST', url: 'https://shop.example/v1/redemptions?x=1', status: 400, request_duration: 12.5,
		request_headers: [[':authority', 'shop.example'], ['Accept', ['a', 'b']], ['__proto__', 'c']],
		response_headers: Object.assign(Object.create(null) as object, {'Content-Type': 'application/json'}),
		request_body: '{"amount":1.00}', response_body: '{"key":"quantity_exceeded"}',
	});
});

const responses: ReadonlyArray<readonly [name: string, entry: object, expected: object]> = [
	['status 0 is no response', {response: {status: 0, headers: [], content: {}}}, {status: null, response_body: null}],
	['no response at all', {response: undefined}, {status: null, response_headers: null, response_body: null}],
	['null for a response', {response: null}, {status: null}],
	['a browser says what cut the call off', {response: {status: 0, _error: 'net::ERR_CONNECTION_REFUSED'}}, {status: null, outcome: 'failure', error_key: 'net::ERR_CONNECTION_REFUSED'}],
	['a call that was cut off after its status', {response: {status: 200, _error: 'net::ERR_CONTENT_LENGTH_MISMATCH'}}, {status: 200, outcome: 'failure'}],
	['a status as text', {response: {status: '404'}}, {status: 404}],
	['Safari\'s negative status', {response: {status: -1}}, {status: null}],
	['base64 of text', {response: {status: 200, content: {mimeType: 'application/json', encoding: 'base64', text: Buffer.from('{"ü":1}').toString('base64')}}}, {response_body: '{"ü":1}'}],
	['base64 of an image', {response: {status: 200, content: {mimeType: 'image/png', encoding: 'base64', text: 'iVBORw0KGgo='}}}, {response_body: '[binary, 8 bytes, image/png]'}],
	['base64 of bytes that are no text, without a type', {response: {status: 200, content: {encoding: 'base64', text: '/wD/AA=='}}}, {response_body: '[binary, 4 bytes]'}],
	['base64 of text in another charset', {response: {status: 200, content: {mimeType: 'text/plain; charset=iso-8859-1', encoding: 'base64', text: Buffer.from('für', 'latin1').toString('base64')}}}, {response_body: 'für'}],
	['text that only claims to be base64', {response: {status: 200, content: {encoding: 'base64', text: '{"a":1}'}}}, {response_body: '{"a":1}'}],
	['a content that was not recorded', {response: {status: 200, content: {size: 100, mimeType: 'text/html'}}}, {response_body: null}],
	['an empty content', {response: {status: 204, content: {size: 0, text: ''}}}, {response_body: ''}],
	['headers as an object', {response: {status: 200, headers: {'content-type': 'a'}}}, {response_headers: Object.assign(Object.create(null) as object, {'content-type': 'a'})}],
	['time from timings', {time: undefined, timings: {blocked: -1, dns: 1, connect: 10, ssl: 5, send: 0.5, wait: 20, receive: 2}}, {request_duration: 33.5}],
	['a binary fraction', {time: 44.12300000000001}, {request_duration: 44.123}],
	['no time', {time: undefined, timings: undefined}, {request_duration: null}],
	['an offset', {startedDateTime: '2026-11-22T12:00:00.5+02:00'}, {created_at: Date.UTC(2026, 10, 22, 10, 0, 0, 500)}],
];

for (const [name, more, expected] of responses) {
	test(`HAR: ${name}`, async () => {
		const [log] = logsOf(await readText(har([entry(more)])));
		for (const [field, value] of Object.entries(expected)) assert.deepEqual(log![field as keyof typeof log], value, field);
	});
}

const bodies: ReadonlyArray<readonly [name: string, postData: object | undefined, body: string | null]> = [
	['none', undefined, null],
	['text', {mimeType: 'text/plain', text: 'a\u0000b'}, 'a\u0000b'],
	['parameters of a form', {mimeType: 'application/x-www-form-urlencoded', params: [{name: 'a b', value: 'c&d'}, {name: 'e'}]}, 'a+b=c%26d&e='],
	['parameters that are escaped already', {mimeType: 'application/x-www-form-urlencoded', params: [{name: 'a', value: 'c%26d'}]}, 'a=c%26d'],
	['text before parameters', {mimeType: 'application/x-www-form-urlencoded', text: 'a=1', params: [{name: 'a', value: '1'}]}, 'a=1'],
	[
		'parameters of a multipart form', {mimeType: 'multipart/form-data; boundary=x', params: [{name: 'file', fileName: 'codes.csv', contentType: 'text/csv', value: 'Code\nA-1\n'}]},
		'--x\r\nContent-Disposition: form-data; name="file"; filename="codes.csv"\r\nContent-Type: text/csv\r\n\r\nCode\nA-1\n\r\n--x--\r\n',
	],
	['base64', {mimeType: 'text/plain', encoding: 'base64', text: 'YQ=='}, 'a'],
];

for (const [name, postData, body] of bodies) {
	test(`HAR request body: ${name}`, async () => {
		const [log] = logsOf(await readText(har([entry({request: {method: 'POST', url: 'u', postData}})])));
		assert.equal(log!.request_body, body);
	});
}

const broken: ReadonlyArray<readonly [name: string, entry: string, reason: RegExp]> = [
	['a number', '7', /not an object/],
	['a text', '"entries"', /not an object/],
	['null', 'null', /not an object/],
	['a list', '[{}]', /not an object/],
	['no request', '{"startedDateTime":"2026-11-22T10:00:00Z"}', /no request/],
	['no date', '{"request":{}}', /no startedDateTime/],
	['a date that is none', '{"startedDateTime":"yesterday","request":{}}', /not a time/],
	['a value that is none', '{"startedDateTime":oops}', /not valid JSON/],
	['a missing brace', '{"request":{"method":"GET"}', /not valid JSON/],
	['two missing braces', '{"request":{"postData":{"text":"x"', /not valid JSON/],
	['a wrong bracket', '{"request":{"headers":[}}', /not valid JSON/],
	['a lost quote', '{"request":{"method":"GET}}\n', /not valid JSON/],
];

for (const [name, wrong, reason] of broken) {
	test(`HAR: a broken entry costs only itself: ${name}`, async () => {
		const good = JSON.stringify(entry());
		const items = await readText(`{"log":{"entries":[${good},${wrong},${good}\n]}}`);
		assert.deepEqual(items.map(item => [item.kind, item.place]), [['log', 1], ['rejected', 2], ['log', 3]]);
		assert.match(items[1]!.reason!, reason);
	});
}

test('HAR: a brace too many does not hide what follows', async () => {
	const good = JSON.stringify(entry());
	assert.equal(logsOf(await readText(`{"log":{"entries":[${good}},${good}]}}`)).length, 2);
});

test('HAR: what a reason says never quotes the entry', async () => {
	const items = await readText('{"log":{"entries":[{"password": hunter2}]}}');
	assert.doesNotMatch(items[0]!.reason!, /hunter2/);
});

test('HAR: entries are found in any order of keys, with a byte order mark, indented or not', async () => {
	const good = JSON.stringify(entry());
	for (const text of [
		`\ufeff${har([entry()])}`,
		har([entry()], 2),
		`{"comment":"\\"log\\": {\\"entries\\": [","log":{"pages":[{"entries":[1]}],"entries":[${good}]}}`,
		`{"log":{"creator":{"entries":[1,2]},"entries":[${good}],"browser":{}}}`,
		`{"log":{"entries":[${good},]}}`,
	]) {
		assert.equal(logsOf(await readText(text)).length, 1, text.slice(0, 60));
	}

	assert.deepEqual(await readText(har([])), []);
});

test('HAR: a file that ends in the middle keeps what was whole, wherever it ends', async () => {
	const text = har([entry(), entry(), entry()]);
	const secondEnd = text.indexOf('},{"startedDateTime"', text.indexOf('},{"startedDateTime"') + 1) + 1;
	const cut = await readText(text.slice(0, secondEnd + 30));
	assert.deepEqual(cut.map(item => [item.kind, item.place]), [['log', 1], ['log', 2], ['truncated', 3]]);
	const between = await readText(text.slice(0, secondEnd));
	assert.deepEqual(between.map(item => [item.kind, item.place]), [['log', 1], ['log', 2], ['truncated', 2]]);
	const afterEntries = await readText(text.slice(0, -2));
	assert.deepEqual(afterEntries.map(item => item.kind), ['log', 'log', 'log', 'truncated']);
});

test('HAR: JSON without entries is a clear fault', async () => {
	await assert.rejects(readText('{"log":{"version":"1.2"}}'), /no log\.entries/);
});

test('HAR: the documents of har-examples come through', async () => {
	for (const [name, document] of Object.entries(examples)) {
		const logs = logsOf(await readText(JSON.stringify(document)));
		assert.equal(logs.length, document.log.entries.length, name);
		for (const [index, {request, response, time, startedDateTime}] of document.log.entries.entries()) {
			const log = logs[index]!;
			assert.deepEqual([log.method, log.url, log.created_at], [request.method, request.url, Date.parse(startedDateTime)], name);
			assert.deepEqual([log.status, log.response_body, log.request_duration], [response.status, response.content.text ?? null, time], name);
			const {postData} = request;
			assert.equal(log.request_body === null, postData === undefined, name);
			if (postData?.text !== undefined) assert.equal(log.request_body, postData.text, name);
			for (const {name: parameter} of postData?.params ?? []) assert.ok(log.request_body!.includes(parameter), name);
		}
	}
});

test('what is no HAR file, or ends before its first entry, is a fault and no entry', async () => {
	for (const [text, message] of [['{"log":{}}', /this JSON has no log.entries/], ['id,status\nlog_1,200\n', /is no HAR file, or it ends before/], ['{"log":{"version":"1.2",', /is no HAR file, or it ends before/]] as const) {
		await assert.rejects(readText(text, 'har'), message);
	}

	assert.deepEqual((await readText('{"log":{"entries":[', 'har')).map(({kind, place}) => [kind, place]), [['truncated', 1]]);
});
