import {type Tab} from '../../../domain/records.ts';
import {type Position, type Row} from '../../../services/services.ts';
import {type ListWindow} from '../../components/list/list-window.ts';

/** Where a list is loaded around. */
export type Anchor = 'newest' | 'oldest' | Position | {readonly at: number};

/** What is listed: a query, or the unfiltered rows around one record. */
export type Listing =
	| {readonly kind: 'query'; readonly query: string}
	| {readonly kind: 'around'; readonly query: string; readonly center: Row; readonly returnTo: string};

/** One end of what is loaded: where to go on, or null when the list ends there. */
export type Edge = {readonly next: Position | null; readonly isLoading: boolean};

/**
 * A tab's list: a stretch of rows without gaps, newest first, that grows at both ends as the cursor comes near,
 * and is loaded anew around another place by a jump.
 */
export type ListState<T extends Tab = Tab> = {
	readonly listing: Listing;
	readonly anchor: Anchor;
	/** Grows with each loading anew; answers that belong to an earlier one are dropped. */
	readonly generation: number;
	readonly rows: ReadonlyArray<Row<T>>;
	readonly window: ListWindow;
	readonly height: number;
	readonly older: Edge;
	readonly newer: Edge;
	/** Newer records that came in and are not shown yet. */
	readonly fresh: ReadonlyArray<Row<T>>;
	/** More came in than is worth fetching row by row: the newest end is loaded anew when it is asked for. */
	readonly isBehind: boolean;
	readonly isFollowing: boolean;
	readonly marks: ReadonlySet<string>;
	readonly failure: string | null;
	/** Loading was stopped by the person. */
	readonly isStopped: boolean;
};

const idle: Edge = {next: null, isLoading: false};
const loading: Edge = {next: null, isLoading: true};

export const initialListState = <T extends Tab>(listing: Listing, anchor: Anchor, marks: Iterable<string> = []): ListState<T> => ({
	listing, anchor, generation: 1, rows: [], window: {cursor: 0, top: 0}, height: 1,
	...edgesOf(anchor), fresh: [], isBehind: false, isFollowing: false, marks: new Set(marks), failure: null, isStopped: false,
});

/** Which ends are loaded first, for a place to load around. */
export const edgesOf = (anchor: Anchor): Pick<ListState, 'older' | 'newer'> => ({
	older: anchor === 'oldest' ? idle : loading,
	newer: anchor === 'newest' ? idle : loading,
});

export const currentRow = <T extends Tab>(state: ListState<T>): Row<T> | undefined => state.rows[state.window.cursor];

/** Which end should be loaded further: the cursor is within two screens of it. */
export const wantedSide = (state: ListState): 'older' | 'newer' | null => {
	const margin = state.height * 2;
	if (state.isStopped || state.failure !== null || state.older.isLoading || state.newer.isLoading) {
		return null;
	}

	if (state.older.next !== null && state.rows.length - state.window.top - state.height < margin) {
		return 'older';
	}

	return state.newer.next !== null && state.window.top < margin ? 'newer' : null;
};
