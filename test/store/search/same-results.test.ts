import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {type Filter} from '../../../source/domain/query/filter.ts';
import {matches} from '../../../source/domain/query/matches.ts';
import {type Log} from '../../../source/domain/records.ts';
import {insertLogs} from '../../../source/store/logs/insert-logs.ts';
import {countCandidates} from '../../../source/store/query/count-candidates.ts';
import {planFilter} from '../../../source/store/query/plan.ts';
import {readPage} from '../../../source/store/query/read-page.ts';
import {sampleTimeline} from '../../../source/store/query/sample-timeline.ts';
import {indexNextLogs, mergeNextPart} from '../../../source/store/search/build-search.ts';
import {logsAPart} from '../../../source/store/search/part-size.ts';
import {type Store} from '../../../source/store/store.ts';
import {makeLog} from '../../helpers/make-log.ts';
import {temporaryStore} from '../../helpers/temporary-store.ts';

// Few letters, so that texts are often found: among them those that the index folds otherwise, or reads as syntax.
const letters = ['a', 'A', 'a', 'b', 'b', 'B', 'k', 'k', '\u212A', 's', 'ſ', 'ß', 'ẞ', 'Ó', 'ó', 'İ', 'ᏸ', 'Ᏸ', 'ⴀ', 'Ⴀ', '"', '*', ' ', '\n', '\0', '\ud800', '😀', '日'];
const text = (maxLength: number, minLength = 0) => fc.string({unit: fc.constantFrom(...letters), minLength, maxLength});
const span = {min: 1000, max: 1400};

const content = fc.record({
	created_at: fc.integer(span),
	outcome: fc.constantFrom('success' as const, 'failure' as const),
	url: fc.option(text(8)), request_body: fc.option(text(20)), response_body: fc.option(text(20)),
});
const contains = fc.record({kind: fc.constant('contains' as const), value: fc.oneof({weight: 4, arbitrary: text(5, 3)}, {weight: 1, arbitrary: text(4)})});
const condition = fc.record({
	fields: fc.uniqueArray(fc.constantFrom('url', 'request_body', 'response_body'), {minLength: 1, maxLength: 3}),
	tests: fc.array(contains, {minLength: 1, maxLength: 2}),
	isNegated: fc.boolean(),
});
const filters: fc.Arbitrary<Filter> = fc.tuple(
	condition.map(one => ({...one, isNegated: false})),
	fc.array(condition, {maxLength: 1}),
	fc.option(fc.record({from: fc.integer({min: 1000, max: 1150}), before: fc.integer({min: 1250, max: 1400})})),
	fc.boolean(),
).map(([first, others, range, isFailure]) => [
	first, ...others,
	...range === null ? [] : [{fields: ['created_at'], tests: [{kind: 'range' as const, ...range}], isNegated: false}],
	...isFailure ? [{fields: ['outcome'], tests: [{kind: 'equals' as const, value: 'failure'}], isNegated: false}] : [],
]);

const insert = async (store: Store, logs: readonly Log[]): Promise<void> => {
	await insertLogs(store, logs, {storedAt: 0});
};

const indexAll = async (store: Store): Promise<void> => {
	while (await indexNextLogs(store, []) !== null) {
		// Until all are in.
	}
};

const startNextPart = async (store: Store): Promise<void> => {
	await store.write([{sql: `UPDATE sqlite_sequence SET seq = (seq / ${logsAPart} + 1) * ${logsAPart} - 100 WHERE name = 'logs'`}]);
};

const allPages = async (store: Store, filter: Filter, direction: 'older' | 'newer'): Promise<readonly string[]> => {
	const ids: string[] = [];
	for (let start: {at: number; seq: number} | undefined; ;) {
		const {rows, next} = await readPage(store, await planFilter(store, 'logs', filter), {direction, start, limit: 20});
		ids.push(...rows.map(row => String(row.id)));
		if (next === null) {
			return ids;
		}

		start = next;
	}
};

test('pages, counts and timelines are the same with the index, in several parts, with logs that it lacks and logs that are gone', async context => {
	const store = await temporaryStore(context);
	const logs = fc.sample(content, {numRuns: 1500, seed: 42}).map((one, index) => makeLog({id: `log_${index}`, ...one}));
	// A log too large for the index, with a text that is searched for.
	logs[700] = makeLog({id: 'log_700', created_at: 1200, response_body: `${'x'.repeat(1_100_000)}abk`});
	await insert(store, logs.slice(0, 450));
	await indexAll(store);
	await startNextPart(store);
	await insert(store, logs.slice(450, 900));
	await indexAll(store);
	await startNextPart(store);
	await insert(store, logs.slice(900, 1300));
	await indexAll(store);
	while (await mergeNextPart(store, [])) {
		// Until the whole parts are merged.
	}

	await insert(store, logs.slice(1300));
	const gone = new Set(logs.filter((_, index) => index % 17 === 3).map(({id}) => id));
	await store.write([{sql: 'DELETE FROM logs WHERE id IN (SELECT value FROM json_each(?))', args: [JSON.stringify([...gone])]}]);
	const seqs = new Map((await store.read('SELECT id, seq FROM logs')).map(({id, seq}) => [String(id), Number(seq)]));
	const kept = logs.filter(({id}) => !gone.has(id)).sort((a, b) => b.created_at - a.created_at || (seqs.get(b.id) ?? 0) - (seqs.get(a.id) ?? 0));
	let listed = 0;
	await fc.assert(fc.asyncProperty(filters, async filter => {
		const expected = kept.filter(log => matches(filter, log));
		const ids = expected.map(({id}) => id);
		assert.deepEqual(await allPages(store, filter, 'older'), ids);
		assert.deepEqual(await allPages(store, filter, 'newer'), ids.toReversed());
		const plan = await planFilter(store, 'logs', filter);
		listed += plan.listed === undefined ? 0 : 1;
		let count = 0;
		for (let start: {at: number; seq: number} | undefined | null; start !== null;) {
			const part = await countCandidates(store, plan, {cap: 10_000, start});
			count += part.count;
			start = part.next;
		}

		assert.equal(count, ids.length);
		if (plan.listed !== undefined) {
			const {counts, isPartial} = await sampleTimeline(store, plan, {from: 1000, before: 1401, buckets: 7});
			assert.deepEqual([counts.reduce((sum, {total}) => sum + total, 0), isPartial], [ids.length, false]);
			assert.equal(counts.reduce((sum, one) => sum + one.failures, 0), expected.filter(({outcome}) => outcome === 'failure').length);
		}
	}), {numRuns: 120, examples: [[[{fields: ['response_body'], tests: [{kind: 'contains', value: 'ABK'}], isNegated: false}]]]});
	assert(listed > 40, `the index was asked ${listed} times`);
});
