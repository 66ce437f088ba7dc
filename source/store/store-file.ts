import fs from 'node:fs';
import path from 'node:path';
import {Fault} from '../domain/fault.ts';

const errorCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

const causes: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
	EACCES: ['may not be opened', 'check the permissions of the file and of its directory'],
	EPERM: ['may not be opened', 'check the permissions of the file and of its directory'],
	EROFS: ['is on a read-only file system', 'use --read-only, or name another place with --db'],
	EISDIR: ['is a directory', 'name a file with --db'],
	ENOTDIR: ['lies below something that is no directory', 'name another place with --db'],
	// Where a directory should be, by mkdir.
	EEXIST: ['lies below something that is no directory', 'name another place with --db'],
	ENOENT: ['does not exist', 'check --db, or leave out --read-only to make it'],
	ENOSPC: ['does not fit on the disk', 'free some space and try again'],
	ELOOP: ['is a link to itself', 'name another file with --db'],
	ENAMETOOLONG: ['has too long a name', 'name another file with --db'],
};

const asFault = (error: unknown, file: string): Fault => {
	const [what, remedy] = causes[errorCode(error)] ?? ['cannot be opened', 'check --db'];
	return new Fault(`the store ${file} ${what}`, {remedy, cause: error});
};

// Smaller than the first page of any database; SQLite would take it for a new one.
const smallestStoreBytes = 512;

/**
 * Looks at the file by its name only: closing a descriptor of it would give up the locks that SQLite holds on it
 * elsewhere in this process (fcntl(2)). What is large enough and still no store, SQLite itself refuses.
 */
const examine = (file: string, access: number): fs.Stats => {
	try {
		const stats = fs.statSync(file);
		if (!stats.isFile()) {
			throw new Fault(`the store ${file} is ${stats.isDirectory() ? 'a directory' : 'no regular file'}`, {remedy: 'name a file with --db'});
		}

		if (stats.size > 0 && stats.size < smallestStoreBytes) {
			throw new Fault(`the file ${file} is not a store`, {remedy: 'name another file with --db, or move this one away'});
		}

		fs.accessSync(file, access);
		return stats;
	} catch (error) {
		throw error instanceof Fault ? error : asFault(error, file);
	}
};

/**
 * Makes the file and its directory, where they are not there yet, before SQLite does, which would let everyone read
 * them; SQLite gives the modes of this file to those beside it. Throws a `Fault` when it is not a store.
 */
export const prepareStoreFile = (file: string): void => {
	try {
		fs.mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
	} catch (error) {
		throw asFault(error, file);
	}

	try {
		fs.closeSync(fs.openSync(file, 'wx', 0o600));
	} catch (error) {
		if (errorCode(error) !== 'EEXIST') {
			throw asFault(error, file);
		}
	}

	const stats = examine(file, fs.constants.R_OK | fs.constants.W_OK);
	if ((stats.mode & 0o077) !== 0 && stats.uid === process.getuid?.()) {
		fs.chmodSync(file, 0o600);
	}
};

/** Throws a `Fault` when the file is not there, may not be read or cannot be a store. Touches nothing. */
export const checkStoreFile = (file: string): void => {
	if (examine(file, fs.constants.R_OK).size === 0) {
		throw new Fault(`the store ${file} is empty`, {remedy: 'import something first, without --read-only'});
	}
};
