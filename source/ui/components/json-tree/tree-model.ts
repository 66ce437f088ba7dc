import {type TreeDocument} from './tree-document.ts';
import {type TreeMatch} from './tree-search.ts';

export type TreeState = {
	readonly document: TreeDocument;
	/** 1 for each node that shows what is below it. */
	readonly open: Uint8Array;
	/** Nodes that are shown, in order. */
	readonly visible: Int32Array;
	/** A shown node. */
	readonly cursor: number;
	/** Place in `visible` of the first line on the screen, and how many of its rows are above it (wrapped values). */
	readonly top: number;
	readonly topRow: number;
	readonly query: string;
	readonly matches: readonly TreeMatch[];
	/** Index of the match under the cursor; -1 for none. */
	readonly match: number;
};

/** The pane that shows a tree: terminal cells and rows. */
export type TreeView = {readonly width: number; readonly height: number; readonly isWrapped: boolean};

/** Place of a node among those that are shown, or of the nearest one before it. */
export const placeOf = (visible: Int32Array, index: number): number => {
	let low = 0;
	let high = visible.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (visible[middle]! <= index) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}

	return low;
};
