import {setTimeout as delay} from 'node:timers/promises';
import {type Statement, type Store} from '../../store/store.ts';
import {type Place} from '../../store/query/candidates.ts';
import {readEndpoints} from '../../store/webhooks/endpoints.ts';
import {countMissedEvents, insertMissedSendouts, readSendoutStates, scheduleSendouts} from '../../store/webhooks/schedule-sendouts.ts';
import {type Candidate, matchingSendouts, whyNot} from './retry-plan.ts';
import {type RetryParameters} from './start-retry.ts';

export type RetryReport = {
	/** Put into the queue. */
	readonly scheduled: number;
	/** By why they were not. */
	readonly skipped: Readonly<Record<string, number>>;
};

/** Where another worker goes on: a place in the list, or among the IDs. */
export type RetryCheckpoint = RetryReport & {readonly place: Place | null; readonly index: number};

const mostAtOnce = 200;
const missedAtOnce = 500;
const mostCounted = 100_000;

/** How many there are, for the progress; null when there are too many to count first. */
const countAll = async (store: Store, {ids, filter, kind, endpoint, since}: RetryParameters, signal: AbortSignal): Promise<number | null> => {
	if (ids !== null || filter === null) {
		return ids?.length ?? 0;
	}

	let count = kind === 'replay' && endpoint !== null && since !== null ? await countMissedEvents(store, {endpoint, since}, mostCounted) : 0;
	for (let start: Place | null = null; count < mostCounted;) {
		const {rows, next}: {readonly rows: readonly Candidate[]; readonly next: Place | null} = await matchingSendouts(store, filter, {start, limit: 2000, signal});
		count += rows.length;
		if (next === null) {
			return count;
		}

		start = next;
	}

	return null;
};

/**
 * Puts sendouts into the queue at the rate asked for, in steps, each with its checkpoint in one transaction: when it is
 * cancelled, what was not reached stays as it was.
 */
export const runRetry = async ({store, parameters, checkpoint, signal, guard, saving, onProgress, onScheduled}: {
	readonly store: Store;
	readonly parameters: RetryParameters;
	readonly checkpoint: RetryCheckpoint | null;
	readonly signal: AbortSignal;
	/** First in each transaction. */
	readonly guard: () => readonly Statement[];
	readonly saving: (checkpoint: RetryCheckpoint) => Statement;
	readonly onProgress: (report: RetryReport, total: number | null) => void;
	readonly onScheduled?: ((ids: readonly string[]) => void) | undefined;
}): Promise<RetryReport> => {
	const {kind, endpoint, since, ids, filter, is_forced: isForced, rate_per_second: rate} = parameters;
	const isReplay = kind === 'replay';
	const endpoints = new Map((await readEndpoints(store)).map(found => [found.id, found]));
	const total = await countAll(store, parameters, signal);
	const atOnce = Math.max(1, Math.min(mostAtOnce, Math.floor(rate)));
	const skipped: Record<string, number> = {...checkpoint?.skipped};
	let scheduled = checkpoint?.scheduled ?? 0;
	let place = checkpoint?.place ?? null;
	let index = checkpoint?.index ?? 0;
	const spacingMs = 1000 / rate;
	let notBefore = 0;
	const skip = (reason: string): void => {
		skipped[reason] = (skipped[reason] ?? 0) + 1;
	};

	// What the endpoint got none of becomes sendouts, and these are then among those that match.
	while (isReplay && endpoint !== null && since !== null) {
		signal.throwIfAborted();
		const lead = guard();
		const results = await store.write([...lead, ...insertMissedSendouts({endpoint, since}, missedAtOnce)]);
		if ((results[lead.length]?.rows.length ?? 0) < missedAtOnce) {
			break;
		}
	}

	for (let isDone = false; !isDone;) {
		signal.throwIfAborted();
		const stepAt = performance.now();
		let candidates: readonly Candidate[];
		if (ids !== null) {
			const step = ids.slice(index, index + atOnce);
			candidates = await readSendoutStates(store, step);
			for (let missing = candidates.length; missing < step.length; missing++) {
				skip('it is not in this store');
			}

			index += step.length;
			isDone = index >= ids.length;
		} else {
			const found = await matchingSendouts(store, filter ?? [], {start: place, limit: atOnce, signal});
			candidates = found.rows;
			place = found.next;
			isDone = found.next === null;
		}

		const wanted: string[] = [];
		for (const candidate of candidates) {
			const reason = whyNot(candidate, candidate.sourceId === null ? undefined : endpoints.get(candidate.sourceId), {isForced, isReplay});
			if (reason === null) {
				wanted.push(candidate.id);
			} else {
				skip(reason);
			}
		}

		const lead = guard();
		const reach = (count: number): RetryCheckpoint => ({scheduled: scheduled + count, skipped, place, index});
		const results = await store.write([...lead, ...scheduleSendouts(wanted, {spacingMs, notBefore}), saving(reach(wanted.length))]);
		const rows = results[lead.length]?.rows ?? [];
		const taken = rows.map(row => String(row.id));
		// The rate holds from step to step too, however long a step takes.
		notBefore = Math.ceil(Math.max(notBefore, ...rows.map(row => Number(row.run_at) + spacingMs)));
		scheduled += taken.length;
		for (let busy = taken.length; busy < wanted.length; busy++) {
			skip('it was being sent, or its endpoint was disabled meanwhile');
		}

		onScheduled?.(taken);
		onProgress({scheduled, skipped}, total);
		if (!isDone && wanted.length > 0) {
			await delay(Math.max(0, wanted.length / rate * 1000 - (performance.now() - stepAt)), undefined, {signal});
		}
	}

	return {scheduled, skipped};
};
