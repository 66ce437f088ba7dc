import {type SqlValue, type Store} from '../store.ts';
import {candidates, type Direction, listedOf, type Place} from './candidates.ts';
import {isNarrow} from './condition-sql.ts';
import {type Plan} from './plan.ts';

/** Time that one call may take, so that another query never waits long behind it. */
export const callBudgetMs = 20;

const stepMs = 8;
const mostCandidates = 20_000;

/** Part of a plan's candidates. `end` is its last place; null when the candidates end in it. */
export type Step = {readonly start: Place | {readonly at: number} | undefined; readonly end: Place | null};

export type Stepping = {
	/** Called for each step in turn; false stops. */
	readonly take: (step: Step) => Promise<boolean>;
	readonly direction: Direction;
	readonly start: Place | {readonly at: number} | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Candidates of the first step; by what their tests cost where absent. */
	readonly firstSize?: number;
};

const toPlace = (row: Readonly<Record<string, SqlValue>>): Place => ({at: Number(row.created_at), seq: Number(row.seq)});

/** The last of the next `size` candidates; null when there are fewer. */
const endOfStep = async (store: Store, plan: Plan, {direction, start, size}: {readonly direction: Direction; readonly start: Step['start']; readonly size: number}): Promise<Place | null> => {
	if (plan.listed !== undefined) {
		// Not asked of the store, where some may be deleted: fewer than `size` would look like the end.
		return listedOf(plan.listed, {direction, start})[size - 1] ?? null;
	}

	const {sql, args} = candidates(plan, {direction, start, limit: 1, offset: size - 1});
	const [last] = await store.read(sql, args);
	return last === undefined ? null : toPlace(last);
};

/**
 * Walks the candidates of a plan in steps, as long as the call may take and `take` wants more. Gives back where to go
 * on: null when there are no more candidates. The size of a step follows the time that the one before took: to test a
 * candidate costs a microsecond when its row settles it, and milliseconds when its body is a megabyte.
 */
export const walkCandidates = async (store: Store, plan: Plan, {take, direction, start, signal, firstSize}: Stepping): Promise<Place | null> => {
	if (plan.drive?.values.length === 0) {
		return null;
	}

	const begin = performance.now();
	let size = firstSize ?? (plan.rest.every(condition => isNarrow(plan.table, condition)) ? 500 : 16);
	let from = start;
	for (;;) {
		signal?.throwIfAborted();
		const stepBegin = performance.now();
		const end = await endOfStep(store, plan, {direction, start: from, size});
		if (!await take({start: from, end}) || end === null) {
			return end;
		}

		const now = performance.now();
		if (now - begin + (now - stepBegin) > callBudgetMs) {
			return end;
		}

		from = end;
		size = Math.ceil(Math.min(size * Math.min(4, stepMs / Math.max(now - stepBegin, 0.1)), mostCandidates));
	}
};
