import {type SourceLog} from '../../domain/derive/source-log.ts';

export {type SourceLog} from '../../domain/derive/source-log.ts';

/**
 * What a reader gives for each record of a source. `place` is the line (NDJSON, CSV: the line where the record begins)
 * or the entry (HAR), counted from 1; `lastPlace` the line where it ends, when that is another. `end` is the byte after
 * the record, from where the next one can be read.
 */
export type SourceItem =
	| {readonly kind: 'log'; readonly place: number; readonly lastPlace?: number; readonly log: SourceLog; readonly bytesRead: number; readonly end?: number}
	| {readonly kind: 'rejected'; readonly place: number; readonly lastPlace?: number; readonly reason: string; readonly bytesRead: number; readonly end?: number}
	/** The source ends in the middle of a record; what was whole came before. */
	| {readonly kind: 'truncated'; readonly place: number; readonly reason: string; readonly bytesRead: number};

/** Tells a file from what it becomes when somebody writes it. */
export type FileState = {readonly size: number; readonly modified_at: number};

/** Where the reading of a file can go on: right after a record. Plain JSON: it becomes part of a checkpoint. */
export type SourcePosition = FileState & {
	/** In bytes. */
	readonly offset: number;
	/** Lines or entries that lie before it. */
	readonly places: number;
};

export type LogSource = {
	readonly format: 'har' | 'ndjson' | 'csv';
	/** `entry` or `line`: what `place` counts. */
	readonly placeNoun: 'entry' | 'line';
	/** Size of the source as stored (compressed), where it is known. */
	readonly bytesTotal: number | null;
	readonly items: AsyncIterable<readonly SourceItem[]>;
	/** Of the plain file that the source is, when it was opened; absent for any other source. */
	readonly file?: FileState | undefined;
	/** For whoever opens the same source once more, in another thread: absent for what can be read only once. */
	readonly plainFile?: {readonly path: string; readonly after: SourcePosition | null} | undefined;
	/** Lets go of a source of which no item is read. */
	readonly close?: () => Promise<void>;
	/** Whether the items begin after the position that was asked for, and not at the start. */
	readonly isResumed?: boolean;
	/** Where to go on after an item; null for what can only be read from its start: compressed data, or no plain file. */
	readonly positionAfter?: (item: SourceItem) => SourcePosition | null;
};
