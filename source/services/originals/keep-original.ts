import {createHash, randomBytes} from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import {Readable} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {type Redactor} from '../../domain/redaction/redactor.ts';
import {type Original} from '../../store/originals/originals.ts';
import {type ImportFormat} from '../services.ts';
import {writeFault} from '../export/file-faults.ts';
import {publish} from '../export/publish-file.ts';
import {ownPieces} from '../file-content.ts';
import {type SecretLedger} from './secret-ledger.ts';

const blockBytes = 1 << 20;
/** A text without a place to part it is parted anywhere. */
const mostBlockBytes = 1 << 24;

/** What an import read, as it was stored. */
export type OriginalFile = {
	/** Null for what has none, such as standard input. */
	readonly name: string | null;
	/** Its bytes, any number of times; each piece is good until the next is asked for. Throws a `Fault` when they cannot be read. */
	readonly read: () => AsyncIterable<Buffer>;
	/** It is not wanted. */
	readonly drop?: () => Promise<void>;
};

/** What became of the file: kept, or not, since secrets in it could not be told or replaced. */
export type KeptOriginal = {readonly kind: 'kept'; readonly original: Original} | {readonly kind: 'unsafe'; readonly reason: string};

const isGzipFile = async (content: AsyncIterable<Buffer>): Promise<boolean> => {
	const head: number[] = [];
	for await (const piece of content) {
		head.push(...piece.subarray(0, 2));
		if (head.length >= 2) {
			break;
		}
	}

	return head[0] === 0x1f && head[1] === 0x8b;
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

const unpacked = (content: AsyncIterable<Buffer>, isGzip: boolean, onDamage: () => void): AsyncIterable<Buffer> => {
	if (!isGzip) {
		return content;
	}

	const raw = Readable.from(ownPieces(content));
	const gunzip = createGunzip();
	raw.on('error', error => gunzip.destroy(error));
	gunzip.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code?.startsWith('Z_') === true) {
			onDamage();
		}
	});
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
 * then nothing is kept. Nothing is written before that is known. Throws a `Fault` when the file cannot be read or the
 * copy not be written.
 */
export const keepOriginal = async ({directory, original: {name, read}, format, redactor, secrets, mayHoldSecrets, countSecrets, signal}: {
	readonly directory: string;
	readonly original: OriginalFile;
	readonly redactor: Redactor;
	readonly secrets: SecretLedger;
	readonly format: ImportFormat;
	/** The import replaced some, or could not read all. */
	readonly mayHoldSecrets: boolean;
	readonly countSecrets: (content: AsyncIterable<Buffer>) => Promise<number>;
	readonly signal: AbortSignal;
}): Promise<KeptOriginal> => {
	// Each line of NDJSON can be searched also for what the import left aside.
	const isLines = format === 'ndjson';
	const part = path.join(directory, `${randomBytes(8).toString('hex')}.part`);
	let replaced = 0;
	let isSearchedWhole = false;
	let isDamaged = false;
	const redacted = async function * (isGzip: boolean): AsyncGenerator<Buffer> {
		replaced = 0;
		const content = unpacked(read(), isGzip, () => {
			isDamaged = true;
		});
		for await (const block of blocksOf(content)) {
			signal.throwIfAborted();
			const found = isLines ? redactLines(block, redactor) : {value: block, secretsReplaced: 0};
			const rest = secrets.replaceIn(found.value);
			replaced += found.secretsReplaced + rest.replaced;
			yield Buffer.from(rest.value, 'latin1');
		}

		isSearchedWhole = true;
	};

	try {
		const isGzip = await isGzipFile(read());
		if (mayHoldSecrets && await countSecrets(redacted(isGzip)) > 0) {
			return {kind: 'unsafe', reason: 'secrets in it could not be replaced'};
		}

		const isAsItWas = !mayHoldSecrets || (isSearchedWhole && replaced === 0);
		await fs.mkdir(directory, {recursive: true, mode: 0o700});
		const copy = await copyTo(part, isAsItWas ? read() : redacted(isGzip), signal);
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
		const givenName = name ?? `standard-input.${format}${isGzip ? '.gz' : ''}`;
		const keptName = isGzip && !isCompressed ? givenName.replace(/\.gz$/i, '') : givenName;
		return {kind: 'kept', original: {name: keptName, ...copy, isCompressed, secretsReplaced: replaced}};
	} catch (error) {
		// What cannot be unpacked cannot be searched.
		if (isDamaged) {
			return {kind: 'unsafe', reason: 'it cannot be unpacked to its end, and so not be searched for secrets'};
		}

		throw writeFault(part, error);
	} finally {
		await fs.rm(part, {force: true}).catch(() => {
			// Where it could not be made, it cannot be removed either.
		});
	}
};
