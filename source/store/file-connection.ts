import {setTimeout as delay} from 'node:timers/promises';
import type {Client} from '@libsql/client';
import {isBusy} from './store-faults.ts';

const tries = 6;

/**
 * One connection to a file, used by one caller at a time.
 *
 * A statement that met SQLITE_BUSY is never reset, and later writes of its connection report success and are never
 * committed (libsql-client-ts #352). So after each BUSY the connection is thrown away, the new one set up, and the
 * work done again, with jitter, for two processes that retry in step would meet again.
 */
export type FileConnection = {
	readonly run: <T>(work: (client: Client) => Promise<T>) => Promise<T>;
	/** Waits for work under way; `last` is done before, and may fail. */
	readonly close: (last: (client: Client) => Promise<unknown>) => Promise<void>;
};

export const createFileConnection = async (open: () => Client, pragmas: string): Promise<FileConnection> => {
	let client: Client | undefined;
	let queue: Promise<unknown> = Promise.resolve();

	const discard = (): void => {
		client?.close();
		client = undefined;
	};

	const connected = async (): Promise<Client> => {
		if (client === undefined) {
			const opened = open();
			client = opened;
			await opened.executeMultiple(pragmas);
		}

		return client;
	};

	const attempt = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
		for (let count = 1; ; count++) {
			try {
				return await work(await connected());
			} catch (error) {
				if (!isBusy(error)) {
					throw error;
				}

				discard();
				if (count === tries) {
					throw error;
				}
			}

			await delay(5 + (Math.random() * 25 * 2 ** count));
		}
	};

	const run = <T>(work: (client: Client) => Promise<T>): Promise<T> => {
		const result = queue.then(() => attempt(work));
		queue = result.catch(() => undefined);
		return result;
	};

	await run(() => Promise.resolve());
	return {
		run,
		async close(last) {
			await queue;
			if (client !== undefined) {
				await last(client).catch(() => undefined);
			}

			discard();
		},
	};
};
