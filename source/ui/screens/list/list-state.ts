import {type Tab} from '../../../domain/records.ts';
import {type Position, type Row} from '../../../services/services.ts';
import {moveTo, turnPage, type ListWindow} from '../../components/list/list-window.ts';

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

export type ListAction<T extends Tab = Tab> =
	| {readonly type: 'list'; readonly listing: Listing; readonly anchor?: Anchor}
	| {readonly type: 'reload'; readonly anchor?: Anchor}
	| {readonly type: 'loaded'; readonly generation: number; readonly side: 'older' | 'newer'; readonly rows: ReadonlyArray<Row<T>>; readonly next: Position | null; readonly isDone: boolean}
	| {readonly type: 'loading'; readonly generation: number; readonly side: 'older' | 'newer'}
	| {readonly type: 'failed'; readonly generation: number; readonly message: string}
	| {readonly type: 'stop'}
	| {readonly type: 'resize'; readonly height: number}
	| {readonly type: 'move'; readonly by: number}
	| {readonly type: 'page'; readonly screens: number}
	| {readonly type: 'go'; readonly index: number}
	| {readonly type: 'arrived'; readonly generation: number; readonly rows: ReadonlyArray<Row<T>>; readonly isMore?: boolean}
	| {readonly type: 'changed'; readonly generation: number; readonly rows: ReadonlyArray<Row<T>>}
	| {readonly type: 'showFresh'}
	| {readonly type: 'follow'; readonly isFollowing: boolean}
	| {readonly type: 'mark'}
	| {readonly type: 'unmarkAll'};

const idle: Edge = {next: null, isLoading: false};
const loading: Edge = {next: null, isLoading: true};

export const initialListState = <T extends Tab>(listing: Listing, anchor: Anchor, marks: Iterable<string> = []): ListState<T> => ({
	listing, anchor, generation: 1, rows: [], window: {cursor: 0, top: 0}, height: 1,
	...edgesOf(anchor), fresh: [], isBehind: false, isFollowing: false, marks: new Set(marks), failure: null, isStopped: false,
});

const edgesOf = (anchor: Anchor): Pick<ListState, 'older' | 'newer'> => ({
	older: anchor === 'oldest' ? idle : loading,
	newer: anchor === 'newest' ? idle : loading,
});

/** Rows kept on each side of the cursor; the rest is let go, and loaded again when needed. */
const mostRows = 2000;

export const reduceList = <T extends Tab>(state: ListState<T>, action: ListAction<T>): ListState<T> => {
	switch (action.type) {
		case 'list': {
			return restart(state, action.listing, action.anchor ?? 'newest');
		}

		case 'reload': {
			const row = state.rows[state.window.cursor];
			return restart(state, state.listing, action.anchor ?? (row && state.window.cursor > 0 ? row.position : 'newest'));
		}

		case 'loading': {
			return action.generation === state.generation ? {...state, [action.side]: {...state[action.side], isLoading: true}} : state;
		}

		case 'loaded': {
			return action.generation === state.generation ? withCursorInside(withLoaded(state, action)) : state;
		}

		case 'failed': {
			return action.generation === state.generation ? {...state, failure: action.message, older: {...state.older, isLoading: false}, newer: {...state.newer, isLoading: false}} : state;
		}

		case 'stop': {
			return {...state, isStopped: true, generation: state.generation + 1, older: {...state.older, isLoading: false}, newer: {...state.newer, isLoading: false}};
		}

		case 'resize': {
			return action.height === state.height ? state : {...state, height: action.height, window: moveTo(state.window, state.window.cursor, action.height, state.rows.length)};
		}

		case 'move': {
			return withWindow(state, moveTo(state.window, state.window.cursor + action.by, state.height, state.rows.length));
		}

		case 'page': {
			const rows = Math.trunc(state.height * action.screens);
			return withWindow(state, turnPage(state.window, rows, state.height, state.rows.length));
		}

		case 'go': {
			return withWindow(state, moveTo(state.window, action.index, state.height, state.rows.length));
		}

		case 'arrived': {
			if (action.generation !== state.generation || action.rows.length === 0) {
				return state;
			}

			if (action.isMore === true && state.isFollowing) {
				return restart(state, state.listing, 'newest');
			}

			const known = new Set([...state.fresh, ...state.rows.slice(0, 500)].map(row => row.summary.id));
			const fresh = [...action.rows.filter(row => !known.has(row.summary.id)), ...state.fresh];
			return state.isFollowing || state.rows.length === 0 ? showFresh({...state, fresh}) : {...state, fresh, isBehind: action.isMore === true};
		}

		case 'changed': {
			return action.generation === state.generation ? withChanged(state, action.rows) : state;
		}

		case 'showFresh': {
			return showFresh(state);
		}

		case 'follow': {
			return {...state, isFollowing: action.isFollowing};
		}

		case 'mark': {
			return withMark(state);
		}

		case 'unmarkAll': {
			return state.marks.size === 0 ? state : {...state, marks: new Set()};
		}
	}
};

