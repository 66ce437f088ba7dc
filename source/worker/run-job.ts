import {Fault} from '../domain/fault.ts';
import {type ClaimedJob, LeaseLost} from '../store/queue/job.ts';
import {extendLease, isLeaseLost, requireLease, type Queue} from '../store/queue/queue.ts';
import {isPassing} from '../store/store-faults.ts';
import {type Statement} from '../store/store.ts';
import {JobCancelled, type JobHandler, WorkerStopping} from './job-handler.ts';

export type JobEnd =
	| {readonly kind: 'done' | 'released' | 'cancelled' | 'lost'}
	| {readonly kind: 'failed' | 'dead'; readonly error: unknown};

const reportEveryMs = 500;
/** A job that throws for no known reason is a bug; seeing it three times is enough. */
const mostThrown = 3;

const messageOf = (error: unknown): string => {
	const message = error instanceof Error ? error.message : String(error);
	return error instanceof Fault && error.remedy !== undefined ? `${message}, ${error.remedy}` : message;
};

/** 1 s, 2 s, 4 s … 60 s. */
const retryDelayMs = (attempt: number): number => Math.min(1000 * 2 ** (attempt - 1), 60_000);

/**
 * Carries one claimed job to its end: keeps the lease by heartbeats each third of it, finishes, fails, gives back or
 * confirms the cancellation. Never throws: when even the end cannot be written, the lease lapses, and the job is taken up again.
 */
export const runJob = async ({queue, job, handler, leaseMs, stopping, cancelling, isOnlyTry = false}: {
	readonly queue: Queue;
	readonly job: ClaimedJob;
	readonly handler: JobHandler;
	readonly leaseMs: number;
	/** The worker ends. */
	readonly stopping?: AbortSignal;
	/** Somebody saw that the job was cancelled. */
	readonly cancelling?: AbortSignal;
	/** Whatever the work throws is the end of the job. */
	readonly isOnlyTry?: boolean;
}): Promise<JobEnd> => {
	const control = new AbortController();
	const onStop = (): void => control.abort(new WorkerStopping());
	const onCancel = (): void => control.abort(new JobCancelled());
	let report: {readonly cursor?: unknown; readonly effects?: readonly Statement[]} = {};
	let isReported = true;
	let beatenAt = performance.now();
	let isBeating = false;
	// Its first step forward shows that a try comes to something: it is told at once.
	let isFirstCheckpoint = true;

	const takeReport = (): typeof report => {
		const taken = isReported ? {} : report;
		isReported = true;
		beatenAt = performance.now();
		return taken;
	};

	const beat = async (): Promise<void> => {
		const isDue = performance.now() - beatenAt >= (isReported ? leaseMs / 3 : Math.min(reportEveryMs, leaseMs / 3));
		if (isBeating || !isDue || control.signal.aborted) {
			return;
		}

		isBeating = true;
		try {
			const {isCancelled} = await queue.heartbeat(job, takeReport());
			if (isCancelled) {
				onCancel();
			}
		} catch (error) {
			// A store that cannot be reached now may be at the next beat; until the lease lapses nothing is lost.
			if (error instanceof LeaseLost) {
				control.abort(error);
			}
		} finally {
			isBeating = false;
		}
	};

	const guard = (checkpoint?: () => unknown): readonly Statement[] => {
		const isDue = performance.now() - beatenAt >= Math.min(reportEveryMs, leaseMs / 3);
		if (!isDue && (checkpoint === undefined || !isFirstCheckpoint)) {
			return [requireLease(job)];
		}

		const {cursor: reported, effects = []} = takeReport();
		isFirstCheckpoint &&= checkpoint === undefined;
		const cursor = checkpoint === undefined ? reported : checkpoint();
		return [requireLease(job), extendLease(job, {leaseMs, cursor}), ...effects];
	};

	const settle = async (error: unknown): Promise<JobEnd> => {
		const reason: unknown = control.signal.aborted ? control.signal.reason : error;
		if (isLeaseLost(reason) || isLeaseLost(error)) {
			return {kind: 'lost'};
		}

		if (reason instanceof JobCancelled) {
			await queue.confirmCancelled(job);
			return {kind: 'cancelled'};
		}

		if (reason instanceof WorkerStopping) {
			await queue.release(job);
			return {kind: 'released'};
		}

		const isFinal = isOnlyTry || (!isPassing(error) && (error instanceof Fault || job.attempt >= mostThrown));
		const state = await queue.fail(job, {error: messageOf(error), delayMs: retryDelayMs(job.attempt), isFinal});
		return {kind: state === 'dead' ? 'dead' : 'failed', error};
	};

	const timer = setInterval(() => void beat(), Math.min(reportEveryMs, leaseMs / 6));
	stopping?.addEventListener('abort', onStop);
	cancelling?.addEventListener('abort', onCancel);
	if (stopping?.aborted) {
		onStop();
	}

	if (cancelling?.aborted) {
		onCancel();
	}

	try {
		const effects = await handler({
			job,
			signal: control.signal,
			guard,
			report(state) {
				report = state;
				isReported = false;
			},
		});
		await queue.finish(job, effects);
		return {kind: 'done'};
	} catch (error) {
		return await settle(error).catch((): JobEnd => ({kind: 'lost'}));
	} finally {
		clearInterval(timer);
		stopping?.removeEventListener('abort', onStop);
		cancelling?.removeEventListener('abort', onCancel);
	}
};
