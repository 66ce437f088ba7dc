import {type AnySummary, type Tab} from '../../domain/records.ts';
import {type Store} from '../store.ts';
import {candidates} from './candidates.ts';
import {storable} from './condition-sql.ts';
import {summaryColumns} from './read-page.ts';
import {type Plan} from './plan.ts';
import {recordTables} from './record-table.ts';
import {toSummary} from './stored-record.ts';

const mostOfAKind = 20;

/** Records that hold a value in an indexed column, in order of time. */
export const relatedRecords = async (store: Store, tab: Tab, column: string, value: string): Promise<readonly AnySummary[]> => {
	const plan: Plan = {table: recordTables[tab], from: null, before: null, drive: {column, values: [storable(value)]}, rest: []};
	const {sql, args} = candidates(plan, {direction: 'newer', limit: mostOfAKind}, {columns: summaryColumns(plan)});
	const rows = await store.read(sql, args);
	return rows.map(row => toSummary(tab, row));
};
