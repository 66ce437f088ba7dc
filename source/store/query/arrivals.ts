import {type Filter} from '../../domain/query/filter.ts';
import {type Tab} from '../../domain/records.ts';
import {type SqlRow, type Store} from '../store.ts';
import {conditionSql, isNarrow, joinSql} from './condition-sql.ts';
import {placeOf, type RowPage} from './read-page.ts';
import {recordTables} from './record-table.ts';
import {callBudgetMs} from './steps.ts';

/** The highest `seq` ever given in a tab. */
export const lastArrival = async (store: Store, tab: Tab): Promise<number> => {
	const [row] = await store.read('SELECT seq FROM sqlite_sequence WHERE name = ?', [tab]);
	return Number(row?.seq ?? 0);
};

const rowsAtOnce = 500;

/** Records in the order in which the store took them in, as far as one call may go; `next` is never null. */
export const arrivals = async (store: Store, tab: Tab, filter: Filter, {after, limit, signal}: {
	readonly after: number;
	readonly limit: number;
	readonly signal?: AbortSignal | undefined;
}): Promise<RowPage> => {
	const table = recordTables[tab];
	const join = table.content !== null && filter.some(condition => !isNarrow(table, condition)) ? `LEFT JOIN ${table.content.table} AS c ON c.seq = r.seq` : '';
	const where = joinSql(filter.map(condition => conditionSql(table, condition)), ' AND ');
	const columns = table.summary.map(column => `r."${column}" AS "${column}"`).join(', ');
	const found: SqlRow[] = [];
	const begin = performance.now();
	for (let from = after; ;) {
		signal?.throwIfAborted();
		const [last] = await store.read(`SELECT max(seq) AS seq, count(*) AS count FROM (SELECT seq FROM ${tab} WHERE seq > ? ORDER BY seq LIMIT ?)`, [from, rowsAtOnce]);
		const end = Number(last?.seq ?? from);
		found.push(...await store.read(
			`SELECT r.seq AS seq, ${columns} FROM ${tab} AS r ${join} WHERE r.seq > ? AND r.seq <= ?${where.sql === '' ? '' : ` AND ${where.sql}`} ORDER BY r.seq LIMIT ?`,
			[from, end, ...where.args, limit - found.length],
		));
		const newest = found.at(-1);
		if (found.length >= limit && newest !== undefined) {
			return {rows: found, next: placeOf(newest)};
		}

		if (Number(last?.count) < rowsAtOnce || performance.now() - begin > callBudgetMs / 2) {
			return {rows: found, next: {at: newest === undefined ? 0 : placeOf(newest).at, seq: end}};
		}

		from = end;
	}
};
