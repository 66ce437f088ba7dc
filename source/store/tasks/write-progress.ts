import {type ProcessingStatus} from '../../domain/records.ts';
import {escapeUnstorable} from '../../domain/text/storable.ts';
import {databaseClock} from '../queue/queue-clock.ts';
import {type Statement} from '../store.ts';

export type TaskProgress = {
	/** 0-100. */
	readonly progress: number;
	readonly done: number;
	readonly failed: number;
	/** Null while it is not known. */
	readonly total: number | null;
	/** Milliseconds of work, of all tries. */
	readonly processingTimeMs: number;
};

export type TaskEnd = TaskProgress & {
	readonly processingStatus: ProcessingStatus;
	/** JSON value. */
	readonly result: unknown;
};

const columns = 'done_count = :done, failed_count = :failed, total_count = :total, progress = :progress, processing_time = :processingTimeMs';

const argsOf = ({progress, done, failed, total, processingTimeMs}: TaskProgress) => ({progress, done, failed, total, processingTimeMs: Math.round(processingTimeMs)});

/** How far a task is. Goes into a batch that holds its lease. */
export const writeProgress = (id: string, progress: TaskProgress): Statement => ({
	sql: `UPDATE tasks SET ${columns}, updated_at = ${databaseClock()} WHERE id = :id`,
	args: {id, ...argsOf(progress)},
});

/** A task is done. Goes into the batch that finishes its job. */
export const writeEnd = (id: string, end: TaskEnd): Statement => ({
	sql: `UPDATE tasks SET ${columns}, status = 'done', processing_status = :processingStatus, result = :result, error = NULL, updated_at = ${databaseClock()} WHERE id = :id`,
	args: {id, ...argsOf(end), processingStatus: end.processingStatus, result: escapeUnstorable(JSON.stringify(end.result))},
});

/** A task is back at its beginning. Goes into the batch that runs its job again. */
export const resetTask = (id: string): Statement => ({
	sql: `UPDATE tasks SET status = 'scheduled', processing_status = 'unknown', progress = 0, done_count = 0, failed_count = 0, total_count = NULL,
		processing_time = NULL, result = NULL, error = NULL, updated_at = ${databaseClock()}
		WHERE id = ? AND EXISTS (SELECT 1 FROM jobs WHERE jobs.id = tasks.id AND state = 'ready' AND attempt = 0)`,
	args: [id],
});
