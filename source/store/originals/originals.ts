import {type Instant} from '../../domain/records.ts';
import {escapeUnstorable, unescapeUnstorable} from '../../domain/text/storable.ts';
import {type SqlRow, type Statement, type Store} from '../store.ts';

/** The kept file of an import. */
export type Original = {
	/** What the file was called. */
	readonly name: string;
	/** Of the bytes that are kept; the file is named by it. Lower-case hex. */
	readonly sha256: string;
	readonly bytes: number;
	readonly isCompressed: boolean;
	readonly secretsReplaced: number;
};

/** Names the directory of this store's files. */
export const readStoreIdentity = async (store: Store): Promise<string> => {
	const [row] = await store.read('SELECT id FROM store_identity');
	return String(row?.id);
};

/** The statement that links a file to the import. `newest` is the latest that one of its logs counts from. */
export const insertOriginal = (taskId: string, {name, sha256, bytes, isCompressed, secretsReplaced}: Original, newest: Instant): Statement => ({
	sql: `INSERT INTO originals (task_id, name, sha256, bytes, is_compressed, secrets_replaced, newest_log_at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (task_id) DO UPDATE SET name = excluded.name, sha256 = excluded.sha256, bytes = excluded.bytes, is_compressed = excluded.is_compressed,
			secrets_replaced = excluded.secrets_replaced, newest_log_at = excluded.newest_log_at`,
	args: [taskId, escapeUnstorable(name), sha256, bytes, isCompressed ? 1 : 0, secretsReplaced, newest],
});

const toOriginal = (row: SqlRow): Original => ({
	name: unescapeUnstorable(String(row.name)), sha256: String(row.sha256), bytes: Number(row.bytes), isCompressed: row.is_compressed === 1, secretsReplaced: Number(row.secrets_replaced),
});

/** Null when none is kept. */
export const readOriginal = async (store: Store, taskId: string): Promise<Original | null> => {
	const [row] = await store.read('SELECT * FROM originals WHERE task_id = ?', [taskId]);
	return row === undefined ? null : toOriginal(row);
};

/** The import that a log came in by; null when it came in otherwise, or there is no such log. */
export const readImportOfLog = async (store: Store, logId: string): Promise<string | null> => {
	const [row] = await store.read('SELECT import_task_id FROM logs WHERE id = ?', [escapeUnstorable(logId)]);
	return row === undefined || row.import_task_id === null ? null : String(row.import_task_id);
};

/** Forgets the originals all of whose logs are older than that, and gives the names of the files still referred to. */
export const forgetOldOriginals = async (store: Store, before: Instant): Promise<ReadonlySet<string>> => {
	const [, rest] = await store.write([
		{sql: 'DELETE FROM originals WHERE newest_log_at < ?', args: [before]},
		{sql: 'SELECT DISTINCT sha256 FROM originals'},
	]);
	return new Set(rest?.rows.map(row => String(row.sha256)));
};
