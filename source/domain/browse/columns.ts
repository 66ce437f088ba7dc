import {fieldNamesOfHeadings} from '../csv/headings.ts';
import {type Field, type FieldType, type QueryKey} from '../fields/field.ts';
import {fieldNamed} from '../fields/field-tables.ts';
import {tabs, type Tab} from '../records.ts';

/** A column of a CSV file. */
export type BrowseColumn = {
	/** Place in the file, from 0. */
	readonly index: number;
	/** As the file has it. */
	readonly heading: string;
	/** The field that it holds; for a column that no tab knows one made up of its heading, named by its query key. */
	readonly field: Field;
	readonly isKnown: boolean;
};

/** The tab whose records a file of these headings holds: the one that knows the most of them; null when none knows any. */
export const tabOfHeadings = (headings: readonly string[]): Tab | null => {
	const counts = tabs.map(tab => ({tab, known: fieldNamesOfHeadings(headings, tab).filter(name => name !== null).length}));
	const best = counts.reduce((most, next) => next.known > most.known ? next : most);
	return best.known === 0 ? null : best.tab;
};

const numbers = new Set<FieldType>(['count', 'bytes', 'percent', 'duration']);
const contents = new Set<FieldType>(['body', 'json', 'headers', 'list']);

/** Every column filters: a field that has no key of its own is filtered by its name. */
const keysOf = ({name, type, queryKeys}: Field): readonly QueryKey[] => {
	if (queryKeys !== undefined && queryKeys.length > 0) {
		return queryKeys;
	}

	if (numbers.has(type)) {
		return [{key: name, match: 'number', hint: '3, >5, <=1'}];
	}

	return [contents.has(type) ? {key: name, match: 'contains', hint: 'text in it'} : {key: name, match: 'exact', hint: 'a value; * at the end is a prefix'}];
};

/** A word that a query takes as a key. */
const keyOfHeading = (heading: string, index: number): string => {
	const word = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}_.$]+/gu, '_').replaceAll(/^_+|_+$/g, '');
	return word === '' ? `column_${index + 1}` : word;
};

/** The columns of a file, in their order, with what each of them holds and filters by. */
export const columnsOfHeadings = (headings: readonly string[], tab: Tab | null): readonly BrowseColumn[] => {
	const names = tab === null ? headings.map(() => null) : fieldNamesOfHeadings(headings, tab);
	const known = names.map(name => name === null || tab === null ? undefined : fieldNamed(tab, name));
	const taken = new Set(known.flatMap(field => field === undefined ? [] : [field.name, ...keysOf(field).map(({key}) => key)]));
	return headings.map((heading, index) => {
		const field = known[index];
		if (field !== undefined) {
			return {index, heading, field: {...field, queryKeys: keysOf(field)}, isKnown: true};
		}

		const word = keyOfHeading(heading, index);
		let name = word;
		for (let number = 2; taken.has(name); number++) {
			name = `${word}_${number}`;
		}

		taken.add(name);
		const made: Field = {name, label: heading.trim() === '' ? name : heading, type: 'text', description: ''};
		return {index, heading, field: {...made, queryKeys: keysOf(made)}, isKnown: false};
	});
};
