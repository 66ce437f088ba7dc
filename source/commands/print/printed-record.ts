import {fieldsOf} from '../../domain/fields/field-tables.ts';
import {printedValue} from '../../domain/fields/printed-value.ts';
import {type AnyRecord, type AnySummary, type Tab} from '../../domain/records.ts';

/**
 * A record as it is printed: every field of its tab in the order of the table, instants as ISO 8601, null where there is
 * nothing.
 */
export const printedRecord = (record: AnySummary | AnyRecord, tab: Tab): Readonly<Record<string, unknown>> => {
	const values: Readonly<Record<string, unknown>> = record;
	return Object.fromEntries(fieldsOf(tab).map(field => [field.name, printedValue(field, values[field.name])]));
};
