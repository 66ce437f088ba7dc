import {logFields} from '../../domain/fields/log-fields.ts';
import {type FieldName, fieldNames} from '../fields/read-field.ts';

/** Headings are compared by their letters and digits alone: `Request ID`, `request_id` and `requestId` are one. */
const normalised = (heading: string): string => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What other tools and the dashboard call a field. */
const otherNames: ReadonlyArray<readonly [heading: string, field: FieldName]> = [
	['occurrence date', 'created_at'], ['timestamp', 'created_at'], ['key id', 'app_id'], ['request duration (ms)', 'request_duration'],
];

const known: ReadonlyMap<string, FieldName> = new Map([
	...otherNames,
	...logFields.fields.map(field => [field.label, field.name] as const),
	...fieldNames.map(name => [name, name] as const),
].map(([heading, name]) => [normalised(heading), name]));

/** The field of each column; null for a column that no field of a log knows, or that an earlier one holds already. */
export const fieldsOfHeadings = (headings: readonly string[]): ReadonlyArray<FieldName | null> => {
	const taken = new Set<FieldName>();
	return headings.map(heading => {
		const field = known.get(normalised(heading));
		if (field === undefined || taken.has(field)) return null;
		taken.add(field);
		return field;
	});
};
