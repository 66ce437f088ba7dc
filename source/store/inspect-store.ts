import {type Store} from './store.ts';

export type StoreHealth = {
	readonly schemaVersion: number;
	/** SQLite's complaints; empty when it has none. Null on a server, which looks after that itself. */
	readonly damages: readonly string[] | null;
};

/** For diagnosis only: the look at a file's pages takes about a second a gigabyte. Throws a `Fault` when it cannot be read. */
export const inspectStore = async (store: Store): Promise<StoreHealth> => {
	const [version] = await store.read('SELECT max(version) AS version FROM schema_versions');
	const rows = store.isRemote ? null : await store.read('PRAGMA quick_check(5)');
	return {
		schemaVersion: Number(version?.version ?? 0),
		damages: rows === null ? null : rows.map(row => String(Object.values(row)[0])).filter(line => line !== 'ok'),
	};
};
