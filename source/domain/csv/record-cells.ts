import {type Field} from '../fields/field.ts';
import {printedValue} from '../fields/printed-value.ts';
import {spreadsheetSafe} from './spreadsheet-safe.ts';

const textOf = ({type}: Field, value: unknown): string => {
	if (value === null || value === undefined) {
		return '';
	}

	// A field that holds any JSON value holds strings too, and `"1"` is not 1.
	return typeof value === 'string' && type !== 'json' ? value : JSON.stringify(value);
};

/**
 * How a record becomes cells of CSV, one for each field: instants are ISO 8601 in UTC, JSON values and objects are JSON,
 * nothing is empty. Unless `isRaw`, what a spreadsheet would run gets an apostrophe before it.
 */
export const recordCells = (fields: readonly Field[], {isRaw}: {readonly isRaw: boolean}) =>
	(record: Readonly<Record<string, unknown>>): readonly string[] => fields.map(field => {
		const text = textOf(field, printedValue(field, record[field.name]));
		return isRaw ? text : spreadsheetSafe(text);
	});
