import {createTreeState, reduceTree, type TreeAction} from '../../components/json-tree/tree-state.ts';
import {type TreeState, type TreeView} from '../../components/json-tree/tree-model.ts';
import {type Pane} from './pane.ts';

/** What is remembered of the panes of one record. */
export type PanesState = {
	readonly panes: readonly Pane[];
	/** One a pane; null where the pane is empty. */
	readonly trees: ReadonlyArray<TreeState | null>;
	/** Index of the pane that keys move in. */
	readonly focus: number;
	readonly query: string;
};

/** By a key of each record, so that folds and cursors are still there on coming back. */
export type PanesOfRecords = ReadonlyMap<string, PanesState>;

export type PanesAction =
	| {readonly type: 'tree'; readonly action: TreeAction}
	| {readonly type: 'focusMoved'; readonly by: 1 | -1}
	| {readonly type: 'searched'; readonly query: string}
	| {readonly type: 'matchMoved'; readonly by: 1 | -1};

const mostRecords = 50;

/** A record as it is opened first: the response of a failure has the focus, since the cause is there. */
export const openPanes = (panes: readonly Pane[], room: number, focus: number): PanesState => ({
	panes,
	trees: panes.map(pane => treeOf(pane, room)),
	focus: Math.max(0, Math.min(focus, panes.length - 1)),
	query: '',
});

const treeOf = ({document, folding, isFromEnd}: Pane, room: number): TreeState | null => {
	if (document === null) {
		return null;
	}

	const tree = createTreeState(document, {room, ...folding});
	return isFromEnd === true ? reduceTree(tree, {type: 'last'}, {width: 80, height: Math.max(1, room), isWrapped: false}) : tree;
};

/** Place of the line that the cursor is on in a pane of lines, from 0; null where there is no such pane. */
export const lineUnderCursor = (state: PanesState | undefined, name: string): number | null => {
	const tree = state?.trees[state.panes.findIndex(pane => pane.name === name)];
	return tree ? tree.cursor - tree.document.firstLine : null;
};

/** The state of a record whose parts were read again: what is the same stays, folds and search stay on what is new. */
export const rebase = (state: PanesState, panes: readonly Pane[], view: TreeView): PanesState => {
	if (state.panes === panes) {
		return state;
	}

	const trees = panes.map(pane => {
		const index = state.panes.findIndex(({name}) => name === pane.name);
		const tree = state.trees[index] ?? null;
		if (tree === null || pane.document === null) {
			return treeOf(pane, view.height);
		}

		return tree.document.text === pane.document.text ? tree : reduceTree(tree, {type: 'replaced', document: pane.document}, view);
	});
	const focus = panes.findIndex(({name}) => name === state.panes[state.focus]?.name);
	return {...state, panes, trees, focus: Math.max(0, focus)};
};

/** What is done with the panes of a record. */
export type PanesChange = {
	/** The record's. */
	readonly key: string;
	/** The record's state as it is shown now. */
	readonly current: PanesState;
	readonly action: PanesAction;
	/** The size of each pane when it has the focus. */
	readonly views: readonly TreeView[];
};

export const reducePanes = (state: PanesOfRecords, {key, current, action, views}: PanesChange): PanesOfRecords => {
	// Several keys can come before the next frame: what an earlier one did counts.
	const kept = state.get(key);
	const before = kept?.panes === current.panes ? kept : current;
	const next = reduceOne(before, action, views);
	if (next === kept) {
		return state;
	}

	const others = [...state].filter(([other]) => other !== key).slice(-mostRecords);
	return new Map([...others, [key, next]]);
};

const reduceOne = (state: PanesState, action: PanesAction, views: readonly TreeView[]): PanesState => {
	switch (action.type) {
		case 'tree': {
			return withTree(state, state.focus, action.action, views);
		}

		case 'focusMoved': {
			const count = state.panes.length;
			return {...state, focus: (state.focus + action.by + count) % count};
		}

		case 'searched': {
			const trees = state.trees.map((tree, index) => tree && reduceTree(tree, {type: 'searched', query: action.query}, viewOf(views, index)));
			const searched = {...state, trees, query: action.query};
			const hasMatch = (index: number) => (trees[index]?.matches.length ?? 0) > 0;
			const other = trees.findIndex((_, index) => hasMatch(index));
			return hasMatch(state.focus) || other < 0 ? searched : {...searched, focus: other};
		}

		case 'matchMoved': {
			return moveMatch(state, action.by, views);
		}
	}
};

const viewOf = (views: readonly TreeView[], index: number): TreeView => views[index] ?? {width: 80, height: 10, isWrapped: false};

const withTree = (state: PanesState, index: number, action: TreeAction, views: readonly TreeView[]): PanesState => {
	const tree = state.trees[index] ?? null;
	if (tree === null) {
		return state;
	}

	const next = reduceTree(tree, action, viewOf(views, index));
	return next === tree ? state : {...state, trees: state.trees.with(index, next)};
};

/** Past the last match of a pane comes the first of the next pane that has one. */
const moveMatch = (state: PanesState, by: 1 | -1, views: readonly TreeView[]): PanesState => {
	const tree = state.trees[state.focus];
	const count = tree?.matches.length ?? 0;
	const isAtEnd = count === 0 || (tree!.match >= 0 && tree!.match === (by === 1 ? count - 1 : 0));
	const paneCount = state.panes.length;
	const order = Array.from({length: paneCount - 1}, (_, step) => (state.focus + by * (step + 1) + paneCount * 2) % paneCount);
	const next = isAtEnd ? order.find(index => (state.trees[index]?.matches.length ?? 0) > 0) : undefined;
	if (next === undefined) {
		return withTree(state, state.focus, {type: 'matchMoved', by}, views);
	}

	const from: TreeAction = {type: by === 1 ? 'firstMatch' : 'lastMatch'};
	return withTree({...state, focus: next}, next, from, views);
};
