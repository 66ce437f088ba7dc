import {type Tab} from '../../../domain/records.ts';
import {type Row} from '../../../services/services.ts';
import {moveTo, turnPage, type ListWindow} from '../../components/list/list-window.ts';
import {showFresh, withChanged, withLoaded, type LoadedRows} from './list-rows.ts';
import {edgesOf, type Anchor, type Listing, type ListState} from './list-state.ts';

export type ListAction<T extends Tab = Tab> =
	| {readonly type: 'list'; readonly listing: Listing; readonly anchor?: Anchor}
	| {readonly type: 'reload'; readonly anchor?: Anchor}
	| ({readonly type: 'loaded'; readonly generation: number} & LoadedRows<T>)
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

/** The list after an action; answers of an earlier loading leave it as it is. */
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
			return action.generation === state.generation ? withLoaded(state, action) : state;
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
