import {cellText} from '../../domain/csv/record-cells.ts';
import {Fault} from '../../domain/fault.ts';
import {fieldNamed} from '../../domain/fields/field-tables.ts';
import {type Tab} from '../../domain/records.ts';
import {exportValue} from '../../store/exports/read-export-rows.ts';
import {parseRows} from '../../store/query/read-as-json.ts';
import {recordTables} from '../../store/query/record-table.ts';
import {csvLines} from './csv-lines.ts';

/** What the columns of an export hold. Plain data: it can be sent to another thread. */
export type CsvLayout = {readonly tab: Tab; readonly fields: readonly string[]; readonly isRaw: boolean};

export type CsvPage = {readonly csv: Uint8Array<ArrayBuffer>; readonly rows: number};

/** Makes CSV of the pages of an export, in their order or several at once. */
export type CsvFormatter = {
	/** @param rows As `readExportRows` gives them; they are no longer the caller's. */
	readonly format: (rows: Uint8Array<ArrayBuffer>) => Promise<CsvPage>;
	readonly close: () => Promise<void>;
};

/** The heading of an export. */
export const csvHeading = ({fields}: CsvLayout): Promise<Uint8Array> => csvLines([], {columns: fields, hasHeading: true, size: 1000});

/** Formats in this thread. Throws a `Fault` for a field that this auditty does not know. */
export const createCsvFormatter = ({tab, fields, isRaw}: CsvLayout): CsvFormatter => {
	const cells = fields.map(name => {
		const field = fieldNamed(tab, name);
		if (field === undefined) {
			throw new Fault(`the export has a field ${name}, which this auditty does not know`, {remedy: 'update auditty'});
		}

		const value = exportValue(recordTables[tab], name);
		const text = cellText(field, {isRaw});
		return {value, text};
	});
	return {
		async format(page) {
			let rows = 0;
			const texts = parseRows(page).map(row => {
				rows++;
				return cells.map(({value, text}, index) => text(value(row[index] ?? null)));
			});
			// What JSON escapes by a backslash, CSV escapes by a quote, mostly.
			const csv = await csvLines(texts, {columns: fields, size: Math.ceil(page.byteLength * 1.1) + 1000});
			// Its memory goes now, whenever the collector comes by.
			page.buffer.transfer(0);
			return {csv, rows};
		},
		close: () => Promise.resolve(),
	};
};
