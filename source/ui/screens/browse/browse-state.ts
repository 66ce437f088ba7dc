import {type BrowseView} from '../../../services/services.ts';
import {moveTo, turnPage, type ListWindow} from '../../components/list/list-window.ts';

/** Where a person is in a file, and how it is shown. */
export type BrowseState = {
	readonly window: ListWindow;
	/** Rows on the screen. */
	readonly height: number;
	/** Column of the file that the cursor is on. */
	readonly column: number;
	/** The first column that is drawn. */
	readonly left: number;
	/** Columns of the file, by their index. */
	readonly columnCount: number;
	readonly hidden: ReadonlySet<number>;
	/** Cells of each column; measured from the first rows, then as the person has it. */
	readonly widths: ReadonlyMap<number, number>;
	readonly view: BrowseView;
	/** Text of the last search; empty when there is none. */
	readonly match: string;
	/** Filters of before, newest first. */
	readonly history: readonly string[];
};

export type BrowseAction =
	| {readonly type: 'opened'; readonly columnCount: number}
	| {readonly type: 'measured'; readonly widths: ReadonlyMap<number, number>}
	| {readonly type: 'resize'; readonly height: number; readonly length: number}
	| {readonly type: 'move'; readonly by: number; readonly length: number}
	| {readonly type: 'page'; readonly screens: number; readonly length: number}
	| {readonly type: 'go'; readonly row: number; readonly length: number}
	| {readonly type: 'column'; readonly by: number}
	| {readonly type: 'goColumn'; readonly column: number}
	| {readonly type: 'left'; readonly left: number}
	| {readonly type: 'hide'}
	| {readonly type: 'showAll'}
	| {readonly type: 'widen'; readonly by: number}
	| {readonly type: 'sort'; readonly isDescending: boolean}
	| {readonly type: 'filter'; readonly query: string}
	| {readonly type: 'match'; readonly match: string};

/** Cells that a column can have. */
export const narrowest = 3;
export const widestColumn = 300;

export const initialBrowseState = (query: string): BrowseState => ({
	window: {cursor: 0, top: 0}, height: 1, column: 0, left: 0, columnCount: 0, hidden: new Set(), widths: new Map(), view: {query, sort: null}, match: '', history: [],
});

/** Columns of the file that are shown, in their order. */
export const shownColumns = ({columnCount, hidden}: Pick<BrowseState, 'columnCount' | 'hidden'>): readonly number[] =>
	Array.from({length: columnCount}, (_, index) => index).filter(index => !hidden.has(index));

const start: ListWindow = {cursor: 0, top: 0};

export const reduceBrowse = (state: BrowseState, action: BrowseAction): BrowseState => {
	switch (action.type) {
		case 'opened': {
			return action.columnCount === state.columnCount ? state : {...state, columnCount: action.columnCount, hidden: new Set(), widths: new Map(), column: 0, left: 0, window: start};
		}

		case 'measured': {
			return {...state, widths: new Map([...action.widths, ...state.widths])};
		}

		case 'resize': {
			return action.height === state.height ? state : withWindow({...state, height: action.height}, moveTo(state.window, state.window.cursor, action.height, Math.max(action.length, state.window.cursor + 1)));
		}

		case 'move': {
			return withWindow(state, moveTo(state.window, state.window.cursor + action.by, state.height, action.length));
		}

		case 'page': {
			return withWindow(state, turnPage(state.window, Math.trunc(state.height * action.screens), state.height, action.length));
		}

		case 'go': {
			return withWindow(state, moveTo(state.window, action.row, state.height, action.length));
		}

		case 'column': {
			const shown = shownColumns(state);
			const place = shown.indexOf(state.column);
			const column = shown[Math.max(0, Math.min(place + action.by, shown.length - 1))] ?? state.column;
			return column === state.column ? state : {...state, column};
		}

		case 'goColumn': {
			return state.hidden.has(action.column) || action.column === state.column ? state : {...state, column: action.column};
		}

		case 'left': {
			return action.left === state.left ? state : {...state, left: action.left};
		}

		case 'hide': {
			const shown = shownColumns(state);
			if (shown.length <= 1) {
				return {...state, left: 0, hidden: new Set()};
			}

			const place = shown.indexOf(state.column);
			const column = shown[place + 1] ?? shown[place - 1] ?? 0;
			return {...state, column, hidden: new Set([...state.hidden, state.column])};
		}

		case 'showAll': {
			return state.hidden.size === 0 ? state : {...state, left: 0, hidden: new Set()};
		}

		case 'widen': {
			const width = Math.max(narrowest, Math.min((state.widths.get(state.column) ?? 12) + action.by, widestColumn));
			return {...state, widths: new Map([...state.widths, [state.column, width]])};
		}

		case 'sort': {
			const {sort} = state.view;
			const isSame = sort?.column === state.column && sort.isDescending === action.isDescending;
			return {...state, window: start, view: {...state.view, sort: isSame ? null : {column: state.column, isDescending: action.isDescending}}};
		}

		case 'filter': {
			const {query} = action;
			return query === state.view.query
				? state
				: {...state, window: start, view: {...state.view, query}, history: [query, ...state.history.filter(text => text !== query && text !== '')].slice(0, 50)};
		}

		case 'match': {
			return {...state, match: action.match};
		}
	}
};

const withWindow = (state: BrowseState, window: ListWindow): BrowseState => window === state.window ? state : {...state, window};
