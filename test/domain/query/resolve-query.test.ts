import {test} from 'node:test';
import assert from 'node:assert/strict';
import {type Filter} from '../../../source/domain/query/filter.ts';
import {readFilter, resolveQuery, type QueryContext} from '../../../source/domain/query/resolve-query.ts';

const now = Date.parse('2026-11-22T21:14:05.000Z');
const context: QueryContext = {
	tab: 'logs', now, timezone: 'Europe/Warsaw', isWithoutDefault: true,
	keyNames: {'key-1': 'Shop backend', 'key-2': 'Shop backend', 'key-3': 'Shop front', 'key-4': 'key-1'},
};

const filterOf = (text: string, changes: Partial<QueryContext> = {}): Filter => {
	const reading = readFilter(text, {...context, ...changes});
	assert.ok(reading.ok, reading.ok ? '' : reading.problem.message);
	return reading.filter;
};

test('one term, one condition', () => {
	const textFields = ['url', 'request_body', 'response_body'];
	const table: ReadonlyArray<readonly [text: string, fields: readonly string[], tests: Filter[number]['tests']]> = [
		['channel:API', ['channel'], [{kind: 'equals', value: 'API'}]],
		['channel:API,Java*', ['channel'], [{kind: 'equals', value: 'API'}, {kind: 'prefix', value: 'Java'}]],
		['channel:*', ['channel'], [{kind: 'prefix', value: ''}]],
		['channel:a\\*', ['channel'], [{kind: 'equals', value: 'a*'}]],
		['user:me@shop.example', ['user_email'], [{kind: 'equals', value: 'me@shop.example'}]],
		['error:quantity_exceeded', ['error_key'], [{kind: 'equals', value: 'quantity_exceeded'}]],
		['status:failure', ['outcome'], [{kind: 'equals', value: 'failure'}]],
		['status:404', ['status'], [{kind: 'equals', value: 404}]],
		['status:4xx', ['status'], [{kind: 'range', from: 400, before: 500}]],
		['status:42x', ['status'], [{kind: 'range', from: 420, before: 430}]],
		['status:4*', ['status'], [{kind: 'range', from: 400, before: 500}]],
		['status:404*', ['status'], [{kind: 'range', from: 404, before: 405}]],
		['status:*', ['status'], [{kind: 'range', from: 0, before: 1000}]],
		['status:>=500', ['status'], [{kind: 'range', from: 500, before: 1000}]],
		['status:<400', ['status'], [{kind: 'range', from: 0, before: 400}]],
		['status:none', ['status'], [{kind: 'empty'}]],
		['status:failure,200', ['outcome', 'status'], [{kind: 'equals', value: 'failure'}, {kind: 'equals', value: 200}]],
		['url:Vouchers*', ['url'], [{kind: 'contains', value: 'Vouchers*'}]],
		['response:"quantity exceeded"', ['response_body'], [{kind: 'contains', value: 'quantity exceeded'}]],
		['timeout', textFields, [{kind: 'contains', value: 'timeout'}]],
		['server_key:"shop backend"', ['app_id'], [{kind: 'equals', value: 'key-1'}, {kind: 'equals', value: 'key-2'}]],
		['client_key:"Shop front",other', ['client_app_id'], [{kind: 'equals', value: 'key-3'}, {kind: 'equals', value: 'other'}]],
		['server_key:key-1', ['app_id'], [{kind: 'equals', value: 'key-4'}, {kind: 'equals', value: 'key-1'}]],
		['server_key:Shop*', ['app_id'], [{kind: 'prefix', value: 'Shop'}, ...['key-1', 'key-2', 'key-3'].map(value => ({kind: 'equals', value} as const))]],
		['server_key:*', ['app_id'], [{kind: 'prefix', value: ''}]],
		['since:24h', ['created_at'], [{kind: 'range', from: now - 86_400_000}]],
		['until:30m', ['created_at'], [{kind: 'range', before: now - 1_800_000}]],
		['since:2026-11-22', ['created_at'], [{kind: 'range', from: Date.parse('2026-11-21T23:00Z')}]],
		['until:2026-11-22T10:00', ['created_at'], [{kind: 'range', before: Date.parse('2026-11-22T09:00Z')}]],
		['since:2026-11-22T10:00Z', ['created_at'], [{kind: 'range', from: Date.parse('2026-11-22T10:00Z')}]],
		['since:2026-10-25T02:30', ['created_at'], [{kind: 'range', from: Date.parse('2026-10-25T00:30Z')}]],
		['until:2026-10-25T02:30', ['created_at'], [{kind: 'range', before: Date.parse('2026-10-25T01:30Z')}]],
	];
	for (const [text, fields, tests] of table) {
		assert.deepEqual(filterOf(text), [{fields, tests, isNegated: false}], text);
		assert.deepEqual(filterOf(`-${text}`), [{fields, tests, isNegated: true}], text);
	}
});

test('keys of the other tabs', () => {
	assert.deepEqual(filterOf('status:FAILED', {tab: 'sendouts'})[0]!.tests, [{kind: 'equals', value: 'failed'}]);
	assert.deepEqual(filterOf('attempts:>5', {tab: 'sendouts'})[0], {fields: ['attempts'], tests: [{kind: 'range', from: 6}], isNegated: false});
	assert.deepEqual(filterOf('attempts:<=1,3', {tab: 'sendouts'})[0]!.tests, [{kind: 'range', before: 2}, {kind: 'equals', value: 3}]);
	assert.deepEqual(filterOf('sent_since:1h', {tab: 'sendouts'})[0]!.fields, ['sent_at']);
	assert.deepEqual(filterOf('sent_until:1h', {tab: 'sendouts'})[0]!.tests, [{kind: 'range', before: now - 3_600_000}]);
	assert.deepEqual(filterOf('processing:failure', {tab: 'tasks'})[0]!.fields, ['processing_status']);
	assert.deepEqual(filterOf('type:LOGS.*', {tab: 'tasks'})[0]!.tests, [{kind: 'prefix', value: 'LOGS.'}]);
	assert.deepEqual(filterOf('status:error', {tab: 'exports'})[0]!.tests, [{kind: 'equals', value: 'error'}]);
});

test('logs of the last day, unless the query names a time or one record', () => {
	const range = {fields: ['created_at'], tests: [{kind: 'range', from: now - 86_400_000}], isNegated: false};
	const withDefault = {isWithoutDefault: false};
	assert.deepEqual(filterOf('', withDefault), [range]);
	assert.deepEqual(filterOf('status:404', withDefault).at(-1), range);
	for (const text of ['id:log_1', 'request_id:v-1', 'since:7d', 'until:2026-11-01']) {
		assert.equal(filterOf(text, withDefault).length, 1, text);
	}

	assert.deepEqual(filterOf('', {tab: 'tasks', isWithoutDefault: false}), []);
	assert.deepEqual(filterOf(''), []);
});

test('a query that was put together wrongly is a problem, with its place in the printed text', () => {
	const reading = resolveQuery([
		{kind: 'text', text: 'a b', isNegated: false},
		{kind: 'field', key: 'status', values: ['nonsense'], isNegated: true},
	], context);
	assert.ok(!reading.ok);
	assert.match(reading.problem.message, /status cannot be "nonsense"/);
	assert.deepEqual([reading.problem.start, reading.problem.end], [6, 22]);
	const unknown = resolveQuery([{kind: 'field', key: 'processing', values: ['success'], isNegated: false}], context);
	assert.ok(!unknown.ok);
	assert.match(unknown.problem.message, /Logs has no key "processing"/);
});
