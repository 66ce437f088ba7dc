import {type Tab} from '../records.ts';
import {type FieldTerm, type Query, type Term} from './query.ts';

const isSameTerm = (one: Term, other: Term): boolean => {
	if (one.isNegated !== other.isNegated) {
		return false;
	}

	if (one.kind === 'text') {
		return other.kind === 'text' && one.text === other.text;
	}

	return other.kind === 'field' && one.key === other.key
		&& one.values.length === other.values.length && one.values.every((value, index) => value === other.values[index]);
};

const isOfKey = (term: Term, key: string): term is FieldTerm => term.kind === 'field' && term.key === key;

/** Adds a term, unless the query has it already. */
export const withTerm = (query: Query, term: Term): Query => query.some(known => isSameTerm(known, term)) ? query : [...query, term];

/** Takes out every term of a key, negated ones too. */
export const withoutKey = (query: Query, key: string): Query => query.filter(term => !isOfKey(term, key));

/** The values of a key's first term of that sign; none where the query does not name it. */
export const valuesOf = (query: Query, key: string, isNegated = false): readonly string[] =>
	query.find((term): term is FieldTerm => isOfKey(term, key) && term.isNegated === isNegated)?.values ?? [];

/** Puts values in place of all that the query says of a key, where it said it first; no values take the key out. */
export const setValues = (query: Query, key: string, values: readonly string[], isNegated = false): Query => {
	const place = query.findIndex(term => isOfKey(term, key));
	const rest = withoutKey(query, key);
	if (values.length === 0) {
		return rest;
	}

	return rest.toSpliced(place === -1 ? rest.length : place, 0, {kind: 'field', key, values, isNegated});
};

/** The text terms of a query, which a form shows as one field. */
export const textTermsOf = (query: Query): Query => query.filter(term => term.kind === 'text');

/** Takes the term out where the query has it, and adds it where not. */
export const toggleTerm = (query: Query, term: Term): Query =>
	query.some(known => isSameTerm(known, term)) ? query.filter(known => !isSameTerm(known, term)) : [...query, term];

export const hasTerm = (query: Query, term: Term): boolean => query.some(known => isSameTerm(known, term));

/** Both must match; a term of both stands once. */
export const andQueries = (...queries: readonly Query[]): Query => {
	let all: Query = [];
	for (const query of queries) {
		for (const term of query) {
			all = withTerm(all, term);
		}
	}

	return all;
};

/** Of tasks by their processing: one that is done can hold items that failed, and one that failed has failed at that too. */
const failures: {readonly [T in Tab]: readonly [key: string, value: string]} = {
	logs: ['status', 'failure'], tasks: ['processing', 'failure'], exports: ['status', 'error'], sendouts: ['status', 'failed'],
};

/** The term by which a tab shows failures only. */
export const failureTermOf = (tab: Tab): FieldTerm => ({kind: 'field', key: failures[tab][0], values: [failures[tab][1]], isNegated: false});

/** A value of a record as a query value that matches exactly it: a `*` at its end is no prefix. */
export const exactValue = (value: string): string => value.endsWith('*') ? `${value.slice(0, -1)}\\*` : value;

export type DropSuggestion = {readonly dropped: Term; readonly query: Query};

/** The query with one term less, for each of its terms: what to offer when nothing matches. */
export const suggestDrop = (query: Query): readonly DropSuggestion[] =>
	query.map((dropped, index) => ({dropped, query: query.toSpliced(index, 1)}));
