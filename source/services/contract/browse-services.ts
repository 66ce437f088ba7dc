import {type ExportRecord, type Tab} from '../../domain/records.ts';
import {type Download} from './export-services.ts';

/** Looking into a CSV file: every call names the file and what is shown of it. */
export type BrowseServices = {
	/** Opens the CSV file of an export, or any other, for `browseRows` and the like. Throws a Fault that says why it cannot be browsed. `isAnew` forgets what was read of it. */
	browseOpen: (request: {readonly source: BrowseSource; readonly isAnew?: boolean}, signal?: AbortSignal) => Promise<BrowseTable>;
	/** Goes on reading, filtering and sorting for a moment, and says how far it is. Throws a UsageFault for a bad query. */
	browseStep: (request: BrowseRequest, signal?: AbortSignal) => Promise<BrowseProgress>;
	/** Rows of the view, as far as they are found. Can be fewer than the limit before the end. */
	browseRows: (request: BrowseRequest & {readonly from: number; readonly limit: number}, signal?: AbortSignal) => Promise<BrowseRows>;
	/** One row, its cells whole but for those that are larger than an answer may be. Null when there is none at that place. */
	browseRow: (request: BrowseRequest & {readonly place: number}, signal?: AbortSignal) => Promise<BrowseRow | null>;
	/** The next row of the view with a text in any column, from a place (inclusive) on. Looks for a moment, and says where to go on. */
	browseFind: (request: BrowseRequest & {readonly text: string; readonly from: number; readonly isBackwards?: boolean}, signal?: AbortSignal) => Promise<BrowseFound>;
	/** Copies the file as it is, as `saveDownload` does. */
	browseSave: (request: {readonly source: BrowseSource; readonly to: string; readonly isForced?: boolean}, signal?: AbortSignal) => Promise<Download>;
};

/** An export by its ID, or a CSV file by its absolute path. */
export type BrowseSource = {readonly id: string} | {readonly path: string};

/** What is shown of a file, and in which order. */
export type BrowseView = {
	/** Query text with the keys of the columns. */
	readonly query: string;
	/** By the column of this index; null leaves the order of the file. */
	readonly sort: {readonly column: number; readonly isDescending: boolean} | null;
};

export type BrowseRequest = {readonly source: BrowseSource; readonly view: BrowseView};

export type BrowseTable = {
	/** What to call it: the export's ID, or the file's name. */
	readonly name: string;
	readonly headings: readonly string[];
	/** Whose fields the columns hold; null when no heading is known. */
	readonly tab: Tab | null;
	readonly bytes: number;
	/** The export that made it. */
	readonly export: ExportRecord | null;
};

export type BrowseProgress = {
	/** Rows of the file, as far as it is read. */
	readonly rows: number;
	/** Rows of the view, as far as they are found. */
	readonly matching: number;
	readonly stage: 'reading' | 'filtering' | 'sorting' | 'done';
	/** Of this stage, 0 to 1. */
	readonly share: number;
	/** Lines that are no whole row, the first hundred of them, and how many there are. */
	readonly problems: ReadonlyArray<{readonly line: number; readonly reason: string}>;
	readonly problemCount: number;
	/** The file is no longer what was opened: what is shown may be wrong. */
	readonly file: 'same' | 'changed' | 'gone';
	/** Sorted by so many bytes of long texts; null when by all of them. */
	readonly sortedBy: number | null;
};

export type BrowseRow = {
	/** Place in the view, from 0. */
	readonly place: number;
	/** Number in the file, from 1. */
	readonly row: number;
	readonly cells: readonly string[];
	/** Cells that were cut: whole size in bytes by the index of the column. */
	readonly cut?: Readonly<Record<string, number>>;
};

export type BrowseRows = {readonly rows: readonly BrowseRow[]};

export type BrowseFound = {
	/** Place in the view; null when it was not found yet. */
	readonly place: number | null;
	/** Where to go on; null when nothing is left. */
	readonly next: number | null;
};
