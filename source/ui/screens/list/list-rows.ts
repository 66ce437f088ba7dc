import {type Tab} from '../../../domain/records.ts';
import {type Position, type Row} from '../../../services/services.ts';
import {moveTo, type ListWindow} from '../../components/list/list-window.ts';
import {type Edge, type ListState} from './list-state.ts';

/** Rows kept on each side of the cursor; the rest is let go, and loaded again when needed. */
const mostRows = 2000;

/** Rows that were loaded at one end; `next` is where to go on there. */
export type LoadedRows<T extends Tab = Tab> = {
	readonly side: 'older' | 'newer';
	/** In the order of loading, nearest to what is there first. */
	readonly rows: ReadonlyArray<Row<T>>;
	readonly next: Position | null;
	readonly isDone: boolean;
};

/** The list with what was loaded at one end; what is far from the cursor at the other is let go. */
export const withLoaded = <T extends Tab>(state: ListState<T>, loaded: LoadedRows<T>): ListState<T> =>
	withCursorInside(withRows(state, loaded));

const withRows = <T extends Tab>(state: ListState<T>, {side, rows, next, isDone}: LoadedRows<T>): ListState<T> => {
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

/** The list with what came in since it was loaded: above the cursor, which stays on its row unless it follows. */
export const showFresh = <T extends Tab>(state: ListState<T>): ListState<T> => {
	if (state.fresh.length === 0) {
		return state;
	}

	const rows = [...state.fresh, ...state.rows];
	const window = state.isFollowing || state.rows.length === 0 ? {cursor: 0, top: 0} : shifted(state.window, state.fresh.length);
	return {...state, rows, fresh: [], window};
};

/** Rows that changed in place. */
export const withChanged = <T extends Tab>(state: ListState<T>, changed: ReadonlyArray<Row<T>>): ListState<T> => {
	const byId = new Map(changed.map(row => [row.summary.id, row]));
	return {...state, rows: state.rows.map(row => byId.get(row.summary.id) ?? row)};
};
