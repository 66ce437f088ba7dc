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
 * How a field's value becomes a cell of CSV: instants are ISO 8601 in UTC, JSON values and objects are JSON, nothing is
 * empty. Unless `isRaw`, what a spreadsheet would run gets an apostrophe before it.
 */
export const cellText = (field: Field, {isRaw}: {readonly isRaw: boolean}) => (value: unknown): string => {
	const text = textOf(field, printedValue(field, value));
	return isRaw ? text : spreadsheetSafe(text);
};

/** How a record becomes cells of CSV, one for each field. */
export const recordCells = (fields: readonly Field[], options: {readonly isRaw: boolean}) => {
	const texts = fields.map(field => [field.name, cellText(field, options)] as const);
	return (record: Readonly<Record<string, unknown>>): readonly string[] => texts.map(([name, text]) => text(record[name]));
};
