import {Fault} from '../domain/fault.ts';
import {type ClaimedJob} from '../store/queue/job.ts';
import {databaseClock, type QueueClock} from '../store/queue/queue-clock.ts';
import {createQueue} from '../store/queue/queue.ts';
import {type Store} from '../store/store.ts';
import {type DeliveryResult} from '../store/webhooks/record-deliveries.ts';
import {type JobHandlers} from './job-handler.ts';
import {type Routine} from './routines.ts';
import {type JobEnd, runJob} from './run-job.ts';
import {createWaker} from './waker.ts';
import {workerName} from './worker-name.ts';

export type WorkerEvent =
	| {readonly kind: 'started' | 'stopping' | 'stopped'; readonly worker: string}
	| {readonly kind: 'claimed'; readonly job: ClaimedJob}
	| {readonly kind: 'ended'; readonly job: ClaimedJob; readonly end: JobEnd; readonly durationMs: number}
	| {readonly kind: 'delivered'; readonly result: DeliveryResult}
	/** The store cannot be used just now; the worker tries again. */
	| {readonly kind: 'store-fault'; readonly error: unknown};

/** So many jobs at once, whatever the lanes allow. */
const capacity = 8;
const idleHorizonMs = 5000;

/**
 * Claims due jobs and runs them until `signal` aborts, or, with `isUntilIdle`, until nothing runs anywhere (the lease of
 * another worker is waited out) and nothing falls due within 5 s. When it is asked to end, it gives back what it holds.
 * Any number of workers may share a store. Throws a Fault only with `isUntilIdle`, when the store cannot be used.
 */
export const runWorker = async ({store, handlers, leaseMs, signal, isUntilIdle = false, routines = [], idleTypes, log, clock = databaseClock, pollMs = {least: 100, most: 500}}: {
	readonly store: Store;
	readonly handlers: JobHandlers;
	readonly leaseMs: number;
	readonly signal: AbortSignal;
	readonly isUntilIdle?: boolean;
	readonly routines?: readonly Routine[];
	/** Types of job of which none may fall due soon, for `isUntilIdle`; those of `handlers` unless given. */
	readonly idleTypes?: readonly string[];
	readonly log: (event: WorkerEvent) => void;
	readonly clock?: QueueClock;
	/** How often to look for work: right after there was some, and when there has been none for long. */
	readonly pollMs?: {readonly least: number; readonly most: number};
}): Promise<void> => {
	const queue = createQueue({store, leaseMs, clock});
	const types = Object.keys(handlers);
	const by = workerName();
	const running = new Map<ClaimedJob, {readonly ended: Promise<void>; readonly cancelling: AbortController}>();
	const waker = createWaker(signal);
	let waitMs = pollMs.least;
	const lookedAt = new Map<Routine, number>();

	const begin = (job: ClaimedJob): void => {
		const handler = handlers[job.type];
		if (handler === undefined) {
			return;
		}

		const startedAt = performance.now();
		const cancelling = new AbortController();
		log({kind: 'claimed', job});
		const run = async (): Promise<void> => {
			const end = await runJob({queue, job, handler, leaseMs, stopping: signal, cancelling: cancelling.signal});
			running.delete(job);
			log({kind: 'ended', job, end, durationMs: performance.now() - startedAt});
			waitMs = pollMs.least;
			waker.wake();
		};

		running.set(job, {ended: run(), cancelling});
	};

	/** True when something was claimed. */
	const look = async (): Promise<boolean> => {
		if (running.size > 0) {
			const cancelled = new Set(await queue.cancelledOf([...running.keys()]));
			for (const [job, {cancelling}] of running) {
				if (cancelled.has(job.id)) {
					cancelling.abort();
				}
			}
		}

		if (running.size >= capacity || !await queue.isWorkDue(types)) {
			return false;
		}

		const jobs = await queue.claim({by, types, limit: capacity - running.size});
		for (const job of jobs) {
			begin(job);
		}

		return jobs.length > 0;
	};

	const isIdle = async (): Promise<boolean> => {
		const outlook = await queue.outlook(idleTypes ?? types);
		return running.size === 0 && outlook.running === 0 && (outlook.nextDueMs ?? Infinity) > idleHorizonMs;
	};

	log({kind: 'started', worker: by});
	while (!signal.aborted) {
		try {
			for (const routine of routines) {
				if (performance.now() - (lookedAt.get(routine) ?? -Infinity) >= routine.everyMs) {
					lookedAt.set(routine, performance.now());
					await routine.look();
				}
			}

			if (await look()) {
				waitMs = pollMs.least;
				continue;
			}

			if (isUntilIdle && await isIdle()) {
				break;
			}
		} catch (error) {
			if (isUntilIdle || !(error instanceof Fault)) {
				log({kind: 'stopping', worker: by});
				await Promise.all([...running.values()].map(async ({ended}) => ended));
				throw error;
			}

			log({kind: 'store-fault', error});
			waitMs = pollMs.most * 5;
		}

		await waker.rest(waitMs);
		waitMs = Math.min(waitMs * 1.5, pollMs.most);
	}

	if (signal.aborted) {
		log({kind: 'stopping', worker: by});
	}

	await Promise.all([...running.values()].map(async ({ended}) => ended));
	log({kind: 'stopped', worker: by});
};
