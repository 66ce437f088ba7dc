import {hasChildren, type TreeDocument} from './tree-document.ts';
import {placeOf, type TreeState, type TreeView} from './tree-model.ts';
import {findMatches} from './tree-search.ts';
import {keepCursorVisible, scrollRows} from './tree-window.ts';

export type TreeAction =
	| {readonly type: 'moved'; readonly by: number}
	/** By so many heights of the pane. */
	| {readonly type: 'paged'; readonly by: number}
	| {readonly type: 'first' | 'last' | 'fold' | 'unfold' | 'foldAll' | 'unfoldAll'}
	| {readonly type: 'sibling'; readonly by: 1 | -1}
	| {readonly type: 'searched'; readonly query: string}
	| {readonly type: 'matchMoved'; readonly by: 1 | -1}
	| {readonly type: 'firstMatch' | 'lastMatch'}
	/** The same text, now whole: folds, cursor and search stay. */
	| {readonly type: 'replaced'; readonly document: TreeDocument};

/** Items of an array that are shown without being asked for. */
const longArray = 20;
const openLevels = 2;

export type FoldingOptions = {
	/** A document of so few lines is open altogether. */
	readonly room?: number;
	readonly isOpen?: boolean;
};

/** Two levels are open, long arrays are not; what fits altogether is open altogether. */
export const createTreeState = (document: TreeDocument, {room = 0, isOpen = false}: FoldingOptions = {}): TreeState => {
	const isAllOpen = isOpen || document.style === 'text' || document.nodes.length - document.firstLine <= room;
	const open = new Uint8Array(document.nodes.length);
	for (let index = 0; index < open.length; index++) {
		open[index] = isAllOpen || opensByItself(document, index) ? 1 : 0;
	}

	return {document, open, visible: visibleNodes(document, open), cursor: document.firstLine, top: 0, topRow: 0, query: '', matches: [], match: -1};
};

const opensByItself = (document: TreeDocument, index: number): boolean => {
	const depth = document.depths[index]!;
	return depth < document.firstLine || (depth - document.firstLine < openLevels - 1 && (document.nodes[index]?.children?.length ?? 0) <= longArray);
};

const visibleNodes = (document: TreeDocument, open: Uint8Array): Int32Array => {
	const visible: number[] = [];
	for (let index: number = document.firstLine; index < document.nodes.length; index = open[index] === 1 ? index + 1 : document.ends[index]!) {
		visible.push(index);
	}

	return Int32Array.from(visible);
};

/** The state after an action; the same object when nothing changed. `view` is the pane that shows it. */
export const reduceTree = (state: TreeState, action: TreeAction, view: TreeView): TreeState => {
	const next = transition(state, action, view);
	return next === state ? state : keepCursorVisible(next, view);
};

const transition = (state: TreeState, action: TreeAction, view: TreeView): TreeState => {
	const {document, visible, cursor} = state;
	switch (action.type) {
		case 'moved': {
			return scrollRows(state, action.by, view) ?? moveTo(state, visible[clamp(placeOf(visible, cursor) + action.by, visible.length)]!);
		}

		case 'paged': {
			const by = Math.sign(action.by) * Math.max(1, Math.round(Math.abs(action.by) * view.height));
			return scrollRows(state, by, view) ?? moveTo(state, visible[clamp(placeOf(visible, cursor) + by, visible.length)]!);
		}

		case 'first': {
			return moveTo({...state, topRow: 0}, visible[0]!);
		}

		case 'last': {
			return moveTo(state, visible.at(-1)!);
		}

		case 'fold': {
			return fold(state);
		}

		case 'unfold': {
			return unfold(state);
		}

		case 'foldAll':
		case 'unfoldAll': {
			return setAll(state, action.type === 'unfoldAll');
		}

		case 'sibling': {
			return moveTo(state, siblingOf(document, cursor, action.by));
		}

		case 'searched': {
			return search(state, action.query);
		}

		case 'matchMoved': {
			return toMatch(state, action.by);
		}

		case 'firstMatch':
		case 'lastMatch': {
			return state.matches.length === 0 ? state : showMatch(state, action.type === 'firstMatch' ? 0 : state.matches.length - 1);
		}

		case 'replaced': {
			return replace(state, action.document);
		}
	}
};

