import {type Field} from '../fields/field.ts';
import {printedValue} from '../fields/printed-value.ts';
import {spreadsheetSafe} from './spreadsheet-safe.ts';

const textOf = (value: unknown): string => {
	if (typeof value === 'string') {
		return value;
	}

	return value === null || value === undefined ? '' : JSON.stringify(value);
};

/**
 * How a record becomes cells of CSV, one for each field: instants are ISO 8601 in UTC, objects are JSON, nothing is
 * empty. Unless `isRaw`, what a spreadsheet would run gets an apostrophe before it.
 */
export const recordCells = (fields: readonly Field[], {isRaw}: {readonly isRaw: boolean}) =>
	(record: Readonly<Record<string, unknown>>): readonly string[] => fields.map(field => {
		const text = textOf(printedValue(field, record[field.name]));
		return isRaw ? text : spreadsheetSafe(text);
	});
