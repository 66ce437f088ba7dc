import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {type Condition, type Filter, type Test} from '../../../source/domain/query/filter.ts';
import {matches} from '../../../source/domain/query/matches.ts';
import {type Log} from '../../../source/domain/records.ts';
import {insertLogs} from '../../../source/store/logs/insert-logs.ts';
import {countCandidates} from '../../../source/store/query/count-candidates.ts';
import {planFilter} from '../../../source/store/query/plan.ts';
import {readPage} from '../../../source/store/query/read-page.ts';
import {type Store} from '../../../source/store/store.ts';
import {makeLog} from '../../helpers/make-log.ts';
import {storeKinds, temporaryStore} from '../../helpers/temporary-store.ts';

// Few letters, so that conditions often hold; those that fold beyond ASCII, and what LIKE and GLOB read as patterns.
const letters = ['a', 'A', 'k', '\u212A', 's', 'ſ', 'ß', 'ẞ', 'ó', 'Ó', 'İ', 'i', '*', '?', '[', ']', '^', '-', '%', '_', '\\', '\'', '"', '😀', '\u{10FFFF}'];
const text = fc.string({unit: fc.constantFrom(...letters), maxLength: 4});
const optionalText = fc.option(text);
const status = fc.option(fc.constantFrom(100, 200, 201, 404, 499, 500));

const logContent = fc.record({
	created_at: fc.integer({min: 1000, max: 1010}),
	status,
	outcome: fc.constantFrom('success' as const, 'failure' as const),
	channel: optionalText, method: optionalText, endpoint: optionalText, url: optionalText, customer: optionalText, error_key: optionalText,
	user_email: optionalText,
	request_body: optionalText, response_body: optionalText,
	request_headers: fc.option(fc.dictionary(text, text)),
});

const textField = fc.constantFrom('id', 'outcome', 'channel', 'method', 'endpoint', 'url', 'customer', 'error_key', 'user_email', 'incentive', 'request_body', 'response_body', 'request_headers');
const anyField = fc.oneof(textField, fc.constantFrom('status', 'created_at', 'request_duration'));
const limit = fc.oneof(fc.integer({min: 999, max: 1011}), fc.constantFrom(200, 400, 500));
const anyTest: fc.Arbitrary<Test> = fc.oneof(
	fc.record({kind: fc.constant('equals' as const), value: fc.oneof(text, fc.constantFrom<string | number>(200, 404, '404', 'failure'), limit)}),
	fc.record({kind: fc.constant('prefix' as const), value: text}),
	fc.record({kind: fc.constant('contains' as const), value: text}),
	fc.record({kind: fc.constant('range' as const), from: limit, before: limit}, {requiredKeys: ['kind']}),
	fc.record({kind: fc.constant('empty' as const)}),
);
const condition: fc.Arbitrary<Condition> = fc.record({
	fields: fc.oneof({weight: 3, arbitrary: fc.tuple(anyField)}, {weight: 1, arbitrary: fc.uniqueArray(anyField, {minLength: 1, maxLength: 3})}),
	tests: fc.array(anyTest, {minLength: 1, maxLength: 3}),
	isNegated: fc.boolean(),
});
const filters = fc.array(condition, {maxLength: 3});

const inOrder = (logs: readonly Log[]): readonly string[] => logs
	.map((log, index) => ({log, seq: index + 1}))
	.sort((a, b) => b.log.created_at - a.log.created_at || b.seq - a.seq)
	.map(({log}) => log.id);

const allPages = async (store: Store, filter: Filter, direction: 'older' | 'newer'): Promise<readonly string[]> => {
	const plan = await planFilter(store, 'logs', filter);
	const ids: string[] = [];
	for (let start: {at: number; seq: number} | undefined; ;) {
		const {rows, next} = await readPage(store, plan, {direction, start, limit: 3});
		ids.push(...rows.map(row => String(row.id)));
		if (next === null) {
			return ids;
		}

		start = next;
	}
};

for (const kind of storeKinds) {
	test(`${kind}: SQL finds exactly the logs that the filter matches, in order, whatever the filter`, async context => {
		const store = await temporaryStore(context, kind);
		await fc.assert(fc.asyncProperty(fc.array(logContent, {maxLength: 12}), fc.array(filters, {minLength: 4, maxLength: 4}), async (contents, someFilters) => {
			await store.write([{sql: 'DELETE FROM logs'}, {sql: `DELETE FROM sqlite_sequence WHERE name = 'logs'`}]);
			const logs = contents.map((content, index) => makeLog({id: `log_${index}`, ...content}));
			await insertLogs(store, logs, {storedAt: 0});
			for (const filter of someFilters) {
				const expected = inOrder(logs).filter(id => matches(filter, logs.find(log => log.id === id)!));
				assert.deepEqual(await allPages(store, filter, 'older'), expected);
				assert.deepEqual(await allPages(store, filter, 'newer'), expected.toReversed());
				assert.equal((await countCandidates(store, await planFilter(store, 'logs', filter), {cap: 100})).count, expected.length);
			}
		}), {numRuns: 60});
	});
}

for (const kind of storeKinds) {
	test(`${kind}: a negated condition finds exactly what the condition does not find`, async context => {
		const store = await temporaryStore(context, kind);
		await fc.assert(fc.asyncProperty(fc.array(logContent, {minLength: 1, maxLength: 8}), condition, async (contents, one) => {
			await store.write([{sql: 'DELETE FROM logs'}]);
			await insertLogs(store, contents.map((content, index) => makeLog({id: `log_${index}`, ...content})), {storedAt: 0});
			const found = await allPages(store, [{...one, isNegated: false}], 'older');
			const others = await allPages(store, [{...one, isNegated: true}], 'older');
			assert.deepEqual([...found, ...others].sort(), contents.map((_, index) => `log_${index}`).sort());
		}), {numRuns: 50});
	});
}
