import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {type TestContext} from 'node:test';
import {openStore} from '../../source/store/open-store.ts';
import {type Store} from '../../source/store/store.ts';

/** A directory that goes when the test ends. */
export const temporaryDirectory = (context: Pick<TestContext, 'after'>): string => {
	const directory = mkdtempSync(path.join(tmpdir(), 'auditty-test-'));
	context.after(() => rmSync(directory, {recursive: true, force: true}));
	return directory;
};

export const fileUrl = (file: string): string => pathToFileURL(file).href;

/** An empty store in a file of its own. */
export const temporaryStore = async (context: Pick<TestContext, 'after'>): Promise<Store> => {
	const store = await openStore({url: fileUrl(path.join(temporaryDirectory(context), 'store.db')), isReadOnly: false});
	context.after(() => store.close());
	return store;
};
