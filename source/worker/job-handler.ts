import {type ClaimedJob} from '../store/queue/job.ts';
import {type Statement} from '../store/store.ts';

/** What the work on a job is given. */
export type HeldJob = {
	readonly job: ClaimedJob;
	/**
	 * Aborts when the worker stops, the job was cancelled or its lease is lost: the handler then ends soon, by throwing
	 * the signal's reason.
	 */
	readonly signal: AbortSignal;
	/**
	 * Goes first into each batch that the handler writes: it fails when the lease is lost, and nothing of it takes place.
	 * Extends the lease and brings the last report along, at most twice a second. Where `checkpoint` is given, it is asked
	 * then, and for the first batch of a try, for what the cursor will be once the batch is written.
	 */
	readonly guard: (checkpoint?: () => unknown) => readonly Statement[];
	/** What the next heartbeat, or guarded batch, writes: where another worker could go on, and how far this is. */
	readonly report: (state: {readonly cursor?: unknown; readonly effects?: readonly Statement[]}) => void;
};

/** Does the work; what it gives back is written in the transaction that ends the job. */
export type JobHandler = (held: HeldJob) => Promise<readonly Statement[]>;

/** Job types, and who does them. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** The worker was asked to end; the job goes back into the queue. */
export class WorkerStopping extends Error {
	override readonly name = 'WorkerStopping';
}

/** A person cancelled the job. */
export class JobCancelled extends Error {
	override readonly name = 'JobCancelled';
}
