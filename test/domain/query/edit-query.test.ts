import {test} from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {completeQuery} from '../../../source/domain/query/complete-query.ts';
import {andQueries, exactValue, failureTermOf, setValues, suggestDrop, textTermsOf, toggleTerm, valuesOf, withTerm, withoutKey} from '../../../source/domain/query/edit-query.ts';
import {matches} from '../../../source/domain/query/matches.ts';
import {parseQuery} from '../../../source/domain/query/parse-query.ts';
import {printQuery} from '../../../source/domain/query/print-query.ts';
import {type Query} from '../../../source/domain/query/query.ts';
import {resolveQuery} from '../../../source/domain/query/resolve-query.ts';
import {shiftDays} from '../../../source/domain/query/shift-days.ts';
import {tabs} from '../../../source/domain/records.ts';

const read = (text: string): Query => {
	const parsed = parseQuery(text, 'logs');
	assert.ok(parsed.ok, text);
	return parsed.query;
};

test('values of a key', () => {
	const query = read('a channel:API,SDK -status:404 b');
	assert.deepEqual(valuesOf(query, 'channel'), ['API', 'SDK']);
	assert.deepEqual(valuesOf(query, 'status'), []);
	assert.deepEqual(valuesOf(query, 'status', true), ['404']);
	assert.equal(printQuery(setValues(query, 'channel', ['Dashboard'])), 'a channel:Dashboard -status:404 b');
	assert.equal(printQuery(setValues(query, 'channel', ['Dashboard'], true)), 'a -channel:Dashboard -status:404 b');
	assert.equal(printQuery(setValues(query, 'channel', [])), 'a -status:404 b');
	assert.equal(printQuery(setValues(query, 'method', ['GET'])), 'a channel:API,SDK -status:404 b method:GET');
	assert.equal(printQuery(setValues(read('method:GET a -method:PUT'), 'method', ['POST'])), 'method:POST a');
	assert.equal(printQuery(withoutKey(query, 'status')), 'a channel:API,SDK b');
	assert.equal(printQuery(textTermsOf(query)), 'a b');
});

test('terms come and go', () => {
	assert.equal(printQuery(withTerm(read('a'), read('a')[0]!)), 'a');
	assert.equal(printQuery(withTerm(read('a'), read('-a')[0]!)), 'a -a');
	assert.equal(printQuery(andQueries(read('a channel:API'), read('channel:API status:404'), read('a b'))), 'a channel:API status:404 b');
	assert.deepEqual(suggestDrop(read('a channel:API status:404')).map(({dropped, query}) => [printQuery([dropped]), printQuery(query)]), [
		['a', 'channel:API status:404'], ['channel:API', 'a status:404'], ['status:404', 'a channel:API'],
	]);
});

test('failures only, in every tab, on and off', () => {
	for (const tab of tabs) {
		const on = toggleTerm(read('since:2h'), failureTermOf(tab));
		assert.equal(printQuery(on), `since:2h ${{logs: 'status:failure', tasks: 'processing:failure', exports: 'status:error', sendouts: 'status:failed'}[tab]}`);
		assert.ok(parseQuery(printQuery(on), tab).ok);
		assert.equal(printQuery(toggleTerm(on, failureTermOf(tab))), 'since:2h');
	}
});

test('a value of a record, made a query value, matches that record and no other', () => {
	const context = {tab: 'logs', now: 0, timezone: 'UTC', keyNames: {}, isWithoutDefault: true} as const;
	const value = fc.oneof(fc.string({minLength: 1}), fc.constantFrom('a*', '*', 'a\\*', '\\*', 'a\\\\*', 'a\\'));
	fc.assert(fc.property(value, value, (channel, other) => {
		const reading = resolveQuery(setValues([], 'channel', [exactValue(channel)]), context);
		assert.ok(reading.ok);
		assert.ok(matches(reading.filter, {channel}));
		assert.equal(matches(reading.filter, {channel: other}), channel === other);
	}));
});

test('a day on, a day back', () => {
	const now = Date.parse('2026-11-22T21:14:05.000Z');
	const shifted = (text: string, days: number, timezone = 'Europe/Warsaw', at = now): string => printQuery(shiftDays(read(text), days, {now: at, timezone}));
	assert.equal(shifted('', -1), 'since:2026-11-21 until:2026-11-22');
	assert.equal(shifted('since:24h status:failure', -1), 'since:2026-11-21 until:2026-11-22 status:failure');
	assert.equal(shifted('status:failure since:2026-11-21 until:2026-11-22', -1), 'status:failure since:2026-11-20 until:2026-11-21');
	assert.equal(shifted('since:2026-11-20 until:2026-11-21', 1), 'since:2026-11-21 until:2026-11-22');
	assert.equal(shifted('since:2026-11-20T10:00 until:2026-11-20T12:00', 1), 'since:2026-11-21 until:2026-11-22');
	assert.equal(shifted('until:2026-11-20T00:00Z', -1), 'since:2026-11-19 until:2026-11-20');
	// Not past today, which is the project's: in Tokyo the next day has begun.
	assert.equal(shifted('since:24h', 1), 'since:2026-11-22 until:2026-11-23');
	assert.equal(shifted('since:24h', 1, 'Asia/Tokyo'), 'since:2026-11-23 until:2026-11-24');
	// Days of 25 and 23 hours, a midnight that comes twice, a day that never was.
	assert.equal(shifted('since:2026-10-25 until:2026-10-26', -1), 'since:2026-10-24 until:2026-10-25');
	assert.equal(shifted('since:2026-03-28 until:2026-03-29', 1), 'since:2026-03-29 until:2026-03-30');
	assert.equal(shifted('since:2026-10-31 until:2026-11-01', 1, 'America/Havana'), 'since:2026-11-01 until:2026-11-02');
	assert.equal(shifted('since:2026-10-31 until:2026-11-01', -1, 'America/Havana'), 'since:2026-10-30 until:2026-10-31');
	assert.equal(shifted('since:2011-12-29 until:2011-12-30', 1, 'Pacific/Apia'), 'since:2011-12-31 until:2012-01-01');
	assert.equal(shifted('since:2011-12-31 until:2012-01-01', -1, 'Pacific/Apia'), 'since:2011-12-29 until:2011-12-30');
});

test('completion of keys and of values with a small vocabulary', () => {
	assert.deepEqual(completeQuery('sta', 3, 'logs'), {start: 0, end: 3, options: ['status:']});
	assert.deepEqual(completeQuery('a -ch', 5, 'logs'), {start: 3, end: 5, options: ['channel:']});
	assert.deepEqual(completeQuery('status:404,f', 12, 'logs'), {start: 11, end: 12, key: 'status', options: ['failure']});
	assert.deepEqual(completeQuery('status:re tail', 9, 'sendouts').options, ['retrying']);
	assert.deepEqual(completeQuery('channel:AP', 10, 'logs'), {start: 8, end: 10, key: 'channel', options: []});
	assert.ok(completeQuery('status:404 ', 11, 'logs').options.includes('since:'));
	assert.deepEqual(completeQuery('"sta', 4, 'logs').options, []);
	assert.deepEqual(completeQuery('nothing:x', 9, 'logs').options, []);
});
