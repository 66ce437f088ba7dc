import {failureTermOf, toggleTerm} from '../../../domain/query/edit-query.ts';
import {parseQuery} from '../../../domain/query/parse-query.ts';
import {printQuery} from '../../../domain/query/print-query.ts';
import {type Query} from '../../../domain/query/query.ts';
import {type Tab} from '../../../domain/records.ts';

/** The query text after an edit; a text that does not parse is left alone. */
export const editQueryText = (tab: Tab, text: string, edit: (query: Query) => Query): string => {
	const parsed = parseQuery(text, tab);
	return parsed.ok ? printQuery(edit(parsed.query)) : text;
};

export const toggleFailures = (tab: Tab, text: string): string => editQueryText(tab, text, query => toggleTerm(query, failureTermOf(tab)));

export const failureQueryOf = (tab: Tab): string => printQuery([failureTermOf(tab)]);

/** A search as a query: words that stand together are one text. */
export const searchQuery = (text: string): string => printQuery([{kind: 'text', text, isNegated: false}]);

export type TimePreset = {readonly label: string; readonly query: string};

/** Ranges to choose from; `query` holds only time terms. */
export const timePresets: readonly TimePreset[] = [
	{label: 'Last 15 minutes', query: 'since:15m'},
	{label: 'Last hour', query: 'since:1h'},
	{label: 'Last 4 hours', query: 'since:4h'},
	{label: 'Last 24 hours', query: 'since:24h'},
	{label: 'Last 2 days', query: 'since:2d'},
	{label: 'Last 7 days', query: 'since:7d'},
	{label: 'Last 30 days', query: 'since:30d'},
	{label: 'Everything stored', query: ''},
];

/** The query with its time terms replaced by those of `range`. */
export const withRange = (tab: Tab, text: string, range: string): string => editQueryText(tab, text, query => {
	const parsed = parseQuery(range, tab);
	const rest = query.filter(term => term.kind === 'text' || (term.key !== 'since' && term.key !== 'until'));
	return parsed.ok ? [...parsed.query, ...rest] : query;
});

/** The query without an end in time, as following needs it. */
export const withoutEnd = (tab: Tab, text: string): string => {
	const parsed = parseQuery(text, tab);
	const isEnd = (term: Query[number]) => term.kind === 'field' && term.key === 'until';
	return parsed.ok && parsed.query.some(term => isEnd(term)) ? printQuery(parsed.query.filter(term => !isEnd(term))) : text;
};
