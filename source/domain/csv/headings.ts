import {fieldsOf} from '../fields/field-tables.ts';
import {type Tab} from '../records.ts';

/** Headings are compared by their letters and digits alone: `Request ID`, `request_id` and `requestId` are one. */
const normalised = (heading: string): string => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What other tools and the dashboard call a field. */
const otherNames: {readonly [T in Tab]?: ReadonlyArray<readonly [heading: string, field: string]>} = {
	logs: [['occurrence date', 'created_at'], ['timestamp', 'created_at'], ['key id', 'app_id'], ['request duration (ms)', 'request_duration']],
};

const tables = new Map<Tab, ReadonlyMap<string, string>>();

const tableOf = (tab: Tab): ReadonlyMap<string, string> => {
	const known = tables.get(tab) ?? new Map([
		...otherNames[tab] ?? [],
		...fieldsOf(tab).map(({label, name}) => [label, name] as const),
		...fieldsOf(tab).map(({name}) => [name, name] as const),
	].map(([heading, name]) => [normalised(heading), name]));
	tables.set(tab, known);
	return known;
};

/** The field of a tab that each column holds; null for a column that none knows, or that an earlier one holds already. */
export const fieldNamesOfHeadings = (headings: readonly string[], tab: Tab): ReadonlyArray<string | null> => {
	const known = tableOf(tab);
	const taken = new Set<string>();
	return headings.map(heading => {
		const field = known.get(normalised(heading));
		if (field === undefined || taken.has(field)) return null;
		taken.add(field);
		return field;
	});
};
