import {type Store} from '../store.ts';
import {logsAPart} from './part-size.ts';

/** A part of the search index. */
export type SearchPart = {
	readonly number: number;
	/** `seq` of the last log that it covers; it begins behind `firstOf`. */
	readonly indexedTo: number;
	/** Of `created_at`; null while it covers no log. */
	readonly oldestAt: number | null;
	readonly newestAt: number | null;
	/** It is all there, and as compact as it gets. */
	readonly isMerged: boolean;
	/** It still says something of a log that was deleted. */
	readonly isStale: boolean;
};

/** A range of `seq`: behind the first, up to the last. */
export type SeqRange = {readonly after: number; readonly to: number};

export const tableOf = (number: number): string => `log_search_${number}`;

/** The range that a part covers when it is whole. */
export const rangeOf = (number: number): SeqRange => ({after: number * logsAPart, to: (number + 1) * logsAPart});

export const partOf = (seq: number): number => Math.floor((seq - 1) / logsAPart);

const numberOrNull = (value: unknown): number | null => value === null ? null : Number(value);

/** In the order of their numbers. */
export const readSearchParts = async (store: Store): Promise<readonly SearchPart[]> => {
	const rows = await store.read('SELECT number, indexed_to, oldest_at, newest_at, is_merged, is_stale FROM search_parts ORDER BY number');
	return rows.map(row => ({
		number: Number(row.number),
		indexedTo: Number(row.indexed_to),
		oldestAt: numberOrNull(row.oldest_at),
		newestAt: numberOrNull(row.newest_at),
		isMerged: row.is_merged === 1,
		isStale: row.is_stale === 1,
	}));
};

/** What no part covers, in order; the last range has no end. */
export const uncoveredRanges = (parts: readonly SearchPart[]): readonly SeqRange[] => {
	const ranges: SeqRange[] = [];
	let after = 0;
	for (const {number, indexedTo} of parts) {
		const begin = rangeOf(number).after;
		if (begin > after) {
			ranges.push({after, to: begin});
		}

		after = indexedTo;
	}

	return [...ranges, {after, to: Number.MAX_SAFE_INTEGER}];
};
