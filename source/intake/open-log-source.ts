import {type Readable} from 'node:stream';
import {Fault} from '../domain/fault.ts';
import {markLength, requireText} from '../domain/text/require-text.ts';
import {type LogSource, type SourceItem} from '../services/log-source.ts';
import {findDelimiter} from './csv/find-delimiter.ts';
import {readCsv} from './csv/read-csv.ts';
import {detectFormat, type Format, isEnoughToDetect} from './detect-format.ts';
import {readHar} from './har/read-har.ts';
import {type ByteInput, type Chunk, peek} from './input/byte-input.ts';
import {type ByteKeeper, openBytes} from './input/open-bytes.ts';
import {readNdjson} from './ndjson/read-ndjson.ts';

const without = async function * (chunks: AsyncIterable<Chunk>, length: number): AsyncGenerator<Chunk> {
	let left = length;
	for await (const {bytes, bytesRead} of chunks) {
		const rest = bytes.subarray(Math.min(left, bytes.length));
		left -= bytes.length - rest.length;
		yield {bytes: rest, bytesRead};
	}
};

const readers: Readonly<Record<Format, (chunks: AsyncIterable<Chunk>, about: {readonly head: string; readonly isDamaged: () => boolean}) => AsyncIterable<readonly SourceItem[]>>> = {
	har: chunks => readHar(chunks),
	ndjson: chunks => readNdjson(chunks),
	csv: (chunks, {head, isDamaged}) => readCsv(chunks, {delimiter: findDelimiter(head.split(/\r?\n/, 1)[0] ?? '').delimiter, isDamaged}),
};

/** Damage of the compressed data is the true reason why a file ends in the middle, wherever that was. */
const withDamage = async function * (items: AsyncIterable<readonly SourceItem[]>, input: ByteInput): AsyncGenerator<readonly SourceItem[]> {
	let last: SourceItem | undefined;
	for await (const batch of items) {
		const whole = batch.filter(item => item.kind !== 'truncated');
		last = batch.at(-1) ?? last;
		if (whole.length > 0) yield whole;
	}

	const reason = input.damage();
	if (reason !== null) yield [{kind: 'truncated', place: last?.place ?? 1, reason, bytesRead: last?.bytesRead ?? 0}];
	else if (last?.kind === 'truncated') yield [last];
};

/**
 * Opens a file of API traffic, plain or gzip; its format is that of its content unless it is given. Memory does not
 * grow with its size. Throws a Fault when it cannot be read or is no such file; a fault can also come while the items
 * are read. Its items must be read to their end or returned.
 */
export const openLogSource = async (options: {
	readonly from: {readonly path: string} | {readonly stream: Readable; readonly name: string};
	readonly format?: Format | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Gets the bytes of what is no plain file. */
	readonly keeper?: ByteKeeper | undefined;
}): Promise<LogSource> => {
	const name = 'path' in options.from ? options.from.path : options.from.name;
	const input = await openBytes(options.from, options);
	const {head, chunks, close} = await peek(input.chunks, isEnoughToDetect);
	try {
		requireText(head, name, 'import a HAR, NDJSON or CSV file');
		const format = options.format ?? detectFormat(head, name);
		const mark = markLength(head);
		return {
			format,
			placeNoun: format === 'har' ? 'entry' : 'line',
			bytesTotal: input.bytesTotal,
			items: withDamage(readers[format](without(chunks, mark), {head: head.toString('utf8', mark), isDamaged: () => input.damage() !== null}), input),
		};
	} catch (error) {
		await close();
		const damage = input.damage();
		throw damage === null ? error : new Fault(`${name} cannot be unpacked: ${damage}`, {remedy: 'get it once more', cause: error});
	}
};
