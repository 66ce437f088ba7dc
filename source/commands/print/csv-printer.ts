import {once} from 'node:events';
import {pipeline} from 'node:stream/promises';
import {stringify} from 'csv-stringify';
import {recordCells} from '../../domain/csv/record-cells.ts';
import {fieldsOf} from '../../domain/fields/field-tables.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {csvFormat} from '../../services/export/csv-format.ts';
import {type PrinterOptions, type RecordPrinter} from './record-printer.ts';

const safeLines = (text: string): string => text.split('\n').map(makeSafe).join('\n');

/** RFC 4180 with a heading line; the columns are the fields of the tab, objects are JSON. */
export const createCsvPrinter = ({tab, output, isRaw}: PrinterOptions): RecordPrinter => {
	const fields = fieldsOf(tab);
	const cellsOf = recordCells(fields, {isRaw});
	const stringifier = stringify(csvFormat(fields.map(({name}) => name)));
	const writing = pipeline(stringifier, async source => {
		for await (const chunk of source) {
			await output.write(String(chunk));
		}
	});
	// Its failure is met where it is awaited.
	writing.catch(() => undefined);

	const rowOf = (record: Readonly<Record<string, unknown>>): readonly string[] => output.isTerminal ? cellsOf(record).map(safeLines) : cellsOf(record);

	return {
		needsContent: true,
		print: async records => {
			for (const record of records) {
				if (stringifier.destroyed || !stringifier.write(rowOf(record))) {
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
