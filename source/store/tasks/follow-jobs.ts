import {type Statement} from '../store.ts';

/**
 * Statements of the queue's own transactions that let the rows of background tasks follow their jobs. A job that is no
 * task's (a sendout's) has no row here, and nothing happens.
 */

/** Tasks whose job is dead or cancelled and that still look as if it were not; of one job, or of all. */
export const settleTasksOfEndedJobs = (now: string, jobId?: string): readonly Statement[] => [{
	sql: `UPDATE tasks SET status = 'failed', processing_status = 'failure', updated_at = ${now},
			error = CASE jobs.state WHEN 'cancelled' THEN 'cancelled' ELSE coalesce(jobs.error, 'failed') END
		FROM jobs WHERE jobs.id = tasks.id AND jobs.state IN ('dead', 'cancelled')
			AND tasks.status IN ('scheduled', 'in_progress') AND tasks.origin = 'local'${jobId === undefined ? '' : ' AND tasks.id = ?'}`,
	...(jobId !== undefined && {args: [jobId]}),
}];

/** The task of a job that was given back, or whose try failed, waits for a worker again if the job does. */
export const scheduleTaskOfReadyJob = (now: string, jobId: string): Statement => ({
	sql: `UPDATE tasks SET status = 'scheduled', updated_at = ${now} WHERE id = ? AND status = 'in_progress' AND EXISTS (SELECT 1 FROM jobs WHERE jobs.id = tasks.id AND jobs.state = 'ready')`,
	args: [jobId],
});

/** Tasks that a claim has just taken. */
export const startTasksOfClaim = (now: string, claim: string): Statement => ({
	sql: `UPDATE tasks SET status = 'in_progress', updated_at = ${now}, error = NULL WHERE id IN (SELECT id FROM jobs WHERE state = 'running' AND lease_by = ?)`,
	args: [claim],
});
