import {type Readable} from 'node:stream';
import {type CsvError, parse} from 'csv-parse';
import {stringify} from 'csv-stringify/sync';
import {Fault} from '../../domain/fault.ts';
import {type Redaction} from '../../domain/redaction/redaction.ts';
import {redactorOf} from '../../domain/redaction/redactor.ts';
import {maxRecordBytes} from '../record-limit.ts';

type RawRecord = {readonly raw: string; readonly record: readonly string[]};

const piecesOf = 1 << 18;

/**
 * The text of a CSV file as it comes in, its secrets replaced: rows without one stay byte for byte. `onRow` is called
 * for each row, the heading included. Throws a `Fault` when it ends in the middle of a cell, or is no CSV.
 */
export const redactCsv = async function * (file: Readable, redaction: Redaction, onRow: () => void): AsyncGenerator<string> {
	const redactor = redactorOf(redaction);
	let names: readonly string[] | null = null;
	// A cell of a column that is named like a secret is one, as a header is.
	const redacted = (cell: string, name: string): string => cell === '' ? cell : String(redactor.headers({[name === '' ? 'x' : name]: cell}).value[name === '' ? 'x' : name]);
	const parser = parse({raw: true, record_delimiter: ['\r\n', '\n'], relax_quotes: true, relax_column_count: true, max_record_size: maxRecordBytes});
	file.on('error', error => parser.destroy(error));
	file.pipe(parser);
	let text = '';
	try {
		for await (const {raw: given, record} of parser as AsyncIterable<RawRecord>) {
			// The parser leaves out the second half of such an end of line.
			const raw = given.endsWith('\r') ? `${given}\n` : given;
			const columns: readonly string[] = names ?? [];
			const cells = record.map((cell, index) => redacted(cell, columns[index] ?? ''));
			const isSame = cells.every((cell, index) => cell === record[index]);
			text += isSame ? raw : stringify([cells], {record_delimiter: raw.endsWith('\r\n') ? '\r\n' : '\n', quoted_match: /[\r\n]/});
			names ??= record;
			if (record.length > 1 || record[0] !== '') onRow();
			if (text.length >= piecesOf) {
				yield text;
				text = '';
			}
		}
	} catch (error) {
		throw (error as CsvError).code?.startsWith('CSV_') ? new Fault('the file of the export is broken: it is not valid CSV', {remedy: 'download it in Voucherify'}) : error;
	} finally {
		file.destroy();
	}

	yield text;
};
