import {type Statement} from '../store.ts';
import {type NewJob} from './job.ts';
import {databaseClock, type QueueClock} from './queue-clock.ts';

const insertLane = ({lane, laneSize}: NewJob): Statement => ({
	sql: 'INSERT INTO lanes (name, max_running) VALUES (?, ?) ON CONFLICT (name) DO NOTHING',
	args: [lane, laneSize],
});

/**
 * Statements that put a job into the queue: to be written in one batch with what it works on. A job whose ID is there
 * already stays as it is.
 */
export const enqueue = (job: NewJob, clock: QueueClock = databaseClock): readonly Statement[] => [insertLane(job), {
	sql: `INSERT INTO jobs (id, type, lane, run_at, max_attempts, dedupe) VALUES (?, ?, ?, ${clock()} + ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
	args: [job.id, job.type, job.lane, job.delayMs ?? 0, job.maxAttempts, job.dedupe ?? null],
}];

/** The same, already claimed by whoever enqueues it: fence 1, first try. The lane's bound does not hold it up. */
export const enqueueLeased = (job: NewJob, {leaseBy, leaseMs}: {readonly leaseBy: string; readonly leaseMs: number}, clock: QueueClock = databaseClock): readonly Statement[] => [insertLane(job), {
	sql: `INSERT INTO jobs (id, type, lane, run_at, max_attempts, dedupe, state, attempt, fence, lease_by, lease_until)
		VALUES (?, ?, ?, ${clock()}, ?, ?, 'running', 1, 1, ?, ${clock()} + ?) ON CONFLICT (id) DO NOTHING`,
	args: [job.id, job.type, job.lane, job.maxAttempts, job.dedupe ?? null, leaseBy, leaseMs],
}];
