import {type Instant} from '../../domain/records.ts';
import {type LogSource, type SourcePosition} from './log-source.ts';

export type Rejection = {readonly place: number; readonly reason: string};

/** What an import has done so far, and at its end. Plain JSON: it becomes the result of the background task. */
export type ImportReport = {
	readonly format: LogSource['format'];
	/** What places count. */
	readonly place_noun: LogSource['placeNoun'];
	/** Records, rejected ones included. */
	readonly read: number;
	readonly inserted: number;
	/** Were in the store already. */
	readonly duplicates: number;
	readonly rejected: number;
	/** The first of them. */
	readonly rejections: readonly Rejection[];
	readonly secrets_replaced: number;
	/** Of the logs that were taken in or were there already, by when they occurred. */
	readonly oldest: Instant | null;
	readonly newest: Instant | null;
	/** Where and why the source ended in the middle. */
	readonly truncated: Rejection | null;
	/** The import was asked to stop before the end of the source. */
	readonly is_interrupted: boolean;
	/** As stored, so compressed where it is. */
	readonly bytes_read: number;
	readonly bytes_total: number | null;
};

/** What an import that goes on at a position must know of what came before it. Plain JSON. */
export type ImportResumption = Pick<ImportReport, 'read' | 'rejected' | 'rejections' | 'secrets_replaced' | 'oldest' | 'newest'> & {
	readonly at: SourcePosition;
	/** Of `createRepeatNumbering`. */
	readonly repeats: string;
};

/** How far an import has come. */
export type ImportCheckpoint = {
	/** As stored, so compressed where it is. */
	readonly bytes: number;
	/** Null when the source can only be read from its start. */
	readonly resumption: ImportResumption | null;
};
