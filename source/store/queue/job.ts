export type JobState = 'ready' | 'running' | 'done' | 'dead' | 'cancelled';

/** The right to work on a job, until the lease lapses and another claims it: then `fence` is no longer the job's. */
export type Lease = {readonly id: string; readonly fence: number};

/** A job as its claim gives it. */
export type ClaimedJob = Lease & {
	readonly type: string;
	readonly lane: string;
	/** Which try this is, from 1. */
	readonly attempt: number;
	readonly maxAttempts: number;
	/** The last checkpoint, a JSON value; null at the beginning. */
	readonly cursor: unknown;
};

export type NewJob = {
	/** Of what the job works on: a background task's, a sendout's. */
	readonly id: string;
	readonly type: string;
	readonly lane: string;
	/** How many jobs of the lane run at once, in all workers; counts when the lane is new. */
	readonly laneSize: number;
	readonly maxAttempts: number;
	/** Milliseconds from now. */
	readonly delayMs?: number;
	/** Only one job of this key is ready or running; enqueueing another one fails with SQLITE_CONSTRAINT. */
	readonly dedupe?: string;
};

/** The lease was lost: another worker has, or had, the job. What was done since belongs to nobody. */
export class LeaseLost extends Error {
	override readonly name = 'LeaseLost';

	constructor() {
		super('the lease was lost to another worker');
	}
}
