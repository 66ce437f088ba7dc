import {type SqlValue} from '../store.ts';
import {conditionSql, isNarrow, joinSql, type Sql} from './condition-sql.ts';
import {type Plan} from './plan.ts';

/** A record's place in the order of the list. */
export type Place = {readonly at: number; readonly seq: number};

export type Direction = 'older' | 'newer';

export type Window = {
	readonly direction: Direction;
	/** Begins behind this place, or at this time. */
	readonly start?: Place | {readonly at: number} | undefined;
	/** The last place that belongs to it. */
	readonly end?: Place | undefined;
	readonly limit: number;
	readonly offset?: number;
	/** Within these times too, as SQL of a query around this one; `from` inclusive, `before` exclusive. */
	readonly within?: {readonly from: string; readonly before: string};
};

type Choice = {
	/** Columns beside `created_at` and `seq`. */
	readonly columns?: readonly Sql[];
	/** Columns name what only the content holds. */
	readonly hasContentColumns?: boolean;
	/** Only candidates for which the rest of the filter holds. */
	readonly isTested?: boolean;
};

/** The rest of a plan's filter, what needs no content first; true where there is none. */
export const restSql = ({table, rest}: Plan): Sql => {
	const inOrder = [...rest].sort((a, b) => Number(isNarrow(table, b)) - Number(isNarrow(table, a)));
	return rest.length === 0 ? {sql: 'TRUE', args: []} : joinSql(inOrder.map(condition => conditionSql(table, condition)), ' AND ');
};

/** How many places of a list lie before one, or, with `isWith`, up to it. */
const countBefore = (listed: readonly Place[], {at, seq}: Place, isWith: boolean): number => {
	let least = 0;
	let most = listed.length;
	while (least < most) {
		const middle = (least + most) >>> 1;
		const {at: otherAt = 0, seq: otherSeq = 0} = listed[middle] ?? {};
		const order = otherAt - at || otherSeq - seq;
		if (order < 0 || (isWith && order === 0)) {
			least = middle + 1;
		} else {
			most = middle;
		}
	}

	return least;
};

/** The listed candidates from a window's start to its end, in its direction. */
export const listedOf = (listed: readonly Place[], {direction, start, end}: Pick<Window, 'direction' | 'start' | 'end'>): readonly Place[] => {
	if (direction === 'older') {
		const from = end === undefined ? 0 : countBefore(listed, end, false);
		return listed.slice(from, start === undefined ? listed.length : countBefore(listed, {seq: Number.POSITIVE_INFINITY, ...start}, false)).toReversed();
	}

	const from = start === undefined ? 0 : countBefore(listed, {seq: Number.NEGATIVE_INFINITY, ...start}, true);
	return listed.slice(from, end === undefined ? listed.length : countBefore(listed, end, true));
};

type Part = readonly [sql: string, ...args: readonly SqlValue[]];

/** Of records made in the same millisecond, those behind the start; then those of other times. */
const startParts = ({direction, start}: Window): readonly (readonly Part[])[] => {
	if (start === undefined) {
		return [[]];
	}

	const than = direction === 'older' ? '<' : '>';
	return 'seq' in start
		? [
			[['r.created_at = ?', start.at], [`r.seq ${than} ?`, start.seq]],
			[[`r.created_at ${than} ?`, start.at]],
		]
		: [[[`r.created_at ${than}= ?`, start.at]]];
};

const endParts = ({direction, end}: Window): readonly Part[] => {
	if (end === undefined) {
		return [];
	}

	const than = direction === 'older' ? '>' : '<';
	// The first limits the range that the index reads, the second what it holds of one millisecond.
	return [[`r.created_at ${than}= ?`, end.at], [`(r.created_at ${than} ? OR r.seq ${than}= ?)`, end.at, end.seq]];
};

const drivePart = (column: string, value: SqlValue): Part => value === null ? [`r."${column}" IS NULL`] : [`r."${column}" = ?`, value];

const rangeParts = ({from, before, upToSeq}: Plan, {within}: Window): readonly Part[] => [
	...(within === undefined ? [] : [[`r.created_at >= ${within.from}`] as const, [`r.created_at < ${within.before}`] as const]),
	...(from === null ? [] : [['r.created_at >= ?', from] as const]),
	...(before === null ? [] : [['r.created_at < ?', before] as const]),
	...(upToSeq === undefined ? [] : [['r.seq <= ?', upToSeq] as const]),
];

const fromSql = ({table, drive, rest, listed}: Plan, isRestNeeded: boolean): string => {
	const index = `${table.tab}_by_${drive?.column ?? 'created_at'}`;
	const content = isRestNeeded && rest.some(condition => !isNarrow(table, condition)) ? table.content : null;
	const join = content === null ? '' : ` LEFT JOIN ${content.table} AS c ON c.seq = r.seq`;
	return listed === undefined ? `FROM ${table.tab} AS r INDEXED BY ${index}${join}` : `FROM json_each(?) AS k CROSS JOIN ${table.tab} AS r ON r.seq = k.value${join}`;
};

/** One arm: the list has the window's start and end already. */
const listedArm = (plan: Plan, window: Window, {chosen, rest}: {readonly chosen: Sql; readonly rest: readonly Sql[]}): Sql => {
	const seqs = listedOf(plan.listed ?? [], window).map(({seq}) => seq);
	const where = joinSql([...rangeParts(plan, window).map(([sql, ...args]): Sql => ({sql, args})), ...rest], ' AND ');
	return {
		sql: `SELECT ${chosen.sql} ${fromSql(plan, true)}${where.sql === '' ? '' : ` WHERE ${where.sql}`}`,
		args: [...chosen.args, JSON.stringify(seqs), ...where.args],
	};
};

/**
 * SQL of a window of a plan's candidates, in the order of the list. One SELECT a value of the driving column, which
 * SQLite merges as it goes (`MERGE (UNION ALL)`), for each reads its index in order. A plan without values has no SQL.
 */
export const candidates = (plan: Plan, window: Window, {columns = [], hasContentColumns = false, isTested = false}: Choice = {}): Sql => {
	const order = window.direction === 'older' ? 'DESC' : 'ASC';
	const chosen = joinSql([{sql: 'r.created_at AS created_at, r.seq AS seq', args: []}, ...columns], ', ');
	const source = fromSql(plan, isTested || hasContentColumns);
	const values: ReadonlyArray<readonly Part[]> = plan.drive === null ? [[]] : plan.drive.values.map(value => [drivePart(plan.drive?.column ?? '', value)]);
	const rest = isTested && plan.rest.length > 0 ? [restSql(plan)] : [];

	const arms = plan.listed !== undefined ? [listedArm(plan, window, {chosen, rest})] : values.flatMap(value => startParts(window).map((start): Sql => {
		const parts = [...value, ...start, ...rangeParts(plan, window), ...endParts(window)].map(([sql, ...args]): Sql => ({sql, args}));
		const where = joinSql([...parts, ...rest], ' AND ');
		return {
			sql: `SELECT ${chosen.sql} ${source}${where.sql === '' ? '' : ` WHERE ${where.sql}`}`,
			args: [...chosen.args, ...where.args],
		};
	}));
	const {sql, args} = joinSql(arms, ' UNION ALL ');
	return {
		sql: `${sql} ORDER BY created_at ${order}, seq ${order} LIMIT ? OFFSET ?`,
		args: [...args, window.limit, window.offset ?? 0],
	};
};
