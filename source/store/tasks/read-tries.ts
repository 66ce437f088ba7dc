import {type Store} from '../store.ts';

/** How often a worker began the work of a background task, and what ended the try before. */
export type Tries = {readonly made: number; readonly of: number; readonly lastError: string | null};

/** Null when auditty does not carry the task out. */
export const readTries = async (store: Store, taskId: string): Promise<Tries | null> => {
	const [row] = await store.read('SELECT attempt, max_attempts, error FROM jobs WHERE id = ?', [taskId]);
	return row === undefined ? null : {made: Number(row.attempt), of: Number(row.max_attempts), lastError: row.error === null ? null : String(row.error)};
};
