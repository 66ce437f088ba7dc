import {type Query, type Term} from './query.ts';

/** Puts a text in quotes, so that it is read back whole. */
export const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

const printValue = (value: string): string => value === '' || /[\s",]/.test(value) ? quote(value) : value;

// A colon would make a key of what stands before it, and a leading minus would negate.
const printText = (text: string): string => text === '' || /^-|[\s":]/.test(text) ? quote(text) : text;

export const printTerm = (term: Term): string => {
	const sign = term.isNegated ? '-' : '';
	return term.kind === 'text' ? `${sign}${printText(term.text)}` : `${sign}${term.key}:${term.values.map(value => printValue(value)).join(',')}`;
};

/** The text of a query, which `parseQuery` reads back as the same query. */
export const printQuery = (query: Query): string => query.map(term => printTerm(term)).join(' ');
