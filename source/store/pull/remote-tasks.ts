import {type BackgroundTask} from '../../domain/records.ts';
import {recordTables} from '../query/record-table.ts';
import {toStored} from '../query/stored-record.ts';
import {type Statement, type Store} from '../store.ts';

const table = recordTables.tasks;
const columns = table.summary.map(column => `"${column}"`);

/** What an answer can leave out: what is known of it stays. */
const optional = new Set(['total_count', 'processing_time', 'updated_at', 'user', 'request_id', 'log_id', 'result', 'error']);
const fixed = new Set(['id', 'created_at', 'origin', 'export_id', 'parameters']);
const changing = table.summary.filter(column => !fixed.has(column));

/** They only grow, and an answer without a result leaves them out, which is stored as 0. */
const counts = new Set(['done_count', 'failed_count']);

const nextOf = (column: string): string => counts.has(column) ? `max(excluded."${column}", tasks."${column}")` : optional.has(column) ? `coalesce(excluded."${column}", tasks."${column}")` : `excluded."${column}"`;

// A task that ended does not go on again: an older answer may come after a newer one.
const upsert = `INSERT INTO tasks (${columns.join(', ')}) SELECT ${table.summary.map((column, index) => counts.has(column) ? `coalesce(value ->> ${index}, 0)` : `value ->> ${index}`).join(', ')}
	FROM json_each(?) WHERE true
	ON CONFLICT (id) DO UPDATE SET ${changing.map(column => `"${column}" = ${nextOf(column)}`).join(', ')}
	WHERE tasks.origin = 'voucherify' AND NOT (tasks.status IN ('done', 'failed') AND excluded.status IN ('scheduled', 'in_progress'))
		AND (${changing.map(column => `tasks."${column}" IS NOT ${nextOf(column)}`).join(' OR ')})`;

/** A background task of the project, as an answer tells of it. */
export type RemoteTaskRow = Omit<BackgroundTask, 'done_count' | 'failed_count'> & {
	/** Null where the answer does not tell. */
	readonly done_count: number | null;
	readonly failed_count: number | null;
	/** The answer tells all there is. */
	readonly isWhole: boolean;
};

const isOver = ({status}: RemoteTaskRow): boolean => status === 'done' || status === 'failed';

/**
 * Statements that store background tasks of the project, and bring those up to date that are here. One whose answer does not tell
 * all, or that is not at its end, is noted as to be asked for singly. Nothing is written where nothing is new.
 */
export const upsertRemoteTasks = (tasks: readonly RemoteTaskRow[]): readonly Statement[] => {
	const whole = tasks.filter(task => task.isWhole && isOver(task)).map(({id}) => id);
	const others = tasks.filter(task => !task.isWhole || !isOver(task)).map(task => [task.id, isOver(task) ? 1 : 0]);
	return [
		// Before they are stored: one that is here with its result needs no second asking.
		{
			sql: `INSERT INTO pull_open_tasks (task_id, is_finished) SELECT value ->> 0, value ->> 1 FROM json_each(?)
				WHERE NOT EXISTS (SELECT 1 FROM tasks WHERE id = value ->> 0 AND status IN ('done', 'failed') AND NOT EXISTS (SELECT 1 FROM pull_open_tasks WHERE task_id = value ->> 0))
				ON CONFLICT (task_id) DO UPDATE SET is_finished = excluded.is_finished WHERE is_finished <> excluded.is_finished`,
			args: [JSON.stringify(others)],
		},
		{sql: upsert, args: [JSON.stringify(tasks.map(task => table.summary.map(column => toStored(table, column, task[column as keyof BackgroundTask]))))]},
		{sql: 'DELETE FROM pull_open_tasks WHERE task_id IN (SELECT value FROM json_each(?))', args: [JSON.stringify(whole)]},
	];
};

/** A task to be asked for singly, as it is in the store. */
export type OpenTask = {readonly id: string; readonly isFinished: boolean; readonly status: string; readonly progress: number};

/** Tasks to be asked for singly: those that are not at their end first, then the newest. */
export const readOpenTasks = async (store: Store): Promise<readonly OpenTask[]> => {
	const rows = await store.read(`SELECT task_id, is_finished, status, progress FROM pull_open_tasks LEFT JOIN tasks ON tasks.id = task_id ORDER BY is_finished, created_at DESC, task_id`);
	return rows.map(row => ({id: String(row.task_id), isFinished: row.is_finished === 1, status: String(row.status), progress: Number(row.progress)}));
};

/** A task that the project does not know any more is not asked for again. */
export const closeOpenTask = (id: string): Statement => ({sql: 'DELETE FROM pull_open_tasks WHERE task_id = ?', args: [id]});

/** Which of these are in the store. */
export const knownTasks = async (store: Store, ids: readonly string[]): Promise<ReadonlySet<string>> =>
	new Set((await store.read('SELECT id FROM tasks WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(ids)])).map(({id}) => String(id)));

/** The same for one that was not at its end. */
export const failOpenTask = (id: string): Statement => ({
	sql: `UPDATE tasks SET status = 'failed', error = 'Voucherify no longer has it' WHERE id = ? AND origin = 'voucherify' AND status IN ('scheduled', 'in_progress')`,
	args: [id],
});
