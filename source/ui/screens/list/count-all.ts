import {type Tab} from '../../../domain/records.ts';
import {type Services} from '../../../services/services.ts';

/** How much matches; `isCapped`: there may be more. */
export type Total = {readonly count: number; readonly isCapped: boolean};

/** Counts what a query matches to its end or up to `cap`, in as many steps as the store needs. */
export const countAll = async ({count: countSome}: Pick<Services, 'count'>, {tab, query, cap}: {readonly tab: Tab; readonly query: string; readonly cap: number}, signal: AbortSignal): Promise<Total> => {
	let count = 0;
	let step = await countSome({tab, query, isWithoutDefault: true, cap}, signal);
	for (;;) {
		count += step.count;
		if (step.next === null || count >= cap) {
			return {count, isCapped: step.isCapped || step.next !== null};
		}

		step = await countSome({tab, query, isWithoutDefault: true, cap: cap - count, from: step.next}, signal);
	}
};
