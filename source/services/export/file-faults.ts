import {Fault} from '../../domain/fault.ts';

const causes: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
	ENOSPC: ['the disk is full', 'free some space and run it again'],
	EDQUOT: ['the quota of disk space is used up', 'free some space and run it again'],
	EACCES: ['it may not be written by this user', 'change the permissions of its directory'],
	EPERM: ['it may not be written by this user', 'change the permissions of its directory'],
	EROFS: ['its file system is read-only', 'name another place'],
	ENOENT: ['its directory does not exist', 'make the directory, or name another place'],
	ENOTDIR: ['a part of its path is no directory', 'name another place'],
	EISDIR: ['it is a directory', 'name a file in it'],
	ENAMETOOLONG: ['its name is too long', 'name another one'],
	ELOOP: ['it is a link that leads back to itself', 'name another file'],
	EFBIG: ['the file system allows no file of that size', 'name another place, or export less'],
	EMFILE: ['too many files are open', 'close some programs and try again'],
};

/** A `Fault` that says why a file cannot be written; faults and what is no error of a file pass through. */
export const writeFault = (file: string, error: unknown): unknown => {
	const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
	if (error instanceof Fault || code === undefined || !/^E[A-Z]+$/.test(code)) {
		return error;
	}

	const [what, remedy] = causes[code] ?? [`the system reported ${code}`, 'see whether its disk is in order'];
	return new Fault(`${file} cannot be written: ${what}`, {remedy, cause: error});
};
