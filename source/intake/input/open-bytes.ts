import {constants} from 'node:fs';
import {access, type FileHandle, open, stat} from 'node:fs/promises';
import {type Readable} from 'node:stream';
import {Fault} from '../../domain/fault.ts';
import {type FileState} from '../../services/import/log-source.ts';
import {type ByteInput, type Chunk, peek} from './byte-input.ts';
import {gunzip, isGzip} from './gunzip.ts';

const chunkBytes = 64 * 1024;

const readFaults: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
	ENOENT: ['does not exist', 'check the path'],
	ENOTDIR: ['does not exist', 'check the path'],
	EISDIR: ['is a directory', 'name a file in it'],
	EACCES: ['may not be read by this user', 'change its permissions'],
	EPERM: ['may not be read by this user', 'change its permissions'],
	ENAMETOOLONG: ['has too long a name', 'check the path'],
	ELOOP: ['is a link that leads back to itself', 'check the path'],
};

/** A Fault that says why the source cannot be read; one that says so already passes through. */
export const readFault = (name: string, error: unknown): Fault => {
	if (error instanceof Fault) return error;
	const code = (error as NodeJS.ErrnoException).code ?? '';
	const [what, remedy] = readFaults[code] ?? [`cannot be read (${code === '' ? String(error) : code})`, 'see whether its disk is in order'];
	return new Fault(`${name} ${what}`, {remedy, cause: error});
};

/** The open of a pipe waits for somebody who writes into it: what asks to stop is not kept waiting with it. */
const openFile = async (path: string, signal: AbortSignal | undefined): Promise<FileHandle> => {
	const opening = open(path, 'r');
	const {promise: stopped, reject: stop} = Promise.withResolvers<never>();
	const onAbort = (): void => {
		void opening.then(async file => file.close()).catch(() => {});
		stop(signal?.reason as Error);
	};

	signal?.throwIfAborted();
	signal?.addEventListener('abort', onAbort);
	try {
		return await Promise.race([opening, stopped]);
	} catch (error) {
		signal?.throwIfAborted();
		throw readFault(path, error);
	} finally {
		signal?.removeEventListener('abort', onAbort);
	}
};

const readFile = async function * (path: string, signal: AbortSignal | undefined, start = 0): AsyncGenerator<Chunk> {
	const file = await openFile(path, signal);
	let bytesRead = start;
	try {
		for (;;) {
			signal?.throwIfAborted();
			const bytes = Buffer.allocUnsafeSlow(chunkBytes);
			const read = await file.read(bytes, 0, chunkBytes, start === 0 ? null : bytesRead).catch((error: unknown) => {
				throw readFault(path, error);
			});
			if (read.bytesRead === 0) return;
			bytesRead += read.bytesRead;
			yield {bytes: bytes.subarray(0, read.bytesRead), bytesRead};
		}
	} finally {
		await file.close();
	}
};

const readStream = async function * (stream: Readable, name: string, signal: AbortSignal | undefined): AsyncGenerator<Chunk> {
	let bytesRead = 0;
	const abort = (): void => {
		stream.destroy(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
	};

	signal?.throwIfAborted();
	signal?.addEventListener('abort', abort, {once: true});
	try {
		for await (const piece of stream as AsyncIterable<Buffer | string>) {
			const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
			bytesRead += bytes.length;
			yield {bytes, bytesRead};
		}
	} catch (error) {
		signal?.throwIfAborted();
		throw readFault(name, error);
	} finally {
		signal?.removeEventListener('abort', abort);
	}
};

/** The state of a plain file; null for what is none. Throws a Fault when the path cannot be read. */
export const stateOfReadable = async (path: string): Promise<FileState | null> => {
	try {
		const status = await stat(path);
		if (status.isDirectory()) throw Object.assign(new Error('directory'), {code: 'EISDIR'});
		await access(path, constants.R_OK);
		return status.isFile() ? {size: status.size, modified_at: status.mtimeMs} : null;
	} catch (error) {
		throw readFault(path, error);
	}
};

/** A file that ends before the end that it had when it was opened was cut while it was read. */
const untilEnd = async function * (chunks: AsyncIterable<Chunk>, {from, size, onDamage}: {
	readonly from: number;
	readonly size: number;
	readonly onDamage: (reason: string) => void;
}): AsyncGenerator<Chunk> {
	let reached = from;
	for await (const chunk of chunks) {
		reached = chunk.bytesRead;
		yield chunk;
	}

	if (reached < size) onDamage('the file became shorter while it was read');
};

/** Takes the bytes of a source that can be read only once, as they are stored. */
export type ByteKeeper = {
	readonly write: (bytes: Buffer) => Promise<void>;
	/** The source came to its end. */
	readonly end: () => void;
};

const keeping = async function * (chunks: AsyncIterable<Chunk>, {write, end}: ByteKeeper): AsyncGenerator<Chunk> {
	for await (const chunk of chunks) {
		await write(chunk.bytes);
		yield chunk;
	}

	end();
};

/**
 * Opens a file, or a stream (standard input), plain or gzip. `keeper` gets the bytes of what is no plain file, while they
 * are read. Throws a Fault when it cannot be read.
 */
export const openBytes = async (from: {readonly path: string} | {readonly stream: Readable; readonly name: string}, {signal, keeper}: {
	readonly signal?: AbortSignal | undefined;
	readonly keeper?: ByteKeeper | undefined;
} = {}): Promise<ByteInput> => {
	const file = 'path' in from ? await stateOfReadable(from.path) : null;
	const opened = 'path' in from ? readFile(from.path, signal) : readStream(from.stream, from.name, signal);
	const stored = file === null && keeper !== undefined ? keeping(opened, keeper) : opened;
	const {head, chunks} = await peek(stored, bytes => bytes.length >= 2);
	let damage: string | null = null;
	const onDamage = (reason: string): void => {
		damage = reason;
	};

	const isPacked = isGzip(head);
	const untilItsEnd = (read: AsyncIterable<Chunk>, offset = 0): AsyncIterable<Chunk> => file === null ? read : untilEnd(read, {from: offset, size: file.size, onDamage});
	return {
		file,
		readFrom: file !== null && 'path' in from && !isPacked ? offset => untilItsEnd(readFile(from.path, signal, offset), offset) : null,
		damage: () => damage,
		chunks: isPacked ? gunzip(chunks, onDamage) : untilItsEnd(chunks),
	};
};
