import {createHash, randomBytes} from 'node:crypto';
import {createReadStream} from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import {createGunzip} from 'node:zlib';
import {type Redactor} from '../../domain/redaction/redactor.ts';
import {type Original} from '../../store/originals/originals.ts';
import {writeFault} from '../export/file-faults.ts';
import {publish} from '../export/publish-file.ts';
import {type SecretLedger} from './secret-ledger.ts';

const blockBytes = 1 << 20;
/** A text without a place to part it is parted anywhere. */
const mostBlockBytes = 1 << 24;

/** What became of the file: kept, or not, since secrets in it could not be told or replaced. */
export type KeptOriginal = {readonly kind: 'kept'; readonly original: Original} | {readonly kind: 'unsafe'; readonly reason: string};

const isGzipFile = async (file: string): Promise<boolean> => {
	const handle = await fs.open(file, 'r');
	try {
		const {buffer, bytesRead} = await handle.read(Buffer.alloc(2), 0, 2, 0);
		return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
	} finally {
		await handle.close();
	}
};

/** Pieces that end with a line or, in a line that is too long, with a value: no secret stands across their ends. */
const blocksOf = async function * (chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
	let text = '';
	for await (const chunk of chunks) {
		text += chunk.toString('latin1');
		if (text.length >= blockBytes) {
			const lineEnd = text.lastIndexOf('\n') + 1;
			const objectEnd = text.lastIndexOf('},') + 2;
			const end = lineEnd > 0 ? lineEnd : (objectEnd > 1 ? objectEnd : (text.length >= mostBlockBytes ? text.length : 0));
			if (end > 0) {
				yield text.slice(0, end);
				text = text.slice(end);
			}
		}
	}

	if (text !== '') {
		yield text;
	}
};

const unpacked = (file: string, isGzip: boolean): AsyncIterable<Buffer> => {
	const raw = createReadStream(file, {highWaterMark: 1 << 18});
	if (!isGzip) {
		return raw;
	}

	const gunzip = createGunzip();
	raw.on('error', error => gunzip.destroy(error));
	return raw.pipe(gunzip);
};

const redactLines = (block: string, redactor: Redactor): {readonly value: string; readonly secretsReplaced: number} => {
	let secretsReplaced = 0;
	const lines = block.split('\n').map(line => {
		const found = redactor.text(line);
		secretsReplaced += found.secretsReplaced;
		return found.value;
	});
	return {value: lines.join('\n'), secretsReplaced};
};

const copyTo = async (target: string, content: AsyncIterable<Buffer>, signal: AbortSignal): Promise<{readonly sha256: string; readonly bytes: number}> => {
	const hash = createHash('sha256');
	let bytes = 0;
	const handle = await fs.open(target, 'wx', 0o600);
	try {
		for await (const chunk of content) {
			signal.throwIfAborted();
			hash.update(chunk);
			await handle.appendFile(chunk);
			bytes += chunk.length;
		}

		await handle.sync();
	} finally {
		await handle.close();
	}

	return {sha256: hash.digest('hex'), bytes};
};

/**
 * Keeps the file that an import read, named by the SHA-256 of what is kept: byte for byte where it holds no secret, else
 * unpacked and with just the secrets replaced. `countSecrets` looks whether any is left, as an import would find it;
 * then nothing is kept. Throws a `Fault` when the file cannot be read or the copy not be written.
 */
export const keepOriginal = async ({directory, file, name, isLines, redactor, secrets, mayHoldSecrets, countSecrets, signal}: {
	readonly directory: string;
	readonly file: string;
	readonly name: string;
	readonly redactor: Redactor;
	readonly secrets: SecretLedger;
	/** Each line is JSON of its own, and can be searched also for what the import left aside. */
	readonly isLines: boolean;
	/** The import replaced some, or could not read all. */
	readonly mayHoldSecrets: boolean;
	readonly countSecrets: (file: string) => Promise<number>;
	readonly signal: AbortSignal;
}): Promise<KeptOriginal> => {
	const isGzip = await isGzipFile(file);
	const part = path.join(directory, `${randomBytes(8).toString('hex')}.part`);
	const raw = (): AsyncIterable<Buffer> => createReadStream(file, {highWaterMark: 1 << 18});
	let replaced = 0;
	const redacted = async function * (): AsyncGenerator<Buffer> {
		for await (const block of blocksOf(unpacked(file, isGzip))) {
			const found = isLines ? redactLines(block, redactor) : {value: block, secretsReplaced: 0};
			const rest = secrets.replaceIn(found.value);
			replaced += found.secretsReplaced + rest.replaced;
			yield Buffer.from(rest.value, 'latin1');
		}
	};

	try {
		await fs.mkdir(directory, {recursive: true, mode: 0o700});
		let copy = await copyTo(part, mayHoldSecrets ? redacted() : raw(), signal);
		if (mayHoldSecrets && await countSecrets(part) > 0) {
			return {kind: 'unsafe', reason: 'secrets in it could not be replaced'};
		}

		const isAsItWas = replaced === 0;
		if (isAsItWas && isGzip && mayHoldSecrets) {
			await fs.rm(part);
			copy = await copyTo(part, raw(), signal);
		}

		const kept = path.join(directory, copy.sha256);
		try {
			await publish(part, kept);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
				throw error;
			}

			// Kept already. Touched, so that no sweep takes it for one that nobody wants.
			const now = new Date();
			await fs.utimes(kept, now, now);
		}

		const isCompressed = isAsItWas && isGzip;
		return {kind: 'kept', original: {name: isGzip && !isCompressed ? name.replace(/\.gz$/i, '') : name, ...copy, isCompressed, secretsReplaced: replaced}};
	} catch (error) {
		// What cannot be unpacked cannot be searched.
		if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) {
			return {kind: 'unsafe', reason: 'it cannot be unpacked to its end, and so not be searched for secrets'};
		}

		throw writeFault(part, error);
	} finally {
		await fs.rm(part, {force: true});
	}
};
