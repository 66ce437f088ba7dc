import {randomBytes} from 'node:crypto';
import {rmSync} from 'node:fs';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** Only letters, digits, dashes and dots of a name that comes from data; never a path. */
const fileNameOf = (name: string): string => name.replaceAll(/[^\w-]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 60) || 'record';

/** Writes a new file that only its owner reads (0600) into a directory of the same kind; gives its path. */
export const writePrivateFile = async (directory: string, {name, suffix, text}: {readonly name: string; readonly suffix: string; readonly text: string}): Promise<string> => {
	await mkdir(directory, {recursive: true, mode: 0o700});
	const file = path.join(directory, `${fileNameOf(name)}-${randomBytes(4).toString('hex')}.${suffix}`);
	await writeFile(file, text, {flag: 'wx', mode: 0o600});
	return file;
};

/** The same in a directory of its own that is removed when `run` is done. */
export const withPrivateFile = async <T>(content: {readonly name: string; readonly suffix: string; readonly text: string}, run: (file: string) => Promise<T>): Promise<T> => {
	const directory = await mkdtemp(path.join(tmpdir(), 'auditty-'));
	// The terminal may be closed while a program is open on it.
	const removeAtExit = () => {
		rmSync(directory, {recursive: true, force: true});
	};

	process.once('exit', removeAtExit);
	try {
		return await run(await writePrivateFile(directory, content));
	} finally {
		process.removeListener('exit', removeAtExit);
		await rm(directory, {recursive: true, force: true});
	}
};
