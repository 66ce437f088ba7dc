import {openServerClient} from './server-client.ts';
import {type Store} from './store.ts';
import {type StoreAddress} from './store-url.ts';
import {toBytes, toRows, toServerInput, toWriteResults} from './results.ts';
import {toFault} from './store-faults.ts';

/** A store on a server (sqld, Turso). PRAGMAs are the server's own affair. */
export const openServerStore = (address: StoreAddress & {kind: 'server'}, authToken: string | undefined): Store => {
	const client = openServerClient(address, authToken);
	const name = address.url;

	const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} catch (error) {
			throw toFault(error, name);
		}
	};

	return {
		isReadOnly: false,
		isRemote: true,
		name,
		read: (sql, args) => guarded(async () => toRows(await client.execute(toServerInput(args === undefined ? {sql} : {sql, args})))),
		// As the text that it is: a server gives bytes in base64.
		readText: (sql, args = []) => guarded(async () => toBytes(await client.execute(toServerInput({sql, args})))),
		write: statements => guarded(async () => toWriteResults(await client.batch(statements.map(toServerInput), 'write'))),
		giveBackSpace: () => Promise.resolve(),
		emptyLog: () => Promise.resolve(true),
		close() {
			client.close();
			return Promise.resolve();
		},
	};
};
