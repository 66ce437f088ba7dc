import {randomBytes} from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import {Fault} from '../../domain/fault.ts';
import {writeFault} from './file-faults.ts';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** What file systems without hard links answer. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Gives a whole file its name. Fails with EEXIST when the name is taken: nothing is replaced, no link is followed. */
export const publish = async (unfinished: string, target: string): Promise<void> => {
	try {
		await fs.link(unfinished, target);
	} catch (error) {
		if (!withoutLinks.has(codeOf(error))) {
			throw error;
		}

		// An empty file of our own takes the name, and is what the whole one replaces.
		await (await fs.open(target, 'wx', 0o600)).close();
		await fs.rename(unfinished, target);
		return;
	}

	await fs.unlink(unfinished);
};

/**
 * Whether a file may be written there, before any work is done for it. Throws a `Fault` when it exists and may not
 * be replaced, is no file, or its directory cannot be written.
 */
export const checkTarget = async (target: string, {isForced}: {readonly isForced: boolean}): Promise<void> => {
	const refuse = (what: string, remedy: string): Fault => new Fault(`${target} ${what}`, {remedy});
	try {
		const link = await fs.lstat(target);
		// What a link leads to is not touched: the link itself is replaced, unless it stands for no file (/dev/stdout).
		const stats = link.isSymbolicLink() ? await fs.stat(target).catch(() => null) : link;
		if (stats !== null && !stats.isFile()) {
			throw refuse(stats.isDirectory() ? 'is a directory' : 'is no regular file', stats.isDirectory() ? 'name a file in it' : 'name a file, or leave out --output and redirect');
		}

		if (!isForced) {
			throw refuse('exists', 'name another file, or give --force to replace it');
		}
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') {
			throw error instanceof Fault ? error : writeFault(target, error);
		}
	}

	try {
		await fs.access(path.dirname(target), fs.constants.W_OK | fs.constants.X_OK);
	} catch (error) {
		throw writeFault(target, error);
	}
};

/**
 * Writes a file of mode 0600 that appears under its name when it is whole. One that is there is refused, or with
 * `isForced` replaced in one step; links are never followed. Throws a `Fault` that says why it cannot be written.
 */
export const saveFile = async (target: string, {content, isForced, signal}: {
	/** Each piece need be good only until the next is asked for. */
	readonly content: AsyncIterable<Buffer>;
	readonly isForced: boolean;
	readonly signal?: AbortSignal | undefined;
}): Promise<void> => {
	await checkTarget(target, {isForced});
	const unfinished = path.join(path.dirname(target), `.${path.basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);
	try {
		const handle = await fs.open(unfinished, 'wx', 0o600);
		try {
			for await (const chunk of content) {
				signal?.throwIfAborted();
				await handle.appendFile(chunk);
			}

			await handle.sync();
		} finally {
			await handle.close();
		}

		signal?.throwIfAborted();
		await (isForced ? fs.rename(unfinished, target) : publish(unfinished, target));
	} catch (error) {
		throw codeOf(error) === 'EEXIST'
			? new Fault(`${target} exists by now`, {remedy: 'name another file, or give --force to replace it', cause: error})
			: writeFault(target, error);
	} finally {
		await fs.rm(unfinished, {force: true});
	}
};
