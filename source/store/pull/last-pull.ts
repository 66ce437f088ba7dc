import {type BackgroundTask} from '../../domain/records.ts';
import {recordTables} from '../query/record-table.ts';
import {toSummary} from '../query/stored-record.ts';
import {type Store} from '../store.ts';

const columns = recordTables.tasks.summary.map(column => `"${column}"`).join(', ');

/** The last pull, whatever became of it; null when there was none. */
export const readLastPull = async (store: Store): Promise<BackgroundTask | null> => {
	const [row] = await store.read(`SELECT ${columns} FROM tasks WHERE type = 'VOUCHERIFY.PULL' AND origin = 'local' ORDER BY created_at DESC, seq DESC LIMIT 1`);
	return row === undefined ? null : toSummary('tasks', row);
};
