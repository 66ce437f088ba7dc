import {fieldNamesOfHeadings} from '../../domain/csv/headings.ts';
import {type FieldName} from '../fields/read-field.ts';

/** The field of each column; null for a column that no field of a log knows, or that an earlier one holds already. */
export const fieldsOfHeadings = (headings: readonly string[]): ReadonlyArray<FieldName | null> =>
	// The table of fields names exactly those of a log.
	fieldNamesOfHeadings(headings, 'logs') as ReadonlyArray<FieldName | null>;
