import {type Tab} from '../../domain/records.ts';
import {type Store} from '../store.ts';
import {candidates, restSql} from './candidates.ts';
import {isNarrow, joinSql} from './condition-sql.ts';
import {type Drive, type Plan} from './plan.ts';

export type TimelineSample = {
	readonly counts: ReadonlyArray<{readonly total: number; readonly failures: number}>;
	readonly isPartial: boolean;
};

/** What a failure is in each tab. */
const failures: {readonly [T in Tab]: Drive} = {
	logs: {column: 'outcome', values: ['failure']},
	tasks: {column: 'status', values: ['failed']},
	exports: {column: 'status', values: ['error']},
	sendouts: {column: 'status', values: ['failed']},
};

/** Candidates that are looked at in all buckets together: entries of an index, rows, rows with their bodies. */
const limits = {entries: 400_000, rows: 20_000, bodies: 2000};

type Slice = {readonly from: number; readonly before: number};
type Counted = {readonly total: number; readonly failures: number; readonly isExact: boolean};

const isIndexed = (plan: Plan): boolean => plan.table.indexed.has(failures[plan.table.tab].column);

/** Of a slice with more candidates than the limit, the newest are counted, and taken for the rest of it. */
const countSlice = async (store: Store, plan: Plan, {from, before}: Slice, limit: number): Promise<Counted> => {
	const {column, values: [failure]} = failures[plan.table.tab];
	const isEntryEnough = plan.rest.length === 0 && plan.drive === null && isIndexed(plan);
	const {sql, args} = candidates({...plan, from, before}, {direction: 'older', limit}, isEntryEnough ? {} : {
		columns: [
			joinSql([restSql(plan), {sql: 'AS matched', args: []}], ' '),
			{sql: `r."${column}" = ? AS failed`, args: [failure ?? null]},
		],
		hasContentColumns: true,
	});
	const sums = isEntryEnough ? 'count(*) AS total, 0 AS failures' : 'sum(matched) AS total, sum(matched AND failed) AS failures';
	const [row] = await store.read(`SELECT count(*) AS seen, min(created_at) AS reached, ${sums} FROM (${sql})`, args);
	const isExact = Number(row?.seen) < limit;
	const factor = isExact ? 1 : (before - from) / Math.max(1, before - Number(row?.reached));
	return {total: Math.round(Number(row?.total ?? 0) * factor), failures: Math.round(Number(row?.failures ?? 0) * factor), isExact};
};

const limitOf = (plan: Plan): number => {
	if (plan.rest.length === 0 && (plan.drive === null ? isIndexed(plan) : plan.drive.column === failures[plan.table.tab].column)) {
		return limits.entries;
	}

	return plan.rest.every(condition => isNarrow(plan.table, condition)) ? limits.rows : limits.bodies;
};

/**
 * Counts what a plan finds in equal parts of a range, exactly where a part holds few candidates, from a sample of them
 * where it holds many: one call looks at so many candidates and no more, however large the store is.
 */
export const sampleTimeline = async (store: Store, plan: Plan, {from, before, buckets, signal}: {
	readonly from: number;
	readonly before: number;
	readonly buckets: number;
	readonly signal?: AbortSignal | undefined;
}): Promise<TimelineSample> => {
	const edge = (index: number): number => from + Math.floor((before - from) * index / buckets);
	const limit = Math.ceil(limitOf(plan) / buckets);
	// Without a filter, failures have an index of their own, and are few.
	const failurePlan = plan.rest.length === 0 && plan.drive === null && isIndexed(plan) ? {...plan, drive: failures[plan.table.tab]} : null;
	const counts: Array<{total: number; failures: number}> = [];
	let isPartial = false;
	for (let index = 0; index < buckets; index++) {
		signal?.throwIfAborted();
		const slice = {from: edge(index), before: edge(index + 1)};
		if (plan.drive?.values.length === 0) {
			counts.push({total: 0, failures: 0});
			continue;
		}

		const counted = await countSlice(store, plan, slice, limit);
		const failed = failurePlan === null ? counted : await countSlice(store, failurePlan, slice, limit);
		counts.push({total: Math.max(counted.total, failed.failures), failures: failed.failures});
		isPartial ||= !counted.isExact || !failed.isExact;
	}

	return {counts, isPartial};
};
