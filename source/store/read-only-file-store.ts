import fs from 'node:fs';
import type {Client} from '@libsql/client';
import {Fault} from '../domain/fault.ts';
import {openFileClient} from './sqlite-client.ts';
import {type Store} from './store.ts';
import {asBytes, toBytes, toInput, toRows} from './results.ts';
import {codeOf, toFault} from './store-faults.ts';
import {checkStoreFile} from './store-file.ts';

/** What must stay the same for a picture of the file to hold; `log` when a writer is at work, or left its log behind. */
const stateOf = (path: string): string => {
	if (fs.existsSync(`${path}-wal`) && fs.existsSync(`${path}-shm`)) {
		return 'log';
	}

	const {ino, size, mtimeNs} = fs.statSync(path, {bigint: true});
	return `${ino} ${size} ${mtimeNs}`;
};

const refuse = (name: string) => (): Promise<never> => Promise.reject(new Fault(`the store ${name} is open read-only`, {remedy: 'leave out --read-only'}));

/**
 * A store on a local file that is only read, and nothing is written, not even the files that SQLite makes beside it.
 * Where no writer has the file open, it is read as one that cannot change; as soon as it did change, or a writer came,
 * what was read is thrown away and read again.
 */
export const openReadOnlyFileStore = (path: string): Store => {
	checkStoreFile(path);
	let opened: {readonly client: Client; readonly state: string} | undefined;

	const clientFor = async (state: string): Promise<Client> => {
		if (opened?.state !== state) {
			opened?.client.close();
			opened = undefined;
			const client = openFileClient(path, state === 'log' ? 'mode=ro' : 'mode=ro&immutable=1');
			await client.executeMultiple('PRAGMA query_only = ON; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY');
			opened = {client, state};
		}

		return opened.client;
	};

	const steadily = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
		for (let count = 1; ; count++) {
			let state: string | undefined;
			try {
				state = stateOf(path);
				const result = await work(await clientFor(state));
				if (state === 'log' || stateOf(path) === state) {
					return result;
				}
			} catch (error) {
				opened?.client.close();
				opened = undefined;
				const hasMoved = state !== undefined && state !== 'log' && stateOf(path) !== state;
				if (!fs.existsSync(path)) {
					throw new Fault(`the store ${path} is gone`, {remedy: 'check --db', cause: error});
				}

				if (count > 5 || !(hasMoved || codeOf(error) === 'SQLITE_BUSY')) {
					throw toFault(error, path);
				}
			}
		}
	};

	let queue: Promise<unknown> = Promise.resolve();
	const inTurn = <T>(work: (client: Client) => Promise<T>): Promise<T> => {
		const result = queue.then(() => steadily(work));
		queue = result.catch(() => undefined);
		return result;
	};

	return {
		isReadOnly: true,
		isRemote: false,
		name: path,
		read: (sql, args = []) => inTurn(async client => toRows(await client.execute(toInput({sql, args})))),
		readText: (sql, args = []) => inTurn(async client => toBytes(await client.execute(toInput({sql: asBytes(sql), args})))),
		write: refuse(path),
		giveBackSpace: refuse(path),
		emptyLog: refuse(path),
		async close() {
			await queue;
			opened?.client.close();
			opened = undefined;
		},
	};
};
