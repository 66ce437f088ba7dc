import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {type TestContext} from 'node:test';
import {openStore} from '../../source/store/open-store.ts';
import {type Store} from '../../source/store/store.ts';
import {startSqld} from './sqld.ts';

/** A directory that goes when the test ends. */
export const temporaryDirectory = (context: Pick<TestContext, 'after'>): string => {
	const directory = mkdtempSync(path.join(tmpdir(), 'auditty-test-'));
	// What a screen left behind to end by itself may write its last while this goes on.
	context.after(() => rmSync(directory, {recursive: true, force: true, maxRetries: 10, retryDelay: 50}));
	return directory;
};

export const fileUrl = (file: string): string => pathToFileURL(file).href;

/** Where a store can be: what holds for one must hold for the other. */
export const storeKinds = ['file', 'server'] as const;
export type StoreKind = typeof storeKinds[number];

/** An empty store in a file of its own, or on a server of its own. */
export const temporaryStore = async (context: Pick<TestContext, 'after'>, kind: StoreKind = 'file'): Promise<Store> => {
	const directory = temporaryDirectory(context);
	const url = kind === 'file' ? fileUrl(path.join(directory, 'store.db')) : (await startSqld(context, directory)).url;
	const store = await openStore({url, isReadOnly: false});
	context.after(() => store.close());
	return store;
};
