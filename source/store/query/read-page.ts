import {type SqlRow, type SqlValue, type Store} from '../store.ts';
import {candidates, type Direction, type Place} from './candidates.ts';
import {type Sql} from './condition-sql.ts';
import {type Plan} from './plan.ts';
import {walkCandidates} from './steps.ts';

export type PageWindow = {
	readonly direction: Direction;
	readonly start?: Place | {readonly at: number} | undefined;
	readonly limit: number;
	/** In place of all columns of a list. */
	readonly columns?: readonly Sql[];
	/** In place of the store's own way of reading rows. */
	readonly readRows?: (sql: string, args: readonly SqlValue[]) => Promise<readonly SqlRow[]>;
	readonly signal?: AbortSignal | undefined;
};

/** Rows with all summary columns, `created_at` and `seq`. `next` is null when nothing is left. */
export type RowPage = {readonly rows: readonly SqlRow[]; readonly next: Place | null};

export const placeOf = (row: SqlRow): Place => ({at: Number(row.created_at), seq: Number(row.seq)});

/** Columns of a list, for a SELECT that has `created_at` already. */
export const summaryColumns = (plan: Plan): readonly Sql[] =>
	plan.table.summary.filter(column => column !== 'created_at').map(column => ({sql: `r."${column}" AS "${column}"`, args: []}));

/**
 * A page by keyset. Where every candidate counts, it is one query; otherwise candidates are tested in bounded steps,
 * and the answer can hold fewer rows than the limit, or none, while `next` says where to go on.
 */
export const readPage = async (store: Store, plan: Plan, {direction, start, limit, signal, columns = summaryColumns(plan), readRows = (sql, args) => store.read(sql, args)}: PageWindow): Promise<RowPage> => {
	if (plan.drive?.values.length === 0 || limit <= 0) {
		return {rows: [], next: null};
	}

	if (plan.rest.length === 0) {
		const {sql, args} = candidates(plan, {direction, start, limit: limit + 1}, {columns});
		const rows = await readRows(sql, args);
		const last = rows[limit - 1];
		return rows.length > limit && last !== undefined ? {rows: rows.slice(0, limit), next: placeOf(last)} : {rows, next: null};
	}

	const found: SqlRow[] = [];
	const next = await walkCandidates(store, plan, {direction, start, signal, async take(step) {
		const {sql, args} = candidates(plan, {direction, start: step.start, end: step.end ?? undefined, limit: limit - found.length}, {columns, isTested: true});
		found.push(...await readRows(sql, args));
		return found.length < limit;
	}});
	const last = found.at(-1);
	return {rows: found, next: found.length >= limit && last !== undefined ? placeOf(last) : next};
};
