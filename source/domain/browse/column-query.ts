import {type BoundKey} from '../fields/field-tables.ts';
import {parseQueryOf, type QueryParse} from '../query/parse-query.ts';
import {exactValue} from '../query/edit-query.ts';
import {quote} from '../query/print-query.ts';
import {type FilterReading, resolveQueryOf, type ValueContext} from '../query/resolve-query.ts';
import {similarKey} from '../query/unknown-key.ts';
import {type Vocabulary} from '../query/vocabulary.ts';
import {type Term} from '../query/query.ts';
import {toIso} from '../time/format-time.ts';
import {readInstant} from '../time/read-instant.ts';
import {type BrowseColumn} from './columns.ts';

/** Query keys of the columns, in their order. */
export const keysOfColumns = (columns: readonly BrowseColumn[]): readonly BoundKey[] =>
	columns.flatMap(({field}) => (field.queryKeys ?? []).map(key => ({...key, field})));

/** What a query may say of a file with these columns: their keys alone, and words are searched in all of them. */
export const vocabularyOfColumns = (columns: readonly BrowseColumn[]): Vocabulary => {
	const keys = keysOfColumns(columns);
	const names = keys.map(({key}) => key);
	return {
		keys,
		textFields: columns.map(({field}) => field.name),
		explainUnknownKey(word, source) {
			const similar = columns.find(({field}) => field.name === word.toLowerCase())?.field.queryKeys?.[0]?.key ?? similarKey(word.toLowerCase(), names);
			const asText = source.length <= 60 && !source.includes('"') ? `: ${quote(source)}` : '';
			return {
				message: `no column of this file has the key "${word}"`,
				remedy: `${similar === undefined ? 'use one of its keys:' : `did you mean ${similar}? Its keys are`} ${names.join(', ')}; text to search for goes in quotes${asText}`,
			};
		},
	};
};

/** Reads a query of a file's columns. */
export const parseColumnQuery = (text: string, columns: readonly BrowseColumn[]): QueryParse => parseQueryOf(text, vocabularyOfColumns(columns));

/** Query text to filter, as `readFilter` does it for a tab. */
export const readColumnFilter = (text: string, columns: readonly BrowseColumn[], context: ValueContext): FilterReading => {
	const vocabulary = vocabularyOfColumns(columns);
	const parsed = parseQueryOf(text, vocabulary);
	return parsed.ok ? resolveQueryOf(parsed.query, vocabulary, context) : parsed;
};

/** Longer values are no filter that a person would want to see. */
const longestValue = 500;

const field = (key: string, value: string, isNegated = false): Term => ({kind: 'field', key, values: [value], isNegated});

/** Terms that only rows with this value pass; null where no query can say that. */
export const termsOfValue = ({field: {type, queryKeys = []}}: BrowseColumn, cell: string): readonly Term[] | null => {
	const at = type === 'instant' ? readInstant(cell) : null;
	if (at !== null && queryKeys.some(({match}) => match === 'since')) {
		return [field('since', toIso(at)), field('until', toIso(at + 1))];
	}

	const key = queryKeys.find(({match}) => match !== 'since' && match !== 'until');
	if (key === undefined || cell.length > longestValue) {
		return null;
	}

	if (key.match === 'status') {
		return [field(key.key, cell.trim() === '' || cell.trim() === '0' ? 'none' : cell.trim().toLowerCase())];
	}

	if (cell === '') {
		return key.match === 'exact' && key.values === undefined ? [field(key.key, '*', true)] : null;
	}

	return key.match === 'number' && !/^\d{1,15}$/.test(cell) ? null : [field(key.key, key.match === 'exact' ? exactValue(cell) : cell)];
};
