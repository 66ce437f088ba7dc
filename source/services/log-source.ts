import {type SourceLog} from '../domain/derive/source-log.ts';

export {type SourceLog} from '../domain/derive/source-log.ts';

/**
 * What a reader gives for each record of a source. `place` is the line (NDJSON, CSV: the line where the record begins)
 * or the entry (HAR), counted from 1.
 */
export type SourceItem =
	| {readonly kind: 'log'; readonly place: number; readonly log: SourceLog; readonly bytesRead: number}
	| {readonly kind: 'rejected'; readonly place: number; readonly reason: string; readonly bytesRead: number}
	/** The source ends in the middle of a record; what was whole came before. */
	| {readonly kind: 'truncated'; readonly place: number; readonly reason: string; readonly bytesRead: number};

export type LogSource = {
	readonly format: 'har' | 'ndjson' | 'csv';
	/** `entry` or `line`: what `place` counts. */
	readonly placeNoun: 'entry' | 'line';
	/** Size of the source as stored (compressed), where it is known. */
	readonly bytesTotal: number | null;
	readonly items: AsyncIterable<readonly SourceItem[]>;
};
