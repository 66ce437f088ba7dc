import {type Filter} from '../../domain/query/filter.ts';
import {type ExportRecord, type Instant, type Tab} from '../../domain/records.ts';
import {insertRecord} from '../query/stored-record.ts';
import {type SqlRow, type Statement, type Store} from '../store.ts';

/** How an export is made, settled when it was asked for. */
export type ExportPlan = {
	readonly tab: Tab;
	readonly filter: Filter;
	readonly isRaw: boolean;
	/** The last record, in the order of their arrival, that it takes in. */
	readonly upToSeq: number;
	/** Name of the whole file in the directory of exports; null until there is one. */
	readonly file: string | null;
};

export type NewExportPlan = Omit<ExportPlan, 'upToSeq' | 'file'> & {
	/** Times between which its records lie: inclusive, exclusive. */
	readonly from: Instant | null;
	readonly before: Instant | null;
};

/**
 * Statements that create an export. The records of before this transaction belong to it: not the export itself, nor
 * the task that makes it.
 */
export const insertExport = (record: ExportRecord, {tab, filter, isRaw, from, before}: NewExportPlan): readonly Statement[] => [
	{
		sql: `INSERT INTO export_plans (export_id, tab, filter, is_raw, up_to_seq, from_at, before_at)
			SELECT :id, :tab, :filter, :isRaw, coalesce(${tab === 'tasks' ? '(SELECT seq - 1 FROM tasks WHERE id = :taskId)' : '(SELECT seq FROM sqlite_sequence WHERE name = :tab)'}, 0), :from, :before
			ON CONFLICT (export_id) DO NOTHING`,
		args: {id: record.id, tab, filter: JSON.stringify(filter), isRaw: isRaw ? 1 : 0, from, before, ...(tab === 'tasks' && {taskId: record.task_id})},
	},
	...insertRecord('exports', record),
];

const toPlan = (row: SqlRow): ExportPlan => ({
	tab: String(row.tab) as Tab,
	filter: JSON.parse(String(row.filter)) as Filter,
	isRaw: row.is_raw === 1,
	upToSeq: Number(row.up_to_seq),
	file: row.file === null || row.file === undefined ? null : String(row.file),
});

/** Null for an export that was not made here. */
export const readExportPlan = async (store: Store, exportId: string): Promise<ExportPlan | null> => {
	const [row] = await store.read('SELECT tab, filter, is_raw, up_to_seq, file FROM export_plans WHERE export_id = ?', [exportId]);
	return row === undefined ? null : toPlan(row);
};

/** What is known of the whole file. Goes into the transaction that ends the task. */
export const writeExportFile = (exportId: string, {file, rows, bytes, sha256}: {
	readonly file: string;
	readonly rows: number;
	readonly bytes: number;
	readonly sha256: string;
}): readonly Statement[] => [
	{sql: 'UPDATE exports SET rows = ?, bytes = ?, sha256 = ? WHERE id = ?', args: [rows, bytes, sha256, exportId]},
	{sql: 'UPDATE export_plans SET file = ? WHERE export_id = ?', args: [file, exportId]},
];

/** Of the exports of these IDs that were made here: the file that they refer to, and whether they may still be worked on. */
export const readExportFileStates = async (store: Store, exportIds: readonly string[]): Promise<ReadonlyMap<string, {readonly file: string | null; readonly isUnfinished: boolean}>> => {
	const rows = await store.read(`SELECT export_plans.export_id AS id, file, coalesce(tasks.status IN ('scheduled', 'in_progress'), 0) AS is_unfinished
		FROM export_plans LEFT JOIN exports ON exports.id = export_plans.export_id LEFT JOIN tasks ON tasks.id = exports.task_id
		WHERE export_plans.export_id IN (SELECT value FROM json_each(?))`, [JSON.stringify(exportIds)]);
	return new Map(rows.map(row => [String(row.id), {file: row.file === null ? null : String(row.file), isUnfinished: row.is_unfinished === 1}]));
};