const restart = <T extends Tab>(state: ListState<T>, listing: Listing, anchor: Anchor): ListState<T> => ({
	...state, listing, anchor, generation: state.generation + 1, rows: [], window: {cursor: 0, top: 0},
	...edgesOf(anchor), fresh: [], isBehind: false, failure: null, isStopped: false,
	isFollowing: state.isFollowing && anchor === 'newest',
});

/** Moving away from the newest row ends following: the position is the person's. */
const withWindow = <T extends Tab>(state: ListState<T>, window: ListWindow): ListState<T> =>
	window === state.window ? state : {...state, window, isFollowing: state.isFollowing && window.cursor === 0};

const withLoaded = <T extends Tab>(state: ListState<T>, {side, rows, next, isDone}: Extract<ListAction<T>, {type: 'loaded'}>): ListState<T> => {
	const edge: Edge = {next, isLoading: !isDone};
	if (side === 'older') {
		const all = [...state.rows, ...rows];
		const excess = Math.max(0, Math.min(all.length - mostRows, state.window.top - mostRows / 2));
		const kept = excess > 0 ? all.slice(excess) : all;
		const first = kept[0];
		return {
			...state, rows: kept, older: edge,
			...(excess > 0 && first ? {newer: {next: first.position, isLoading: false}, window: shifted(state.window, -excess)} : {}),
		};
	}

	const newestFirst = rows.toReversed();
	const all = [...newestFirst, ...state.rows];
	// Loading from the oldest end shows that end: the cursor belongs on the last row.
	const isFromOldest = state.anchor === 'oldest' && state.rows.length === 0;
	const excess = isFromOldest ? 0 : Math.max(0, Math.min(all.length - mostRows, state.rows.length - state.window.cursor - mostRows / 2));
	const kept = excess > 0 ? all.slice(0, all.length - excess) : all;
	const last = kept.at(-1);
	const window = isFromOldest
		? moveTo({cursor: 0, top: 0}, kept.length - 1, state.height, kept.length)
		: centered(shifted(state.window, newestFirst.length), state, kept.length);
	return {
		...state, rows: kept, newer: edge, window,
		...(excess > 0 && last ? {older: {next: last.position, isLoading: false}} : {}),
	};
};

/** A jump past the oldest row leads to that row. */
const withCursorInside = <T extends Tab>(state: ListState<T>): ListState<T> =>
	state.older.isLoading || state.older.next !== null || state.window.cursor < state.rows.length
		? state
		: {...state, window: moveTo(state.window, state.window.cursor, state.height, state.rows.length)};

const shifted = (window: ListWindow, by: number): ListWindow => ({cursor: Math.max(0, window.cursor + by), top: Math.max(0, window.top + by)});

/** After a jump the row jumped to stands in the middle, with what came before and after it. */
const centered = <T extends Tab>(window: ListWindow, state: ListState<T>, length: number): ListWindow => {
	if (state.window.cursor !== 0 || state.window.top !== 0) {
		return window;
	}

	const top = Math.max(0, Math.min(window.cursor - Math.floor(state.height / 2), length - state.height));
	return {cursor: window.cursor, top};
};

const showFresh = <T extends Tab>(state: ListState<T>): ListState<T> => {
	if (state.fresh.length === 0) {
		return state;
	}

	const rows = [...state.fresh, ...state.rows];
	const window = state.isFollowing || state.rows.length === 0 ? {cursor: 0, top: 0} : shifted(state.window, state.fresh.length);
	return {...state, rows, fresh: [], window};
};

const withChanged = <T extends Tab>(state: ListState<T>, changed: ReadonlyArray<Row<T>>): ListState<T> => {
	const byId = new Map(changed.map(row => [row.summary.id, row]));
	return {...state, rows: state.rows.map(row => byId.get(row.summary.id) ?? row)};
};

const withMark = <T extends Tab>(state: ListState<T>): ListState<T> => {
	const row = state.rows[state.window.cursor];
	if (!row) {
		return state;
	}

	const marks = new Set(state.marks);
	if (!marks.delete(row.summary.id)) {
		marks.add(row.summary.id);
	}

	return {...state, marks, window: moveTo(state.window, state.window.cursor + 1, state.height, state.rows.length)};
};

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
