import {useMemo, useReducer, useState, type Dispatch} from 'react';
import {type TreeState, type TreeView} from '../../components/json-tree/tree-model.ts';
import {type TreeAction} from '../../components/json-tree/tree-state.ts';
import {type Handlers} from '../../keymap/binding.ts';
import {layoutPanes, type PanesLayout} from './layout-panes.ts';
import {treeViewOf} from './pane-view.tsx';
import {type Pane} from './pane.ts';
import {openPanes, rebase, reducePanes, type PanesAction, type PanesChange, type PanesState} from './panes-state.ts';

/** What is kept of the record in front, and of those looked at before it. */
export type PanesMemory = {
	readonly recordKey: string;
	/** Undefined until something was done with this record. */
	readonly kept: PanesState | undefined;
	readonly dispatch: Dispatch<PanesChange>;
};

/** Folds, cursors and searches of records by a key of each; apart from `usePanes`, since the panes of a record can hang on them. */
export const usePanesMemory = (recordKey: string): PanesMemory => {
	const [records, dispatch] = useReducer(reducePanes, new Map<string, PanesState>());
	return {recordKey, kept: records.get(recordKey), dispatch};
};

type PanesInput = {
	readonly memory: PanesMemory;
	/** Memoized: other panes are looked at as the same record read again. */
	readonly panes: readonly Pane[];
	/** The pane that has the focus when the record is opened first. */
	readonly firstFocus: number;
	readonly width: number;
	readonly height: number;
	/** The panes stand beside the list. */
	readonly isBeside?: boolean;
	/** The first pane needs no more rows than these. */
	readonly firstRows?: number | undefined;
};

export type PanesControl = {
	readonly panes: readonly Pane[];
	readonly state: PanesState;
	readonly layout: PanesLayout;
	readonly width: number;
	/** Rows for the panes, titles included; while a search is asked for one less. */
	readonly height: number;
	readonly isWrapped: boolean;
	readonly isSearching: boolean;
	/** The pane that keys move in, and its tree; null where it is empty. */
	readonly pane: Pane;
	readonly tree: TreeState | null;
	readonly act: (action: PanesAction) => void;
	readonly beginSearch: () => void;
	readonly endSearch: () => void;
	/** Of context `detail`: moving, folding, the parts of the record, searching. */
	readonly handlers: Handlers;
};

/** The panes of a record with all that keys do inside them; `Panes` draws them. */
export const usePanes = ({memory: {recordKey, kept, dispatch}, panes, firstFocus, width, height, isBeside = false, firstRows}: PanesInput): PanesControl => {
	const [isWrapped, setIsWrapped] = useState(false);
	const [isSearching, setIsSearching] = useState(false);
	const panesHeight = Math.max(2, height - (isSearching ? 1 : 0));
	const layoutWith = (focus: number) => layoutPanes({width, height: panesHeight, count: panes.length, focus, isBeside, firstRows});
	const views: readonly TreeView[] = panes.map((pane, index) => {
		const place = layoutWith(index).places.find(one => one.pane === index) ?? {width, height: panesHeight - 1};
		return treeViewOf(pane, place.width, place.height, isWrapped);
	});
	const room = views[0]!.height;
	// Its size decides only how a record opens, so that it is not folded anew when the screen is resized.
	// eslint-disable-next-line react-hooks/exhaustive-deps
	const opened = useMemo(() => openPanes(panes, room, firstFocus), [recordKey]);
	// eslint-disable-next-line react-hooks/exhaustive-deps
	const state = useMemo(() => rebase(kept ?? opened, panes, views[0]!), [kept, opened, panes]);

	const act = (action: PanesAction) => {
		dispatch({key: recordKey, current: state, action, views});
	};

	const beginSearch = () => {
		setIsSearching(true);
	};

	return {
		panes, state, width, isWrapped, isSearching, act, beginSearch,
		height: panesHeight,
		layout: layoutWith(state.focus),
		pane: panes[state.focus]!,
		tree: state.trees[state.focus] ?? null,
		endSearch() {
			setIsSearching(false);
		},
		handlers: {
			...treeHandlers(act),
			wrap() {
				setIsWrapped(before => !before);
			},
			search: beginSearch,
		},
	};
};

const treeHandlers = (act: (action: PanesAction) => void): Handlers => {
	const move = (action: TreeAction) => () => {
		act({type: 'tree', action});
	};

	return {
		down: move({type: 'moved', by: 1}),
		up: move({type: 'moved', by: -1}),
		halfDown: move({type: 'paged', by: 0.5}),
		halfUp: move({type: 'paged', by: -0.5}),
		pageDown: move({type: 'paged', by: 1}),
		pageUp: move({type: 'paged', by: -1}),
		first: move({type: 'first'}),
		last: move({type: 'last'}),
		fold: move({type: 'fold'}),
		unfold: move({type: 'unfold'}),
		foldAll: move({type: 'foldAll'}),
		unfoldAll: move({type: 'unfoldAll'}),
		nextSibling: move({type: 'sibling', by: 1}),
		previousSibling: move({type: 'sibling', by: -1}),
		nextPart() {
			act({type: 'focusMoved', by: 1});
		},
		previousPart() {
			act({type: 'focusMoved', by: -1});
		},
		nextMatch() {
			act({type: 'matchMoved', by: 1});
		},
		previousMatch() {
			act({type: 'matchMoved', by: -1});
		},
	};
};
