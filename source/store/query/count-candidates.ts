import {type Store} from '../store.ts';
import {candidates, type Place} from './candidates.ts';
import {type Plan} from './plan.ts';
import {callBudgetMs, walkCandidates} from './steps.ts';

export type CountResult = {readonly count: number; readonly isCapped: boolean; readonly next: Place | null};

/** Entries of an index that are counted at once: some milliseconds. */
const entriesAtOnce = 50_000;

/** Counts what a plan finds, from the newest on, up to `cap`, as far as one call may go. */
export const countCandidates = async (store: Store, plan: Plan, {cap, start, signal}: {
	readonly cap: number;
	readonly start?: Place | undefined;
	readonly signal?: AbortSignal | undefined;
}): Promise<CountResult> => {
	let count = 0;
	const isTested = plan.rest.length > 0;
	const begin = performance.now();
	const next = await walkCandidates(store, plan, {
		direction: 'older', start, signal,
		...(isTested ? {} : {firstSize: Math.min(entriesAtOnce, cap)}),
		async take({start: from, end}) {
			const window = {direction: 'older', start: from, end: end ?? undefined, limit: cap - count} as const;
			const {sql, args} = candidates(plan, window, {isTested});
			const [row] = await store.read(`SELECT count(*) AS count FROM (${sql})`, args);
			count += Number(row?.count);
			return count < cap && performance.now() - begin < callBudgetMs;
		},
	});
	return count >= cap ? {count, isCapped: true, next: null} : {count, isCapped: false, next};
};
