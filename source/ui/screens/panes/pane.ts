import {type FoldingOptions} from '../../components/json-tree/tree-state.ts';
import {type TreeDocument} from '../../components/json-tree/tree-document.ts';

/** One part of a record: its request, its response, everything else. */
export type Pane = {
	readonly name: string;
	/** Size and kind of the content, for the title. */
	readonly info: string;
	/** Null when there is nothing; `emptyText` then says so. */
	readonly document: TreeDocument | null;
	readonly emptyText: string;
	/** Stands below the content, always in sight: where it is cut, why it is no JSON. */
	readonly note?: string | undefined;
	/** The cursor begins at the end: what came last matters most. */
	readonly isFromEnd?: boolean | undefined;
	/** Shows a part of another pane: left out where the whole record is printed. */
	readonly isExcerpt?: boolean | undefined;
	readonly folding?: FoldingOptions | undefined;
	/** The text that copying and an editor give, with the suffix of its file; by default the document's. */
	readonly body?: {readonly text: string; readonly suffix: 'json' | 'txt'} | undefined;
};
