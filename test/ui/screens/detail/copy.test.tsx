import {test} from 'node:test';
import assert from 'node:assert/strict';
import {copyItems} from '../../../../source/ui/screens/detail/copy-items.ts';
import {openDetail} from '../../../helpers/detail-screen.tsx';
import {detailOf, failedLog, sampleDetails} from '../../../helpers/sample-details.ts';

const clipboardOf = (commands: readonly string[]): string => Buffer.from(commands.at(-1)!.replace('52;c;', ''), 'base64').toString('utf8');

test('each choice of the menu sends its text', async () => {
	const expected: Readonly<Record<string, string>> = {
		v: '400', p: '.code', b: failedLog.request_body!, B: failedLog.response_body!, u: failedLog.url!, i: failedLog.id, r: failedLog.request_id!,
		s: 'auditty show log_12f8d7ff415061a645', l: 'auditty logs \'since:24h status:failure\'',
	};
	const screen = await openDetail({details: [sampleDetails.log]});
	for (const [key, text] of Object.entries(expected)) {
		await screen.press('y', key);
		assert.equal(clipboardOf(screen.commands()), text, key);
	}

	await screen.press('y', 'j');
	const record = JSON.parse(clipboardOf(screen.commands())) as Record<string, unknown>;
	assert.equal(record['created_at'], '2026-09-01T10:07:45.918Z');
	assert.equal(record['response_body'], failedLog.response_body);
	await screen.press('y', 'c');
	assert.match(clipboardOf(screen.commands()), /--header 'X-App-Token: '"\$X_APP_TOKEN"/);
	assert.match(screen.said.at(-1)!, /^cURL sent to the terminal, \d+ B$/);
	await screen.unmount();
});

test('the whole body is copied, though the screen holds its start only', async () => {
	const body = JSON.stringify({key: 'x', filler: 'y'.repeat(1000)});
	const cut = detailOf({response_body: body.slice(0, 24)}, {response_body: body.length});
	const screen = await openDetail({details: [cut], whole: [detailOf({response_body: body})]});
	await screen.press('y', 'B');
	assert.equal(clipboardOf(screen.commands()), body);
	await screen.unmount();
});

test('where a body is cut it says so, and a search reads all of it', async () => {
	const filler = Object.fromEntries(Array.from({length: 200}, (_, index) => [`key${index}`, index]));
	const text = JSON.stringify({...filler, last: {cause: 'the needle'}});
	const screen = await openDetail({details: [detailOf({response_body: text.slice(0, 500)}, {response_body: text.length})], whole: [detailOf({response_body: text})]});
	assert.match(screen.frame(), /… cut here: 500 B of 2\.4 kB stored; \/ y v o read all of it/);
	await screen.press('j', 'j', '/');
	await screen.type('NEEDLE');
	await screen.press('enter');
	assert.deepEqual(screen.asked, ['record log_12f8d7ff415061a645 whole']);
	assert.match(screen.frame(), /cause: "the needle"/);
	assert.doesNotMatch(screen.frame(), /cut here/);
	await screen.unmount();
});

test('folds and the cursor of a record are still there on coming back to it', async () => {
	const other = detailOf({id: 'log_other', response_body: '{"b":{"c":1}}'});
	const screen = await openDetail({details: [detailOf({response_body: '{"a":{"x":1},"b":2}'}), other]});
	await screen.press('h', '>');
	assert.match(screen.frame(), /log_other/);
	await screen.press('<');
	assert.match(screen.frame(), /▸ a \{1\} x: 1/);
	await screen.unmount();
});

test('a form, a multipart body, text and an empty body are shown as what they are', async () => {
	const shown = async (request_body: string | null, type: string) => {
		const screen = await openDetail({details: [detailOf({request_body, request_headers: {'content-type': type}, response_body: null, outcome: 'success', status: 204})]});
		const frame = screen.frame();
		await screen.unmount();
		return frame;
	};

	assert.match(await shown('name=M%C3%BCller+A&name=b&x=%1B', 'application/x-www-form-urlencoded'), /request {2}31 B application\/x-www-form-urlencoded[^\n]*\n +name: Müller A\n +name: b\n +x: \\x1b/);
	assert.match(await shown('--B\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\ncode\r\nA1\r\n--B--\r\n', 'multipart/form-data; boundary=B'), /▾ file \{2\}[^]*filename="a\.csv"[^]*0: code\n +1: A1/);
	assert.match(await shown('upstream\nunavailable', 'text/plain'), /\n upstream\n unavailable/);
	assert.match(await shown('{"a":', 'application/json; charset=utf-8'), /request/);
	assert.match(await shown('{"a" 1}', 'application/json'), /\n {"a" 1}\n[^]*… not valid JSON, shown as text/);
	assert.match(await shown(null, 'text/plain'), /request {2}empty[^\n]*\n +The request has no body\./);
});

test('a search goes through all parts of the record, and says when there is nothing', async () => {
	const screen = await openDetail({details: [sampleDetails.log]});
	await screen.press('/');
	await screen.type('crm-10422');
	await screen.press('enter');
	assert.match(screen.frame(), /▸ request {2}225 B JSON {2}1\/1 found[^]*source_id: "crm-10422"/);
	await screen.press('n');
	assert.match(screen.frame(), /▸ meta[^]*customer: crm-10422/);
	await screen.press('/');
	await screen.type('not there');
	await screen.press('enter');
	assert.deepEqual(screen.said, ['"not there" is not in this record']);
	await screen.press('/', 'esc');
	assert.deepEqual(screen.called, [], 'Esc left the search, not the detail');
	await screen.unmount();
});

test('a record without bodies offers what it has, and says why the rest is not there', () => {
	const items = copyItems({detail: detailOf({request_body: null, response_body: '', url: null, request_id: null})});
	assert.deepEqual(items.filter(({text}) => text === null).map(({label, reason}) => `${label}: ${reason}`), [
		'Request body: the request has no body', 'Response body: the response has no body', 'cURL: the log has no URL', 'URL: the log has no URL', 'Request ID: it has no request ID',
	]);
	for (const detail of Object.values(sampleDetails)) {
		const keys = copyItems({detail, query: '', selection: {path: '.', value: ''}}).map(({key}) => key);
		assert.equal(new Set(keys).size, keys.length, 'a key chooses one item');
	}
});
