import {once} from 'node:events';
import {pipeline} from 'node:stream/promises';
import {stringify} from 'csv-stringify';
import {spreadsheetSafe} from '../../domain/csv/spreadsheet-safe.ts';
import {fieldsOf} from '../../domain/fields/field-tables.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {printedRecord} from './printed-record.ts';
import {type PrinterOptions, type RecordPrinter} from './record-printer.ts';
import {valueText} from './value-text.ts';

const safeLines = (text: string): string => text.split('\n').map(makeSafe).join('\n');

/** RFC 4180 with a heading line; the columns are the fields of the tab, objects are JSON. */
export const createCsvPrinter = ({tab, output, isRaw}: PrinterOptions): RecordPrinter => {
	const names = fieldsOf(tab).map(({name}) => name);
	const stringifier = stringify({
		header: true,
		columns: names,
		record_delimiter: 'windows',
		// Without this a lone LF stays unquoted when rows end in CRLF.
		quoted_match: /[\r\n]/,
	});
	const writing = pipeline(stringifier, async source => {
		for await (const chunk of source) {
			await output.write(String(chunk));
		}
	});
	// Its failure is met where it is awaited.
	writing.catch(() => undefined);

	const rowOf = (record: Readonly<Record<string, unknown>>): readonly string[] => names.map(name => {
		const text = valueText(record[name]);
		const cell = isRaw ? text : spreadsheetSafe(text);
		return output.isTerminal ? safeLines(cell) : cell;
	});

	return {
		needsContent: true,
		print: async records => {
			for (const record of records) {
				if (stringifier.destroyed || !stringifier.write(rowOf(printedRecord(record, tab)))) {
					await Promise.race([once(stringifier, 'drain'), writing]);
				}
			}
		},
		end: async () => {
			stringifier.end();
			await writing;
		},
	};
};
