import {createFileConnection} from './file-connection.ts';
import {openFileClient} from './sqlite-client.ts';
import {type Store} from './store.ts';
import {asBytes, toBytes, toInput, toRows, toWriteResults} from './results.ts';
import {toFault} from './store-faults.ts';
import {prepareStoreFile} from './store-file.ts';

// auto_vacuum counts only before the first page is written, which journal_mode does. secure_delete: what was deleted,
// a secret perhaps, must not stay in the file. The log of writes may grow to 16 MB before it is worked in: an import
// touches the same index pages again and again.
const pragmas = `
	PRAGMA auto_vacuum = INCREMENTAL;
	PRAGMA journal_mode = WAL;
	PRAGMA synchronous = FULL;
	PRAGMA secure_delete = ON;
	PRAGMA foreign_keys = ON;
	PRAGMA wal_autocheckpoint = 4000;
	PRAGMA journal_size_limit = 33554432;
	PRAGMA cache_size = -32000;
	PRAGMA temp_store = MEMORY;
`;

/** A store on a local file that is read and written. Every call blocks the thread while SQLite works. */
export const openFileStore = async (path: string): Promise<Store> => {
	prepareStoreFile(path);

	const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} catch (error) {
			throw toFault(error, path);
		}
	};

	const connection = await guarded(() => createFileConnection(() => openFileClient(path, 'mode=rw'), pragmas));
	return {
		isReadOnly: false,
		isRemote: false,
		name: path,
		read: (sql, args) => guarded(() => connection.run(async client => toRows(await client.execute(toInput(args === undefined ? {sql} : {sql, args}))))),
		readText: (sql, args = []) => guarded(() => connection.run(async client => toBytes(await client.execute(toInput({sql: asBytes(sql), args}))))),
		write: (statements, {durability = 'full'} = {}) => guarded(() => connection.run(async client => {
			const input = statements.map(toInput);
			if (durability === 'full') {
				return toWriteResults(await client.batch(input, 'write'));
			}

			await client.execute('PRAGMA synchronous = NORMAL');
			try {
				return toWriteResults(await client.batch(input, 'write'));
			} finally {
				await client.execute('PRAGMA synchronous = FULL');
			}
		})),
		// By `execute` it gives back one page, in a batch it is SQLITE_BUSY.
		giveBackSpace: pages => guarded(() => connection.run(client => client.executeMultiple(`PRAGMA incremental_vacuum(${Math.trunc(pages)})`))),
		emptyLog: () => guarded(() => connection.run(async client => {
			const [row] = toRows<{busy: number}>(await client.execute('PRAGMA wal_checkpoint(TRUNCATE)'));
			return row?.busy === 0;
		})),
		async close() {
			await connection.close(async client => {
				// The driver closes files only when it is collected as garbage; what is still in the log goes into the file now.
				await client.executeMultiple('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
			});
		},
	};
};
