import {type Log} from '../domain/records.ts';

/**
 * What a reader gives for each record of a source. `place` is the line (NDJSON, CSV: the line where the record begins)
 * or the entry (HAR), counted from 1.
 */
export type SourceItem =
	| {readonly kind: 'log'; readonly place: number; readonly log: SourceLog; readonly bytesRead: number}
	| {readonly kind: 'rejected'; readonly place: number; readonly reason: string; readonly bytesRead: number}
	/** The source ends in the middle of a record; what was whole came before. */
	| {readonly kind: 'truncated'; readonly place: number; readonly reason: string; readonly bytesRead: number};

/**
 * A log as a source gives it, before anything is derived, redacted or stored: a property that the source
 * does not give is absent. `created_at` is epoch ms.
 */
export type SourceLog = {readonly [K in keyof Log]?: Log[K] | undefined};

export type LogSource = {
	readonly format: 'har' | 'ndjson' | 'csv';
	/** `entry` or `line`: what `place` counts. */
	readonly placeNoun: 'entry' | 'line';
	/** Size of the source as stored (compressed), where it is known. */
	readonly bytesTotal: number | null;
	readonly items: AsyncIterable<readonly SourceItem[]>;
};
