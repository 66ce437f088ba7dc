import {setTimeout as delay} from 'node:timers/promises';
import {countFreePages} from '../../store/purge/purge-logs.ts';
import {type Store} from '../../store/store.ts';

const breathMs = 5;
/** Four kilobytes each. */
const pagesAtOnce = 512;
const emptyingTries = 20;

/** Gives all pages that hold nothing back to the file system, some at a time. Throws the signal's reason. */
export const giveBackSpace = async (store: Store, signal: AbortSignal): Promise<void> => {
	for (let free = await countFreePages(store); free > 0;) {
		signal.throwIfAborted();
		await store.giveBackSpace(pagesAtOnce);
		await delay(breathMs);
		const left = await countFreePages(store);
		// A file that was made without auto_vacuum keeps its pages, and uses them again.
		if (left >= free) {
			return;
		}

		free = left;
	}
};

/** What was deleted is in the log of writes until it is written over; whoever reads just now keeps it there a moment. */
export const emptyLog = async (store: Store, signal: AbortSignal): Promise<void> => {
	for (let tries = 0; tries < emptyingTries && !signal.aborted && !await store.emptyLog(); tries++) {
		await delay(breathMs * (tries + 1));
	}
};
