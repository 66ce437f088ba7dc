import fs from 'node:fs/promises';
import path from 'node:path';
import {Fault} from '../../domain/fault.ts';

/** What tells that a file is still the one that was opened. */
export type FileState = {readonly device: number; readonly inode: number; readonly bytes: number; readonly changedAt: number};

const whyUnreadable: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
	ENOENT: ['does not exist', 'check its name'],
	ENOTDIR: ['does not exist', 'check its name'],
	EACCES: ['may not be read by this user', 'change its permissions'],
	EPERM: ['may not be read by this user', 'change its permissions'],
};

/** A `Fault` that says why a file cannot be read; a `Fault` stays as it is. */
export const unreadable = (file: string, error: unknown): unknown => {
	const code = (error as NodeJS.ErrnoException | null)?.code;
	if (error instanceof Fault || code === undefined) {
		return error;
	}

	const [what, remedy] = whyUnreadable[code] ?? [`cannot be read (${code})`, 'see whether its disk is in order'];
	return new Fault(`${file} ${what}`, {remedy, cause: error});
};

/** Throws a `Fault` for what is no file that can be read at any place. */
export const stateOfFile = async (file: string): Promise<FileState> => {
	try {
		const stats = await fs.stat(file);
		if (!stats.isFile()) {
			throw new Fault(`${file} is ${stats.isDirectory() ? 'a directory' : 'no regular file'}`, {remedy: stats.isDirectory() ? 'name a file in it' : 'save it as a file first'});
		}

		return {device: stats.dev, inode: stats.ino, bytes: stats.size, changedAt: stats.mtimeMs};
	} catch (error) {
		throw unreadable(file, error);
	}
};

/** Whether the file is still what it was. */
export const compareFile = async (file: string, before: FileState): Promise<'same' | 'changed' | 'gone'> => {
	try {
		const stats = await fs.stat(file);
		const isSame = stats.dev === before.device && stats.ino === before.inode && stats.size === before.bytes && stats.mtimeMs === before.changedAt;
		return isSame ? 'same' : 'changed';
	} catch {
		return 'gone';
	}
};

/** More is given back after the reading. */
const mostReused = 4 << 20;

/** Memory to read into, again and again. */
export type ReadBuffer = {bytes: Buffer};

/** Runs with the open file. What is read lies in `reused`, where there is one, until the next reading. Throws a `Fault` when it cannot be read. */
export const withFile = async <T>(file: string, run: (read: (start: number, length: number) => Promise<Buffer>) => Promise<T>, reused?: ReadBuffer): Promise<T> => {
	try {
		const handle = await fs.open(file, 'r');
		try {
			return await run(async (start, length) => {
				const bytes = reused !== undefined && reused.bytes.length >= length ? reused.bytes : Buffer.allocUnsafeSlow(length);
				if (reused !== undefined && length <= mostReused) {
					reused.bytes = bytes;
				}

				let filled = 0;
				while (filled < length) {
					const {bytesRead} = await handle.read(bytes, filled, length - filled, start + filled);
					if (bytesRead === 0) {
						break;
					}

					filled += bytesRead;
				}

				return bytes.subarray(0, filled);
			});
		} finally {
			await handle.close();
		}
	} catch (error) {
		throw unreadable(path.basename(file), error);
	}
};
