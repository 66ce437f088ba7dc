import {setImmediate as turn} from 'node:timers/promises';
import {type Tab} from '../../domain/records.ts';
import {type Store} from '../store.ts';
import {candidates, type Place, restSql} from './candidates.ts';
import {isNarrow, joinSql} from './condition-sql.ts';
import {type Drive, type Plan} from './plan.ts';

export type TimelineSample = {
	readonly counts: ReadonlyArray<{readonly total: number; readonly failures: number}>;
	readonly isPartial: boolean;
};

/** What a failure is in each tab. */
const failures: {readonly [T in Tab]: Drive} = {
	logs: {column: 'outcome', values: ['failure']},
	tasks: {column: 'processing_status', values: ['failure']},
	exports: {column: 'status', values: ['error']},
	sendouts: {column: 'status', values: ['failed']},
};

/** Candidates that are looked at in all buckets together: entries of an index, rows, rows with their bodies. */
const limits = {entries: 100_000, rows: 8000, bodies: 800};

/** More listed candidates than this are not all looked at. */
const mostListed = 6000;
const listedAtOnce = 800;

type Slice = {readonly from: number; readonly before: number};
type Counted = {readonly total: number; readonly failures: number; readonly candidates: number; readonly isExact: boolean};

const isIndexed = (plan: Plan): boolean => plan.table.indexed.has(failures[plan.table.tab].column);

/**
 * Counts in all slices by one statement. Of a slice with more candidates than the limit, the newest are counted, and
 * taken for the rest of it.
 */
const countSlices = async (store: Store, plan: Plan, slices: readonly Slice[], limit: number): Promise<readonly Counted[]> => {
	const {column, values: [failure]} = failures[plan.table.tab];
	const isEntryEnough = plan.rest.length === 0 && plan.drive === null && isIndexed(plan);
	// The plan's own range holds all slices.
	const {sql, args} = candidates({...plan, from: null, before: null}, {
		direction: 'older', limit, within: {from: '(slice.value ->> 0)', before: '(slice.value ->> 1)'},
	}, isEntryEnough ? {} : {
		columns: [
			joinSql([restSql(plan), {sql: 'AS matched', args: []}], ' '),
			{sql: `r."${column}" = ? AS failed`, args: [failure ?? null]},
		],
		hasContentColumns: true,
	});
	const sums = isEntryEnough ? 'count(*), 0' : 'total(matched), total(matched AND failed)';
	const rows = await store.read(
		`SELECT (SELECT json_array(count(*), min(created_at), ${sums}) FROM (${sql})) AS counted FROM json_each(?) AS slice ORDER BY slice.key`,
		[...args, JSON.stringify(slices.map(({from, before}) => [from, before]))],
	);
	return rows.map((row, index) => {
		const [seen = 0, reached = 0, total = 0, failed = 0] = JSON.parse(String(row.counted)) as readonly number[];
		const {from, before} = slices[index] ?? {from: 0, before: 0};
		const isExact = seen < limit;
		const factor = isExact ? 1 : (before - from) / Math.max(1, before - reached);
		return {total: Math.round(total * factor), failures: Math.round(failed * factor), candidates: seen * factor, isExact};
	});
};

/** Each slice gets its share of the limit; where that is too little for some, and all hold no more than the limit, it is looked at as a whole. */
const countWithin = async (store: Store, plan: Plan, slices: readonly Slice[], limit: number): Promise<readonly Counted[]> => {
	const counted = await countSlices(store, plan, slices, Math.ceil(limit / slices.length));
	const all = counted.reduce((sum, slice) => sum + slice.candidates, 0);
	return counted.every(({isExact}) => isExact) || all > limit ? counted : countSlices(store, plan, slices, limit);
};

const limitOf = (plan: Plan): number => {
	if (plan.rest.length === 0 && (plan.drive === null ? isIndexed(plan) : plan.drive.column === failures[plan.table.tab].column)) {
		return limits.entries;
	}

	return plan.rest.every(condition => isNarrow(plan.table, condition)) ? limits.rows : limits.bodies;
};

/** Of a list of candidates that is short enough, each is looked at. */
const countListed = async (store: Store, plan: Plan, {listed, slices, signal}: {readonly listed: readonly Place[]; readonly slices: readonly Slice[]; readonly signal: AbortSignal | undefined}): Promise<TimelineSample> => {
	const {column, values: [failure = null]} = failures[plan.table.tab];
	const counts = slices.map(() => ({total: 0, failures: 0}));
	const inside = listed.filter(({at}) => at >= (slices[0]?.from ?? 0) && at < (slices.at(-1)?.before ?? 0));
	for (let index = 0; index < inside.length; index += listedAtOnce) {
		const part = inside.slice(index, index + listedAtOnce);
		const {sql, args} = candidates({...plan, listed: part}, {direction: 'newer', limit: part.length}, {columns: [{sql: `r."${column}" = ? AS failed`, args: [failure]}], isTested: true});
		for (const {created_at: at, failed} of await store.read(sql, args)) {
			const slice = counts[slices.findLastIndex(({from}) => from <= Number(at))];
			if (slice !== undefined) {
				slice.total++;
				slice.failures += failed === 1 ? 1 : 0;
			}
		}

		await turn();
		signal?.throwIfAborted();
	}

	return {counts, isPartial: false};
};

/**
 * Counts what a plan finds in equal parts of a range, exactly where a part holds few candidates, from a sample of them
 * where it holds many: one call looks at so many candidates and no more, however large the store is.
 */
export const sampleTimeline = async (store: Store, {listed, ...plan}: Plan, {from, before, buckets, signal}: {
	readonly from: number;
	readonly before: number;
	readonly buckets: number;
	readonly signal?: AbortSignal | undefined;
}): Promise<TimelineSample> => {
	const edge = (index: number): number => from + Math.floor((before - from) * index / buckets);
	const slices = Array.from({length: buckets}, (_, index) => ({from: edge(index), before: edge(index + 1)}));
	if (plan.drive?.values.length === 0) {
		return {counts: slices.map(() => ({total: 0, failures: 0})), isPartial: false};
	}

	if (listed !== undefined && listed.length <= mostListed) {
		return countListed(store, plan, {listed, slices, signal});
	}

	const counted = await countWithin(store, plan, slices, limitOf(plan));
	signal?.throwIfAborted();
	// Without a filter, failures have an index of their own, and are few.
	const isFailureApart = plan.rest.length === 0 && plan.drive === null && isIndexed(plan);
	const failed = isFailureApart ? await countWithin(store, {...plan, drive: failures[plan.table.tab]}, slices, limitOf(plan)) : counted;
	return {
		counts: counted.map(({total}, index) => {
			const failureCount = failed[index]?.failures ?? 0;
			return {total: Math.max(total, failureCount), failures: failureCount};
		}),
		isPartial: [...counted, ...failed].some(({isExact}) => !isExact),
	};
};
