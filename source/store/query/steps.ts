import {type SqlValue, type Store} from '../store.ts';
import {candidates, type Direction, type Place} from './candidates.ts';
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
		const {sql, args} = candidates(plan, {direction, start: from, limit: 1, offset: size - 1});
		const [last] = await store.read(sql, args);
		const end = last === undefined ? null : toPlace(last);
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
