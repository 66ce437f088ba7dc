import {createCipheriv, createDecipheriv, randomBytes} from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import {Fault} from '../../domain/fault.ts';
import {writeFault} from '../export/file-faults.ts';

/** Holds bytes that can be read only once, so that they can be read again. */
export type Spool = {
	/** Takes the next bytes. Never throws: when they cannot be held, `read` says so, for the import goes on without. */
	readonly write: (bytes: Buffer) => Promise<void>;
	/** All bytes were written. */
	readonly end: () => void;
	/** The bytes from their beginning, any number of times. Throws a `Fault` when not all of them are there. */
	readonly read: () => AsyncIterable<Buffer>;
	/** Lets go of all bytes, and takes no more. */
	readonly drop: () => Promise<void>;
};

/** So much is held in memory; only more needs a file. */
const mostHeldBytes = 1 << 20;
const readBytes = 1 << 18;

const cipher = 'aes-256-ctr';
/** Each spool has a key of its own, so that the counter may begin at nought. */
const counter = Buffer.alloc(16);

/**
 * A spool in memory and, beyond 1 MiB, in a file in `directory` of which nothing is left however the process ends: the
 * file loses its name before the first byte is written, so that its space is free as soon as nobody holds it open, and
 * its bytes are encrypted by a key that is only in memory. They are not redacted yet, and neither a crash nor a look at
 * the raw disk may show them. (A temporary file that is swept at the next start would show them until then.)
 */
export const createSpool = (directory: string): Spool => {
	const key = randomBytes(32);
	const encryption = createCipheriv(cipher, key, counter);
	let held: Buffer[] = [];
	let heldBytes = 0;
	let file: fs.FileHandle | null = null;
	let isDropped = false;
	let isWhole = false;
	let failure: Error | null = null;

	const openUnnamed = async (): Promise<fs.FileHandle> => {
		await fs.mkdir(directory, {recursive: true, mode: 0o700});
		const name = path.join(directory, `${randomBytes(8).toString('hex')}.part`);
		const opened = await fs.open(name, 'wx+', 0o600);
		await fs.unlink(name);
		return opened;
	};

	const drop = async (): Promise<void> => {
		isDropped = true;
		held = [];
		const opened = file;
		file = null;
		await opened?.close();
	};

	const flush = async (): Promise<void> => {
		file ??= await openUnnamed();
		for (const bytes of held.splice(0)) {
			await file.appendFile(encryption.update(bytes));
		}

		heldBytes = 0;
	};

	return {
		async write(bytes) {
			if (isDropped) {
				return;
			}

			held.push(bytes);
			heldBytes += bytes.length;
			if (file === null && heldBytes <= mostHeldBytes) {
				return;
			}

			try {
				await flush();
			} catch (error) {
				failure = writeFault(directory, error) as Error;
				await drop();
			}
		},
		end() {
			isWhole = true;
		},
		async * read() {
			if (failure !== null) {
				throw failure;
			}

			if (isDropped || !isWhole) {
				throw new Fault('it was not read to its end');
			}

			const decryption = createDecipheriv(cipher, key, counter);
			for (let position = 0; file !== null;) {
				const {buffer, bytesRead} = await file.read(Buffer.allocUnsafe(readBytes), 0, readBytes, position);
				if (bytesRead === 0) {
					break;
				}

				position += bytesRead;
				yield decryption.update(buffer.subarray(0, bytesRead));
			}

			yield * held;
			if (isDropped) {
				throw new Fault('it was let go of while it was read');
			}
		},
		drop,
	};
};
