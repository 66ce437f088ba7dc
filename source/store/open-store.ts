import process from 'node:process';
import {Fault} from '../domain/fault.ts';
import {dataDirectory, defaultStoreUrl} from './data-directory.ts';
import {openFileStore} from './file-store.ts';
import {checkSchema, migrate} from './migrate.ts';
import {openReadOnlyFileStore} from './read-only-file-store.ts';
import {requireStore} from './require-store.ts';
import {type StoreAddress, readStoreUrl} from './store-url.ts';
import {type Store} from './store.ts';

export type StoreOptions = {
	/** `file:PATH`, `libsql://HOST` or `http(s)://HOST`; the file in the data directory when absent. */
	readonly url?: string | undefined;
	readonly isReadOnly: boolean;
	/** A file that is not there is a fault, and none is made. */
	readonly mustExist?: boolean | undefined;
	/** For a server. */
	readonly authToken?: string | undefined;
	/** The data directory; the one of the environment when absent. */
	readonly home?: string | undefined;
};

const asReadOnly = (store: Store): Store => {
	const refuse = (): Promise<never> => Promise.reject(new Fault(`the store ${store.name} is open read-only`, {remedy: 'leave out --read-only'}));
	return {...store, isReadOnly: true, write: refuse, giveBackSpace: refuse, emptyLog: refuse};
};

const connect = async (address: StoreAddress, {isReadOnly, authToken}: StoreOptions): Promise<Store> => {
	if (address.kind === 'server') {
		const {openServerStore} = await import('./server-store.ts');
		const store = openServerStore(address, authToken);
		return isReadOnly ? asReadOnly(store) : store;
	}

	return isReadOnly ? openReadOnlyFileStore(address.path) : openFileStore(address.path);
};

/**
 * Opens the store, makes it where it does not exist unless it must, and brings its schema up to date. Read-only, nothing is written,
 * not even beside the file. Throws a `Fault` that says why a store cannot be opened, a `UsageFault` for a bad address.
 */
export const openStore = async (options: StoreOptions): Promise<Store> => {
	const home = options.home ?? dataDirectory(process.env);
	const url = options.url ?? defaultStoreUrl(home);
	requireStore({url, mustExist: options.mustExist});
	const store = await connect(readStoreUrl(url), options);
	try {
		await (options.isReadOnly ? checkSchema(store) : migrate(store));
		return store;
	} catch (error) {
		await store.close();
		throw error;
	}
};
