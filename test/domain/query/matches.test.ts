import {test} from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {matches} from '../../../source/domain/query/matches.ts';
import {readFilter} from '../../../source/domain/query/resolve-query.ts';
import {type Tab} from '../../../source/domain/records.ts';

const now = Date.parse('2026-11-22T21:14:05.000Z');

const passes = (text: string, record: object, tab: Tab = 'logs'): boolean => {
	const reading = readFilter(text, {tab, now, timezone: 'Europe/Warsaw', keyNames: {'key-1': 'Shop backend'}, isWithoutDefault: true});
	assert.ok(reading.ok, reading.ok ? '' : reading.problem.message);
	return matches(reading.filter, record);
};

const log = {
	id: 'log_12f8', created_at: now - 3_600_000, status: 400, outcome: 'failure', channel: 'Java-SDK', method: 'POST', endpoint: 'POST_v1_redemptions',
	url: 'https://api.shop.example/v1/redemptions?name=Müller', user_email: null, customer: 'crm-10422', app_id: 'key-1',
	request_body: '{"customer":"ŁÓDŹ"}', response_body: '{"key":"quantity_exceeded","sum":"5.00 K"}', error_key: 'quantity_exceeded',
};

test('what passes and what does not', () => {
	const yes = [
		'', 'status:400', 'status:4xx', 'status:failure', 'status:404,failure', 'status:>=400', 'status:*', 'channel:Java-SDK', 'channel:API,Java*', 'endpoint:POST_v1_*',
		'url:V1/REDEMPTIONS', 'url:MÜLLER', 'łódź', 'QUANTITY_exceeded', 'response:"5.00 \u212A"', '"\\"key\\":\\"quantity"', 'server_key:"Shop backend"', 'customer:*', '-user:*', 'since:2h', 'until:30m', '-since:30m',
		'channel:Java-SDK status:400', '-channel:API', '-timeout', 'id:log_*',
	];
	const no = [
		'status:404', 'status:5xx', 'status:success', 'status:none', 'channel:API', 'channel:java-sdk', 'channel:Java', 'endpoint:post_v1_*', 'endpoint:v1*', 'timeout', 'url:exceeded', 'server_key:other', 'user:*',
		'since:30m', 'until:2h', 'channel:Java-SDK status:500', '-channel:Java-SDK,API', 'customer:crm-1042',
	];
	for (const text of yes) {
		assert.ok(passes(text, log), text);
	}

	for (const text of no) {
		assert.ok(!passes(text, log), text);
	}
});

test('a range holds from its first instant to before its last', () => {
	const at = Date.parse('2026-11-22T09:00Z');
	assert.ok(passes('since:2026-11-22T10:00', {created_at: at}));
	assert.ok(!passes('since:2026-11-22T10:00', {created_at: at - 1}));
	assert.ok(!passes('until:2026-11-22T10:00', {created_at: at}));
	assert.ok(passes('until:2026-11-22T10:00', {created_at: at - 1}));
});

test('a log without a response', () => {
	const silent = {status: null, outcome: 'failure'};
	for (const text of ['status:none', 'status:failure', '-status:*', '-status:4xx', '-status:404', 'status:none,404']) {
		assert.ok(passes(text, silent), text);
	}

	for (const text of ['-status:none', 'status:*', 'status:<400', 'status:4xx']) {
		assert.ok(!passes(text, silent), text);
	}
});

test('JSON values are searched as text, numbers are compared as numbers', () => {
	assert.ok(passes('row_7', {result: {failed: [{reason: 'row_7'}]}}, 'tasks'));
	assert.ok(passes('attempts:>5', {attempts: 6}, 'sendouts'));
	assert.ok(!passes('attempts:>5', {attempts: 5}, 'sendouts'));
	assert.ok(!passes('attempts:>5', {attempts: null}, 'sendouts'));
});

test('a negated term is exactly the complement, whatever the record holds or lacks', () => {
	const value = fc.option(fc.oneof(fc.constantFrom('API', 'api', '', 'Straße', '404', 'failure'), fc.string()), {nil: null});
	const record = fc.record({
		status: fc.option(fc.integer({min: 100, max: 599}), {nil: null}), outcome: fc.constantFrom('success', 'failure'),
		channel: value, url: value, app_id: value, request_body: value, response_body: value, created_at: fc.integer({min: now - 1e9, max: now}),
	}, {requiredKeys: []});
	const text = fc.constantFrom('status:404', 'status:4xx,none', 'status:failure,200', 'channel:API', 'channel:*', 'channel:A*,""x', 'url:a', 'STRASSE', 'straẞe', 'since:3d', 'until:1h', 'server_key:"Shop backend"');
	fc.assert(fc.property(record, text, (given, term) => {
		assert.notEqual(passes(term, given), passes(`-${term}`, given), term);
	}), {numRuns: 1000});
});
