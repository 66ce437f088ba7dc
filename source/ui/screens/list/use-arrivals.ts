import {useEffect, useState, type Dispatch} from 'react';
import {type Tab} from '../../../domain/records.ts';
import {type Position, type Row} from '../../../services/services.ts';
import {useSurroundings} from '../../services-context.ts';
import {type ListState} from './list-state.ts';
import {type ListAction} from './reduce-list.ts';

/** No more often than this is anything asked again because the store changed. */
const pauseMs = 500;

/** When more than these came in at once, the newest end is jumped to instead of caught up with. */
const mostArrivals = 200;

/**
 * Asks for what came in when the store says that it changed: newer records for the top of the list, and for tabs whose
 * records change in place (progress, status) the rows on the screen again. Gives a number that grows with each change.
 */
export const useArrivals = <T extends Tab>(tab: T, state: ListState<T>, dispatch: Dispatch<ListAction<T>>, isChanging: boolean): number => {
	const {services, notices} = useSurroundings();
	const [version, setVersion] = useState(0);

	useEffect(() => {
		let timer: NodeJS.Timeout | undefined;
		const unsubscribe = notices.subscribe(notice => {
			if (notice.kind === 'store-changed') {
				timer ??= setTimeout(() => {
					timer = undefined;
					setVersion(before => before + 1);
				}, pauseMs);
			}
		});
		return () => {
			clearTimeout(timer);
			unsubscribe();
		};
	}, [notices]);

	useEffect(() => {
		if (version === 0 || state.listing.kind !== 'query') {
			return undefined;
		}

		const abort = new AbortController();
		const {generation, listing} = state;
		void (async () => {
			try {
				const request = {tab, query: listing.query, isWithoutDefault: true, limit: mostArrivals};
				// Only when the list shows its newest end: from further down there is nothing to add at the top.
				if (state.newer.next === null && !state.newer.isLoading && !state.isBehind) {
					const top = state.fresh[0] ?? state.rows[0];
					const arrived = await newerThan<T>(services, request, top?.position, abort.signal);
					dispatch({type: 'arrived', generation, rows: arrived, isMore: arrived.length === mostArrivals});
				}

				const first = state.rows[state.window.top];
				if (isChanging && first) {
					const {at, seq} = first.position;
					const page = await services.page({...request, limit: state.height, direction: 'older', from: {at, seq: seq + 1}}, abort.signal);
					dispatch({type: 'changed', generation, rows: page.rows});
				}
			} catch {
				// What is shown stays; the next change asks again, and a fault of the store is said where records are asked for.
			}
		})();
		return () => {
			abort.abort();
		};
		// Only a change of the store asks again; the state is read as it is then.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [version]);

	return version;
};

type Services = ReturnType<typeof useSurroundings>['services'];

const newerThan = async <T extends Tab>(
	services: Services, request: {readonly tab: T; readonly query: string; readonly isWithoutDefault: boolean; readonly limit: number}, position: Position | undefined, signal: AbortSignal,
): Promise<ReadonlyArray<Row<T>>> => {
	if (!position) {
		const page = await services.page({...request, direction: 'older'}, signal);
		return page.rows;
	}

	const page = await services.page({...request, direction: 'newer', from: position}, signal);
	return page.rows.toReversed();
};
