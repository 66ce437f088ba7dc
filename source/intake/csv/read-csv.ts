import {type CsvError, parse} from 'csv-parse';
import {withoutSpreadsheetSafety} from '../../domain/csv/spreadsheet-safe.ts';
import {Fault} from '../../domain/fault.ts';
import {type SourceItem, type SourceLog} from '../../services/import/log-source.ts';
import {type FieldName, fieldNames, readField} from '../fields/read-field.ts';
import {type Chunk} from '../input/byte-input.ts';
import {notUtf8} from '../not-utf8.ts';
import {maxRecordBytes, tooLarge} from '../record-limit.ts';
import {fieldsOfHeadings} from './headings.ts';
import {createRowBytes} from './row-bytes.ts';

/** `bytes` is how many the parser had taken after it. */
type Row = {readonly cells: readonly string[]; readonly line: number; readonly lastLine: number; readonly bytes: number; readonly end: number};

/** A log of one row's cells, or why it cannot be one. */
const logOfCells = (cells: readonly string[], fields: ReadonlyArray<FieldName | null>): SourceLog | string => {
	if (cells.length !== fields.length) return `it has ${cells.length} cells where the heading has ${fields.length}`;
	const log: Record<string, unknown> = {};
	for (const [index, field] of fields.entries()) {
		if (field === null) continue;
		const checked = readField(field, withoutSpreadsheetSafety(cells[index] as string));
		if ('reason' in checked) return checked.reason;
		Object.assign(log, checked.fields);
	}

	return log;
};

const lineFeedsIn = (cells: readonly string[]): number => {
	let count = 0;
	for (const cell of cells) for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count++;
	return count;
};

const headingFault = (): Fault => new Fault('the first line names no known column', {
	remedy: `name at least one of ${fieldNames.join(', ')}`,
});

type CsvOptions = {
	readonly delimiter?: string;
	readonly maxBytes?: number;
	/** Asked at the end: whether the chunks ended before the file did. */
	readonly isDamaged?: () => boolean;
	/** The chunks begin after this record of a file, so many lines down, whose headings were these. */
	readonly after?: {readonly headings: readonly string[]; readonly lines: number} | undefined;
};

const grammar = {record_delimiter: ['\r\n', '\n'], relax_quotes: true, relax_column_count: true, skip_empty_lines: true};

/** The cells of the first record, at the beginning of a file; none when it has none. */
export const readHeadings = async (chunks: AsyncIterable<Chunk>, delimiter: string): Promise<readonly string[]> => {
	let headings: readonly string[] | null = null;
	const parser = parse({...grammar, delimiter, on_record: (cells: string[]) => {
		headings ??= cells;
		return null;
	}});
	parser.on('error', () => {
		// The headings came before it, or there are none.
	});
	parser.resume();
	for await (const {bytes} of chunks) {
		await new Promise<void>(resolve => {
			parser.write(bytes, () => resolve());
		});
		if (headings !== null || parser.destroyed) break;
	}

	parser.destroy();
	return headings ?? [];
};

/** Logs of CSV. The first line names the columns, any of them in any order. Throws a Fault when it names none. */
export const readCsv = async function * (chunks: AsyncIterable<Chunk>, {delimiter = ',', maxBytes = maxRecordBytes, isDamaged, after}: CsvOptions = {}): AsyncGenerator<readonly SourceItem[]> {
	let rows: Row[] = [];
	/** Lines that whole records and blank lines took. */
	let lines = after?.lines ?? 0;
	let blankLines = 0;
	let failure: CsvError | null = null;
	let fields: ReadonlyArray<FieldName | null> | null = after === undefined ? null : fieldsOfHeadings(after.headings);
	/** Where the parser's first byte stands in the file. */
	let start: number | null = null;
	const parser = parse({
		...grammar, delimiter, max_record_size: maxBytes,
		// Taking rows here keeps those that came before an error, and spares the stream's queue.
		on_record: (cells: string[], {empty_lines: blank, bytes}) => {
			blankLines = blank;
			const lineFeeds = lineFeedsIn(cells);
			const line = lines + blank + 1;
			rows.push({cells, line, lastLine: line + lineFeeds, bytes, end: (start ?? 0) + bytes});
			lines += 1 + lineFeeds;
			return null;
		},
	});
	parser.on('error', (error: CsvError) => {
		failure ??= error;
	});
	parser.resume();

	const bytesOfRows = createRowBytes();
	const itemsOf = (bytesRead: number): SourceItem[] => {
		const items: SourceItem[] = [];
		for (const row of rows) {
			const {cells, line: place, lastLine: lastPlace, end} = row;
			const isText = bytesOfRows.isUtf8(row);
			if (fields === null) {
				fields = fieldsOfHeadings(cells);
				if (fields.every(field => field === null)) throw headingFault();
				continue;
			}

			const log = isText ? logOfCells(cells, fields) : notUtf8;
			items.push(typeof log === 'string' ? {kind: 'rejected', place, lastPlace, reason: log, bytesRead, end} : {kind: 'log', place, lastPlace, log, bytesRead, end});
		}

		rows = [];
		return items;
	};

	let bytesRead = 0;
	let lastByte = 0;
	for await (const chunk of chunks) {
		({bytesRead} = chunk);
		start ??= bytesRead - chunk.bytes.length;
		bytesOfRows.add(chunk.bytes);
		lastByte = chunk.bytes.at(-1) ?? lastByte;
		await new Promise<void>(resolve => {
			parser.write(chunk.bytes, () => resolve());
		});
		const items = itemsOf(bytesRead);
		if (items.length > 0) yield items;
		if (failure !== null) break;
	}

	if (failure === null) {
		await new Promise<void>(resolve => {
			parser.once('close', resolve);
			parser.end();
		});
	}

	const lastRow = rows.at(-1);
	// A row without end of line may be whole; it is not when cells are missing, or when bytes are known to be.
	const isCut = lastRow !== undefined && lastByte !== 0x0a && fields !== null && (isDamaged?.() === true || lastRow.cells.length < (fields as readonly unknown[]).length);
	if (isCut) rows.pop();
	const items = itemsOf(bytesRead);
	if (items.length > 0) yield items;
	if (isCut) yield [{kind: 'truncated', place: lastRow.line, reason: 'the file ends in the middle of a record', bytesRead}];
	const error = failure as CsvError | null;
	if (error?.code === 'CSV_QUOTE_NOT_CLOSED') {
		yield [{kind: 'truncated', place: lines + blankLines + 1, reason: 'the file ends in a quoted cell', bytesRead}];
	} else if (error !== null) {
		const reason = error.code === 'CSV_MAX_RECORD_SIZE' ? `${tooLarge('the record', maxBytes)}, so that what follows cannot be told apart` : 'it is not valid CSV';
		yield [{kind: 'truncated', place: lines + blankLines + 1, reason, bytesRead}];
	}
};
