import {type Condition, type Filter, type Test} from '../../domain/query/filter.ts';
import {type Tab} from '../../domain/records.ts';
import {type SqlValue, type Store} from '../store.ts';
import {searchPlaces} from '../search/search-places.ts';
import {searchExpression} from '../search/trigrams.ts';
import {candidates, type Place} from './candidates.ts';
import {canHold, storable} from './condition-sql.ts';
import {distinctValues} from './distinct-values.ts';
import {recordTables, type RecordTable} from './record-table.ts';

/** A column's index and the values whose entries are merged. */
export type Drive = {readonly column: string; readonly values: readonly SqlValue[]};

/**
 * How a filter is carried out: the candidates are the entries of one index, in the order of the list and between two
 * times; each candidate is then tested for the `rest`. Nothing is ever sorted.
 */
export type Plan = {
	readonly table: RecordTable;
	/** Of `created_at`; `from` inclusive, `before` exclusive. */
	readonly from: number | null;
	readonly before: number | null;
	/** Null: the index by time. */
	readonly drive: Drive | null;
	readonly rest: Filter;
	/** In place of an index: the candidates themselves, in the order of the list, oldest first. Some may be deleted. */
	readonly listed?: readonly Place[];
	/** The last record, in the order in which the store took them in, that it may find; all where absent. */
	readonly upToSeq?: number;
};

/** More values than this are not merged. */
const valueLimit = 24;
const probeLimit = 300;

const valuesOf = async (store: Store, table: RecordTable, column: string, test: Test): Promise<readonly SqlValue[] | null> => {
	if (test.kind === 'empty') {
		return table.indexedWhenEmpty.has(column) ? [null] : null;
	}

	if (test.kind === 'contains' || !canHold(table, column, test)) {
		return null;
	}

	if (test.kind === 'equals') {
		return [storable(test.value)];
	}

	const values = await distinctValues(store, table, column, test, valueLimit + 1);
	return values.length > valueLimit ? null : values;
};

const driveOf = async (store: Store, table: RecordTable, {fields, tests, isNegated}: Condition): Promise<Drive | null> => {
	const [column = '', ...others] = fields;
	if (isNegated || others.length > 0 || !table.indexed.has(column)) {
		return null;
	}

	const values = new Set<SqlValue>();
	for (const test of tests) {
		const found = await valuesOf(store, table, column, test);
		if (found === null || values.size + found.length > valueLimit) {
			return null;
		}

		for (const value of found) {
			values.add(value);
		}
	}

	return {column, values: [...values]};
};

/** Few entries are best; of many, those that lie furthest apart. */
const sparseness = async (store: Store, plan: Plan): Promise<number> => {
	if (plan.drive?.values.length === 0) {
		return Number.POSITIVE_INFINITY;
	}

	const {sql, args} = candidates(plan, {direction: 'older', limit: probeLimit});
	const [row] = await store.read(`SELECT count(*) AS count, max(created_at) - min(created_at) AS span FROM (${sql})`, args);
	const count = Number(row?.count);
	return count < probeLimit ? Number.MAX_SAFE_INTEGER - count : Number(row?.span);
};

const isTimeRange = ({fields, tests, isNegated}: Condition): boolean =>
	!isNegated && fields.length === 1 && fields[0] === 'created_at' && tests.length === 1 && tests[0]?.kind === 'range';

/** The candidates that the search index gives for a text, where they are fewer than the plan has. */
const listOf = async (store: Store, plan: Plan, filter: Filter, signal: AbortSignal | undefined): Promise<readonly Place[] | null> => {
	const expression = plan.table.tab === 'logs' ? searchExpression(filter) : null;
	if (expression === null || plan.drive?.values.length === 0) {
		return null;
	}

	const {sql, args} = candidates(plan, {direction: 'older', limit: 1, offset: probeLimit - 1});
	return (await store.read(sql, args)).length === 0 ? null : searchPlaces(store, expression, {...plan, signal});
};

export const planFilter = async (store: Store, tab: Tab, filter: Filter, signal?: AbortSignal): Promise<Plan> => {
	const table = recordTables[tab];
	let from: number | null = null;
	let before: number | null = null;
	const conditions: Condition[] = [];
	for (const condition of filter) {
		const [test] = condition.tests;
		if (isTimeRange(condition) && test?.kind === 'range') {
			from = test.from === undefined ? from : Math.max(from ?? test.from, test.from);
			before = test.before === undefined ? before : Math.min(before ?? test.before, test.before);
		} else {
			conditions.push(condition);
		}
	}

	const plan: Plan = {table, from, before, drive: null, rest: conditions};
	const choices: Plan[] = [];
	for (const condition of conditions) {
		const drive = await driveOf(store, table, condition);
		if (drive !== null) {
			choices.push({...plan, drive, rest: conditions.filter(other => other !== condition)});
		}
	}

	let best = choices[0] ?? plan;
	if (choices.length > 1) {
		let bestSparseness = -1;
		for (const choice of choices) {
			const value = await sparseness(store, choice);
			if (value > bestSparseness) {
				bestSparseness = value;
				best = choice;
			}
		}
	}

	const listed = await listOf(store, best, conditions, signal);
	return listed === null ? best : {...plan, listed};
};
