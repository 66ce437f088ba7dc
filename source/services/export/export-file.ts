import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import {writeFault} from './file-faults.ts';
import {publish} from './publish-file.ts';

/** The end of a file's name until it is whole. */
export const unfinishedEnd = '.part';

/** A file that grows, and appears under its name when it is whole. */
export type ExportFile = {
	/** Bytes written. */
	readonly size: () => number;
	readonly write: (bytes: Uint8Array) => Promise<void>;
	/** What was written is on the disk when this resolves. */
	readonly sync: () => Promise<void>;
	/** The file appears under its name; nothing that is there is replaced. */
	readonly publish: () => Promise<{readonly bytes: number; readonly sha256: string}>;
	/** Closes the file; removes what is not whole, unless it is kept for who goes on with it. */
	readonly close: (options: {readonly isKept: boolean}) => Promise<void>;
};

/** Copies the beginning of an earlier try's file; false when it is not there or shorter. */
const takeOver = async (from: string, bytes: number, take: (chunk: Buffer) => Promise<void>): Promise<boolean> => {
	try {
		if ((await fs.stat(from)).size < bytes) {
			return false;
		}

		if (bytes > 0) {
			for await (const chunk of createReadStream(from, {end: bytes - 1, highWaterMark: 1 << 20})) {
				await take(chunk as Buffer);
			}
		}

		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return false;
		}

		throw error;
	}
};

/**
 * Begins a file of mode 0600 in a directory that is made where it is missing. Each try writes a file of its own, so
 * that a worker that lost its lease and wakes up again cannot spoil its successor's: where an earlier try came to
 * `bytes`, that much of its file is copied. `isResumed` tells whether that was possible.
 * Throws a `Fault` that names what is wrong.
 */
export const beginExportFile = async ({directory, name, resume}: {
	readonly directory: string;
	readonly name: string;
	readonly resume?: {readonly part: string; readonly bytes: number} | undefined;
}): Promise<{readonly file: ExportFile; readonly part: string; readonly isResumed: boolean}> => {
	const target = path.join(directory, name);
	const part = `${name}${unfinishedEnd}`;
	const unfinished = path.join(directory, part);
	const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} catch (error) {
			throw writeFault(target, error);
		}
	};

	return guarded(async () => {
		await fs.mkdir(directory, {recursive: true, mode: 0o700});
		const handle = await fs.open(unfinished, 'wx', 0o600);
		let hash = createHash('sha256');
		let bytes = 0;
		const write = async (chunk: Uint8Array): Promise<void> => {
			hash.update(chunk);
			for (let at = 0; at < chunk.length;) {
				at += (await handle.write(chunk, at, chunk.length - at, bytes + at)).bytesWritten;
			}

			bytes += chunk.length;
		};

		const file: ExportFile = {
			size: () => bytes,
			write: chunk => guarded(() => write(chunk)),
			sync: () => guarded(() => handle.datasync()),
			publish: () => guarded(async () => {
				await handle.sync();
				await publish(unfinished, target);
				return {bytes, sha256: hash.copy().digest('hex')};
			}),
			close: async ({isKept}) => {
				await handle.close();
				if (!isKept) {
					await fs.rm(unfinished, {force: true});
				}
			},
		};

		try {
			const isResumed = resume !== undefined && await takeOver(path.join(directory, resume.part), resume.bytes, write);
			if (!isResumed) {
				hash = createHash('sha256');
				bytes = 0;
				await handle.truncate(0);
			}

			return {file, part, isResumed};
		} catch (error) {
			await file.close({isKept: false});
			throw error;
		}
	});
};
