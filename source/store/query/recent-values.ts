import {type SqlValue, type Store} from '../store.ts';
import {type RecordTable} from './record-table.ts';

const recordsLookedAt = 5000;

/** The values of a column without an index in the records that came last, in order, without null. */
export const recentValues = async (store: Store, table: RecordTable, column: string): Promise<readonly SqlValue[]> => {
	const rows = await store.read<{value: SqlValue}>(
		`SELECT DISTINCT value FROM (SELECT "${column}" AS value FROM ${table.tab} ORDER BY seq DESC LIMIT ${recordsLookedAt}) WHERE value IS NOT NULL ORDER BY value`,
	);
	return rows.map(({value}) => value);
};