const clamp = (place: number, length: number): number => Math.max(0, Math.min(length - 1, place));

const moveTo = (state: TreeState, cursor: number): TreeState => cursor === state.cursor ? state : {...state, cursor, match: -1};

const withOpen = (state: TreeState, open: Uint8Array, cursor: number): TreeState => {
	const visible = visibleNodes(state.document, open);
	return {...state, open, visible, cursor: visible[placeOf(visible, cursor)]!};
};

const setOpen = (state: TreeState, indexes: Iterable<number>, isOpen: boolean): TreeState => {
	const open = state.open.slice();
	for (const index of indexes) {
		open[index] = isOpen ? 1 : 0;
	}

	return withOpen(state, open, state.cursor);
};

const isOpen = (state: TreeState, index: number): boolean => hasChildren(state.document, index) && state.open[index] === 1;

/** Folds what is open; what is not goes to its parent. */
const fold = (state: TreeState): TreeState => {
	if (isOpen(state, state.cursor)) {
		return setOpen(state, [state.cursor], false);
	}

	const parent = state.document.parents[state.cursor]!;
	return parent < state.document.firstLine ? state : moveTo(state, parent);
};

/** Unfolds what is folded; what is open goes to its first member. */
const unfold = (state: TreeState): TreeState => {
	if (!hasChildren(state.document, state.cursor)) {
		return state;
	}

	return isOpen(state, state.cursor) ? moveTo(state, state.cursor + 1) : setOpen(state, [state.cursor], true);
};

/** The node under the cursor and all below it; from a value, its whole parent's. */
const setAll = (state: TreeState, isOpening: boolean): TreeState => {
	const {document, cursor} = state;
	const from = hasChildren(document, cursor) ? cursor : Math.max(document.parents[cursor]!, 0);
	const open = state.open.slice();
	open.fill(isOpening ? 1 : 0, from, document.ends[from]);
	if (document.firstLine === 1) {
		open[0] = 1;
	}

	return withOpen(state, open, cursor);
};

const siblingOf = (document: TreeDocument, index: number, by: 1 | -1): number => {
	const parent = document.parents[index]!;
	if (parent < 0) {
		return index;
	}

	if (by === 1) {
		const next = document.ends[index]!;
		return next < document.ends[parent]! ? next : index;
	}

	const place = document.places[index]!;
	let sibling = parent + 1;
	for (let at = 0; at < place - 1; at++) {
		sibling = document.ends[sibling]!;
	}

	return place === 0 ? index : sibling;
};

const search = (state: TreeState, query: string): TreeState => {
	const matches = findMatches(state.document, query);
	const found = {...state, query, matches, match: -1};
	if (matches.length === 0) {
		return found;
	}

	const first = matches.findIndex(({index}) => index >= state.cursor);
	return showMatch(found, Math.max(0, first));
};

const toMatch = (state: TreeState, by: 1 | -1): TreeState => {
	const {matches, match, cursor} = state;
	if (matches.length === 0) {
		return state;
	}

	const near = by === 1 ? matches.findIndex(({index}) => index > cursor) : matches.findLastIndex(({index}) => index < cursor);
	const next = match >= 0 ? match + by : (near < 0 ? (by === 1 ? 0 : -1) : near);
	return showMatch(state, (next + matches.length) % matches.length);
};

const showMatch = (state: TreeState, match: number): TreeState => {
	const {index} = state.matches[match]!;
	const above: number[] = [];
	for (let at = state.document.parents[index]!; at >= 0; at = state.document.parents[at]!) {
		above.push(at);
	}

	const opened = above.some(at => state.open[at] === 0) ? setOpen(state, above, true) : state;
	return {...opened, cursor: index, match};
};

const replace = (state: TreeState, document: TreeDocument): TreeState => {
	const open = new Uint8Array(document.nodes.length);
	for (let index = 0; index < open.length; index++) {
		open[index] = index < state.open.length ? state.open[index]! : (opensByItself(document, index) ? 1 : 0);
	}

	const next = withOpen({...state, document}, open, state.cursor);
	return state.query === '' ? next : {...next, matches: findMatches(document, state.query)};
};
