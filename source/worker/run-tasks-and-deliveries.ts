import {redactorOf, type Redactor} from '../domain/redaction/redactor.ts';
import {type Redaction} from '../domain/redaction/redaction.ts';
import {readSettings} from '../services/project-settings.ts';
import {createQueue} from '../store/queue/queue.ts';
import {readFingerprintKey} from '../store/fingerprint-key.ts';
import {type Store} from '../store/store.ts';
import {runDeliveries} from './deliveries/run-deliveries.ts';
import {createRoutines} from './routines.ts';
import {runWorker, type WorkerEvent} from './run-worker.ts';
import {createTaskHandlers} from './task-handlers.ts';

export type DeliveryRules = {readonly redactor: Redactor; readonly isPrivateAllowed: boolean};

/** The job type of a sendout. */
const deliverType = 'SENDOUT.DELIVER';
const idleHorizonMs = 5000;
const readEveryMs = 1000;

/** What the settings say of deliveries, read at most once a second. */
export const createDeliveryRules = ({store, dataDirectory}: {readonly store: Store; readonly dataDirectory: string}): (() => Promise<DeliveryRules>) => {
	let redaction: Redaction | null = null;
	let rules: DeliveryRules | null = null;
	let readAt = -Infinity;
	return async () => {
		if (rules !== null && performance.now() - readAt < readEveryMs) {
			return rules;
		}

		const {all, redactKeys} = await readSettings(store);
		// The redactor remembers what it saw: it is kept while the settings are the same.
		if (redaction === null || redaction.extraKeys.join() !== redactKeys.join()) {
			redaction = {fingerprintKey: readFingerprintKey(dataDirectory), extraKeys: redactKeys};
		}

		rules = {redactor: redactorOf(redaction), isPrivateAllowed: all['webhooks.allow_private'] === 'true'};
		readAt = performance.now();
		return rules;
	};
};

/**
 * All that a worker does: background tasks and what is looked after from time to time in one loop, deliveries in another, so
 * that neither waits for the other. Ends when `signal` aborts, or, with `isUntilIdle`, when nothing runs anywhere and nothing
 * falls due within 5 s. Throws a Fault only with `isUntilIdle`, when the store cannot be used.
 */
export const runTasksAndDeliveries = async ({store, dataDirectory, now, leaseMs, signal, isUntilIdle = false, log}: {
	readonly store: Store;
	readonly dataDirectory: string;
	readonly now: () => number;
	readonly leaseMs: number;
	readonly signal: AbortSignal;
	readonly isUntilIdle?: boolean;
	readonly log: (event: WorkerEvent) => void;
}): Promise<void> => {
	const handlers = createTaskHandlers({store, now, dataDirectory});
	const idleTypes = [...Object.keys(handlers), deliverType];
	const queue = createQueue({store, leaseMs});
	// A loop that ends by a fault ends the other.
	const failed = new AbortController();
	const either = AbortSignal.any([signal, failed.signal]);
	const guarded = async (loop: Promise<void>): Promise<void> => {
		try {
			await loop;
		} catch (error) {
			failed.abort();
			throw error;
		}
	};

	const isIdle = async (): Promise<boolean> => {
		const {running, nextDueMs} = await queue.outlook(idleTypes);
		return running === 0 && (nextDueMs ?? Infinity) > idleHorizonMs;
	};

	const ends = await Promise.allSettled([
		guarded(runWorker({store, handlers, leaseMs, signal: either, isUntilIdle, routines: createRoutines({store, now, dataDirectory}), idleTypes, log})),
		guarded(runDeliveries({store, leaseMs, signal: either, readRules: createDeliveryRules({store, dataDirectory}), ...(isUntilIdle && {isIdle}), log})),
	]);
	for (const end of ends) {
		if (end.status === 'rejected') {
			throw end.reason;
		}
	}
};
