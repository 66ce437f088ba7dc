import {type Readable} from 'node:stream';
import {Fault} from '../domain/fault.ts';
import {markLength, requireText} from '../domain/text/require-text.ts';
import {type FileState, type LogSource, type SourceItem, type SourcePosition} from '../services/import/log-source.ts';
import {findDelimiter} from './csv/find-delimiter.ts';
import {readCsv, readHeadings} from './csv/read-csv.ts';
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

type Reading = {
	readonly head: string;
	readonly isDamaged: () => boolean;
	/** The chunks begin after this position; null when they begin with the source. */
	readonly after: SourcePosition | null;
	/** The source from its start. */
	readonly fromStart: () => AsyncIterable<Chunk>;
};

const readCsvFrom = async function * (chunks: AsyncIterable<Chunk>, {head, isDamaged, after, fromStart}: Reading): AsyncGenerator<readonly SourceItem[]> {
	const {delimiter} = findDelimiter(head.split(/\r?\n/, 1)[0] ?? '');
	yield * readCsv(chunks, {delimiter, isDamaged, after: after === null ? undefined : {headings: await readHeadings(fromStart(), delimiter), lines: after.places}});
};

const readers: Readonly<Record<Format, (chunks: AsyncIterable<Chunk>, reading: Reading) => AsyncIterable<readonly SourceItem[]>>> = {
	har: (chunks, {after}) => readHar(chunks, undefined, after?.places),
	ndjson: (chunks, {after}) => readNdjson(chunks, undefined, after?.places),
	csv: readCsvFrom,
};

const isSame = (one: FileState, other: FileState): boolean => one.size === other.size && one.modified_at === other.modified_at;

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
 * grow with its size. With `after` it goes on where an earlier reading of the file was, unless that was written since, or
 * is compressed: then it begins at the start, and `isResumed` is false. Throws a Fault when it cannot be read or is no such file; a fault can also come while the items
 * are read. Its items must be read to their end or returned.
 */
export const openLogSource = async (options: {
	readonly from: {readonly path: string} | {readonly stream: Readable; readonly name: string};
	readonly format?: Format | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Gets the bytes of what is no plain file. */
	readonly keeper?: ByteKeeper | undefined;
	readonly after?: SourcePosition | null | undefined;
}): Promise<LogSource> => {
	const name = 'path' in options.from ? options.from.path : options.from.name;
	const input = await openBytes(options.from, options);
	const {head, chunks, close} = await peek(input.chunks, isEnoughToDetect);
	try {
		requireText(head, name, 'import a HAR, NDJSON or CSV file');
		const format = options.format ?? detectFormat(head, name);
		const mark = markLength(head);
		const {file, readFrom} = input;
		const canResume = file !== null && readFrom !== null;
		const after = canResume && options.after && isSame(file, options.after) ? options.after : null;
		const fromStart = (): AsyncIterable<Chunk> => without(readFrom?.(0) ?? chunks, mark);
		if (after !== null) await close();
		const rest = after === null || readFrom === null ? without(chunks, mark) : readFrom(after.offset);
		return {
			format,
			placeNoun: format === 'har' ? 'entry' : 'line',
			bytesTotal: file?.size ?? null,
			items: withDamage(readers[format](rest, {head: head.toString('utf8', mark), isDamaged: () => input.damage() !== null, after, fromStart}), input),
			file: file ?? undefined,
			plainFile: 'path' in options.from && file !== null ? {path: options.from.path, after} : undefined,
			close,
			isResumed: after !== null,
			positionAfter: item => !canResume || item.kind === 'truncated' || item.end === undefined ? null : {...file, offset: item.end, places: item.lastPlace ?? item.place},
		};
	} catch (error) {
		await close();
		const damage = input.damage();
		throw damage === null ? error : new Fault(`${name} cannot be unpacked: ${damage}`, {remedy: 'get it once more', cause: error});
	}
};
