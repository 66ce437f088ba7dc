import path from 'node:path';
import {originalsDirectory} from '../../store/data-directory.ts';
import {readStoreIdentity} from '../../store/originals/originals.ts';
import {type Store} from '../../store/store.ts';

/** Where a store keeps the files that its imports read. */
export const originalsOf = async (store: Store, dataDirectory: string): Promise<string> =>
	path.join(originalsDirectory(dataDirectory), await readStoreIdentity(store));
