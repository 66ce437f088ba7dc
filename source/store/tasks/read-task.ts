import {type BackgroundTask} from '../../domain/records.ts';
import {recordTables} from '../query/record-table.ts';
import {toSummary} from '../query/stored-record.ts';
import {type Store} from '../store.ts';

const columns = recordTables.tasks.summary.map(column => `"${column}"`).join(', ');

/** Null when there is none of this ID. */
export const readTask = async (store: Store, id: string): Promise<BackgroundTask | null> => {
	const [row] = await store.read(`SELECT ${columns} FROM tasks WHERE id = ?`, [id]);
	return row === undefined ? null : toSummary('tasks', row);
};
