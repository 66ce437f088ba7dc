import {setTimeout as delay} from 'node:timers/promises';
import {dropNextPart, indexNextLogs, mergeNextPart} from '../../store/search/build-search.ts';
import {isImporting, readSearchState} from '../../store/search/search-state.ts';
import {type Statement, type Store} from '../../store/store.ts';
import {emptyLog, giveBackSpace} from '../purge/give-back-space.ts';
import {isSearchIndexed} from './schedule-search.ts';

export type SearchReport = {
	readonly indexed: number;
	/** Of the index, each of 40,000 logs: thrown away, since logs of theirs were deleted or the index was turned off. */
	readonly dropped_parts: number;
};

/** Others get at the write lock between two steps. An import leaves it for 5 ms only: it goes first. */
const breathMs = {alone: 10, besideImport: 200};

/**
 * Brings the search index up to date in short steps, each a transaction that says how far it is: whoever takes over goes
 * on there. With the setting `search.index` off it takes the index away. Throws the signal's reason.
 */
export const buildSearchIndex = async ({store, signal, guard, indexedBefore, checkpoint = () => [], onProgress}: {
	readonly store: Store;
	readonly signal: AbortSignal;
	readonly guard: () => readonly Statement[];
	/** Logs that earlier tries put in. */
	readonly indexedBefore: number;
	/** Written in the transaction that brings their number to this. */
	readonly checkpoint?: (indexed: number) => readonly Statement[];
	readonly onProgress: (progress: {readonly indexed: number; readonly total: number}) => void;
}): Promise<SearchReport> => {
	const isIndexed = await isSearchIndexed(store);
	let droppedParts = 0;
	for (let state = await dropNextPart(store, {guard: guard(), isAll: !isIndexed}); state !== null; state = await dropNextPart(store, {guard: guard(), isAll: !isIndexed})) {
		droppedParts += state === 'gone' ? 1 : 0;
		signal.throwIfAborted();
		await delay(breathMs.alone);
	}

	let indexed = indexedBefore;
	const breathe = async (): Promise<void> => {
		signal.throwIfAborted();
		await delay(await isImporting(store) ? breathMs.besideImport : breathMs.alone, undefined, {signal}).catch(() => signal.throwIfAborted());
	};

	if (isIndexed) {
		for (let count: number | null = 0; count !== null; count = await indexNextLogs(store, guard(), next => checkpoint(indexed + next))) {
			indexed += count;
			onProgress({indexed, total: indexed + (await readSearchState(store)).unindexed});
			await breathe();
		}

		while (await mergeNextPart(store, guard())) {
			await breathe();
		}
	} else {
		await giveBackSpace(store, signal);
	}

	if (droppedParts > 0) {
		await emptyLog(store, signal);
	}

	return {indexed, dropped_parts: droppedParts};
};
