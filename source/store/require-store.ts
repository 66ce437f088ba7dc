import fs from 'node:fs';
import {Fault} from '../domain/fault.ts';
import {readStoreUrl} from './store-url.ts';

/** What to do where a named store does not exist. */
export const missingStoreRemedy = 'check --db and AUDITTY_DB, or make it by bringing something in, such as auditty import FILE';

/** Whether a store can be there: the file is, or it is on a server, of which only a call tells. */
export const mayExist = (url: string): boolean => {
	const address = readStoreUrl(url);
	return address.kind === 'server' || fs.existsSync(address.path);
};

/**
 * Throws a `Fault` where a store is to exist and its file does not: a mistyped name would otherwise be answered as a store
 * that holds nothing. Nothing is made.
 */
export const requireStore = ({url, mustExist = false}: {readonly url: string; readonly mustExist?: boolean | undefined}): void => {
	const address = readStoreUrl(url);
	if (mustExist && address.kind === 'file' && !fs.existsSync(address.path)) {
		throw new Fault(`the store ${address.path} does not exist`, {remedy: missingStoreRemedy});
	}
};
