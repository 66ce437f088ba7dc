import {dataDirectory} from '../store/data-directory.ts';
import {openStore, type StoreOptions} from '../store/open-store.ts';
import {type Store} from '../store/store.ts';

/** Opens what a parent named in its `open` message. */
export const databaseAndHome = async (opening: unknown): Promise<{readonly store: Store; readonly home: string}> => {
	// Both ends are of one build, and the parent's end is typed.
	const options = opening as StoreOptions;
	return {store: await openStore(options), home: options.home ?? dataDirectory(process.env)};
};
