import {type ExportRecord, type Instant} from '../../domain/records.ts';
import {recordTables} from '../query/record-table.ts';
import {toStored} from '../query/stored-record.ts';
import {type Statement, type Store} from '../store.ts';

const table = recordTables.exports;
const changing = ['status', 'user', 'query', 'fields', 'order'];

// Rows, size and hash are known once the file is here, and stay.
const upsert = `INSERT INTO exports (${table.summary.map(column => `"${column}"`).join(', ')}) SELECT ${table.summary.map((_, index) => `value ->> ${index}`).join(', ')}
	FROM json_each(?) WHERE true
	ON CONFLICT (id) DO UPDATE SET ${changing.map(column => `"${column}" = excluded."${column}"`).join(', ')}, error = excluded.error
	WHERE exports.origin = 'voucherify' AND (${[...changing, 'error'].map(column => `exports."${column}" IS NOT excluded."${column}"`).join(' OR ')})`;

/** The statement that stores exports of the project, and brings those up to date that are here; nothing is written where nothing is new. */
export const upsertRemoteExports = (exports: readonly ExportRecord[]): Statement => ({
	sql: upsert,
	args: [JSON.stringify(exports.map(record => table.summary.map(column => toStored(table, column, record[column as keyof ExportRecord]))))],
});

/** Of these: which are in the store, and which of them are done. */
export const knownExports = async (store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, {readonly isDone: boolean}>> => {
	const rows = await store.read('SELECT id, status FROM exports WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(ids)]);
	return new Map(rows.map(row => [String(row.id), {isDone: row.status === 'done'}]));
};

/** Exports of the project that were not at their end when they were last seen. */
export const readOpenExports = async (store: Store): Promise<readonly string[]> =>
	(await store.read(`SELECT id FROM exports WHERE origin = 'voucherify' AND status IN ('scheduled', 'in_progress') ORDER BY created_at DESC`)).map(({id}) => String(id));

/** An export that the project no longer has. */
export const closeOpenExport = (id: string): Statement => ({
	sql: `UPDATE exports SET status = 'error', error = 'Voucherify no longer has it' WHERE id = ? AND origin = 'voucherify' AND status IN ('scheduled', 'in_progress')`,
	args: [id],
});

/** A pull made this one. */
export const noteOwnExport = (id: string, at: Instant): Statement => ({sql: 'INSERT INTO pull_own_exports (export_id, created_at) VALUES (?, ?) ON CONFLICT (export_id) DO NOTHING', args: [id, at]});

/** Which of these a pull made. */
export const ownExports = async (store: Store, ids: readonly string[]): Promise<ReadonlySet<string>> =>
	new Set((await store.read('SELECT export_id FROM pull_own_exports WHERE export_id IN (SELECT value FROM json_each(?))', [JSON.stringify(ids)])).map(row => String(row.export_id)));

/** Statements that tell of the file of an export that was fetched. The plan is that of no export of ours: it names the file. */
export const writeFetchedFile = (id: string, {file, rows, bytes, sha256}: {readonly file: string; readonly rows: number; readonly bytes: number; readonly sha256: string}): readonly Statement[] => [
	{
		sql: `INSERT INTO export_plans (export_id, tab, filter, is_raw, up_to_seq, file) VALUES (?, 'logs', '[]', 1, 0, ?) ON CONFLICT (export_id) DO UPDATE SET file = excluded.file`,
		args: [id, file],
	},
	{sql: `UPDATE exports SET rows = ?, bytes = ?, sha256 = ? WHERE id = ? AND origin = 'voucherify'`, args: [rows, bytes, sha256, id]},
];
