import {type Token} from '../../theme.ts';

/** A piece of a row, safe for the terminal. `isFound` marks what a search found, `isCurrent` the match that the cursor is at. */
export type TreeSegment = {readonly text: string; readonly token: Token; readonly isFound?: boolean; readonly isCurrent?: boolean};

/** One line of a tree. */
export type TreeRow = {
	readonly index: number;
	/** Columns before the sign. */
	readonly indent: number;
	readonly sign: 'folded' | 'unfolded' | null;
	readonly segments: readonly TreeSegment[];
	/** The match that the cursor is at lies in this row. */
	readonly holdsMatch: boolean;
};
