import {useEffect, useReducer, type Dispatch} from 'react';
import {type Tab} from '../../../domain/records.ts';
import {type PageRequest, type Position, type Services} from '../../../services/services.ts';
import {describeFailure} from '../../failure-text.ts';
import {useSurroundings} from '../../services-context.ts';
import {initialListState, wantedSide, type Anchor, type ListState, type Listing} from './list-state.ts';
import {reduceList, type ListAction} from './reduce-list.ts';

/** Rows asked for at once: a few screens. */
const pageLimit = 200;

type Start = {readonly listing: Listing; readonly anchor: Anchor; readonly marks: Iterable<string>};

/** A tab's list with its loading: state as `reduceList` has it, and rows that come as they are found. */
export const useList = <T extends Tab>(tab: T, start: Start): readonly [ListState<T>, Dispatch<ListAction<T>>] => {
	const {services} = useSurroundings();
	const [state, dispatch] = useReducer(reduceList<T>, start, ({listing, anchor, marks}) => initialListState<T>(listing, anchor, marks));
	const {generation, listing, anchor} = state;

	useEffect(() => {
		const abort = new AbortController();
		const request = requestOf(tab, listing);
		const sides = anchor === 'newest' ? ['older' as const] : anchor === 'oldest' ? ['newer' as const] : ['older' as const, 'newer' as const];
		void (async () => {
			for (const side of sides) {
				await loadSide(services, {...request, direction: side, limit: pageLimit, ...fromOf(anchor, side)}, side, generation, dispatch, abort.signal);
			}
		})();
		return () => {
			abort.abort();
		};
		// A generation stands for one loading anew: listing and anchor change only with it.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [generation]);

	const side = wantedSide(state);
	const from = side && state[side].next;
	useEffect(() => {
		if (!side || !from) {
			return undefined;
		}

		const abort = new AbortController();
		dispatch({type: 'loading', generation, side});
		void loadSide(services, {...requestOf(tab, listing), direction: side, limit: pageLimit, from}, side, generation, dispatch, abort.signal);
		// Not aborted when the cursor moves on: the rows are wanted anyway; a new generation drops them.
		return undefined;
		// eslint-disable-next-line react-hooks/exhaustive-deps -- one loading an edge
	}, [side, from?.at, from?.seq, generation]);

	return [state, dispatch];
};

const requestOf = <T extends Tab>(tab: T, listing: Listing): Pick<PageRequest<T>, 'tab' | 'query' | 'isWithoutDefault'> =>
	({tab, query: listing.query, isWithoutDefault: true});

/** Pages leave `from` out, so the older side starts one place above a position that is to be in the list. */
const fromOf = (anchor: Anchor, side: 'older' | 'newer'): {readonly from?: Position | {readonly at: number}} => {
	if (typeof anchor === 'string') {
		return {};
	}

	if ('seq' in anchor) {
		return {from: side === 'older' ? {at: anchor.at, seq: anchor.seq + 1} : anchor};
	}

	return {from: side === 'older' ? anchor : {at: anchor.at + 1}};
};

const loadSide = async <T extends Tab>(
	services: Services, request: PageRequest<T>, side: 'older' | 'newer', generation: number, dispatch: Dispatch<ListAction<T>>, signal: AbortSignal,
): Promise<void> => {
	let current: PageRequest<T> = request;
	let found = 0;
	try {
		for (;;) {
			const page = await services.page(current, signal);
			if (signal.aborted) {
				return;
			}

			found += page.rows.length;
			const isDone = page.next === null || found >= request.limit;
			dispatch({type: 'loaded', generation, side, rows: page.rows, next: page.next, isDone});
			if (page.next === null || isDone) {
				return;
			}

			current = {...current, from: page.next, limit: request.limit - found};
		}
	} catch (error) {
		if (!signal.aborted) {
			dispatch({type: 'failed', generation, message: describeFailure(error)});
		}
	}
};
