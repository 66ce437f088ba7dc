import {test} from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {queryKeysOf, type BoundKey} from '../../../source/domain/fields/field-tables.ts';
import {tabs, type Tab} from '../../../source/domain/records.ts';
import {parseQuery} from '../../../source/domain/query/parse-query.ts';
import {printQuery} from '../../../source/domain/query/print-query.ts';
import {type Query, type Term} from '../../../source/domain/query/query.ts';

const awkward = fc.constantFrom(' ', '"', '\\', ',', '-', ':', '\n', '\t', '\u00A0', '\u2028', '*', '\0', '\uD800', 'ż', '漢', '👩‍💻', 'a', 'since:');
const anyText = fc.oneof(
	fc.array(awkward, {minLength: 1, maxLength: 8}).map(parts => parts.join('')),
	fc.string({minLength: 1, unit: 'binary'}),
	fc.string({minLength: 1}),
);

const dates = ['30m', '24h', '7d', '2w', '2026-11-22', '2026-11-22 10:00', '2026-11-22T10:00:07.120Z'];

const valueOf = (key: BoundKey): fc.Arbitrary<string> => {
	if (key.values !== undefined) {
		return fc.constantFrom(...key.values);
	}

	switch (key.match) {
		case 'exact':
		case 'contains': {
			return anyText;
		}

		case 'status': {
			return fc.constantFrom('failure', 'success', '4xx', '404', '>=500', '40*', 'none');
		}

		case 'number': {
			return fc.constantFrom('3', '>5', '<=1');
		}

		case 'since':
		case 'until': {
			return fc.constantFrom(...dates);
		}
	}
};

const termOf = (tab: Tab): fc.Arbitrary<Term> => fc.oneof(
	fc.record({kind: fc.constant('text' as const), text: anyText, isNegated: fc.boolean()}, {noNullPrototype: true}),
	fc.constantFrom(...queryKeysOf(tab)).chain(key => fc.record({
		kind: fc.constant('field' as const),
		key: fc.constant(key.key),
		values: fc.array(valueOf(key), {minLength: 1, maxLength: key.match === 'since' || key.match === 'until' ? 1 : 4}),
		isNegated: fc.boolean(),
	}, {noNullPrototype: true})),
);

const tabAndQuery: fc.Arbitrary<readonly [Tab, Query]> = fc.constantFrom(...tabs).chain(tab => fc.tuple(fc.constant(tab), fc.array(termOf(tab), {maxLength: 6})));

test('a printed query is read back as the same query', () => {
	fc.assert(fc.property(tabAndQuery, ([tab, query]) => {
		assert.deepEqual(parseQuery(printQuery(query), tab), {ok: true, query});
	}), {numRuns: 3000});
});

test('what can be read is printed in one way', () => {
	fc.assert(fc.property(fc.array(fc.oneof(awkward, fc.constantFrom('status:', '404', 'channel:', 'API', ' ')), {maxLength: 12}), parts => {
		const first = parseQuery(parts.join(''), 'logs');
		if (first.ok) {
			assert.deepEqual(parseQuery(printQuery(first.query), 'logs'), first);
		}
	}), {numRuns: 3000});
});

test('quotes stand only where they are needed', () => {
	for (const text of ['status:failure', '-channel:API,Dashboard', 'since:2026-11-22T10:00', 'url:https://x/y?z=1', 'response:"quantity exceeded"', 'timeout', '-timeout', '"http://x"', '"-5"', 'endpoint:"a,b",c', 'channel:"a\\"b\\\\"']) {
		const parsed = parseQuery(text, 'logs');
		assert.ok(parsed.ok, text);
		assert.equal(printQuery(parsed.query), text);
	}
});
