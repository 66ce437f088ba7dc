import {type BoundKey} from '../fields/field-tables.ts';
import {type Tab} from '../records.ts';
import {quote} from './print-query.ts';
import {type Query, type QueryProblem, type Term} from './query.ts';
import {readValue} from './read-value.ts';
import {isSpace, scanWord} from './scan-word.ts';
import {type Vocabulary, vocabularyOf} from './vocabulary.ts';

export type QueryParse = {readonly ok: true; readonly query: Query} | {readonly ok: false; readonly problem: QueryProblem};

type Step<T> = {readonly ok: true; readonly value: T; readonly end: number} | {readonly ok: false; readonly problem: QueryProblem};

const keyPattern = /([\p{L}\p{N}_.$-]+):/uy;

const wrong = (start: number, end: number, message: string, remedy: string): {readonly ok: false; readonly problem: QueryProblem} =>
	({ok: false, problem: {message, remedy, start, end}});

const matchAt = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
	pattern.lastIndex = index;
	return pattern.exec(text);
};

const wordAt = (text: string, start: number, isList: boolean): Step<string> => {
	const word = scanWord(text, start, {isList});
	if (!word.ok) {
		return wrong(word.start, text.length, 'a quote is not closed', 'close it with " (a quote inside quotes is \\")');
	}

	// `"code":400` is a piece of JSON, and would quietly be searched for without its quotes.
	return word.hasColonAfterQuote
		? wrong(start, word.end, 'a colon follows a quote', `put all of the text in quotes and \\ before each quote inside: ${quote(text.slice(start, word.end))}`)
		: {ok: true, value: word.text, end: word.end};
};

const endOfWord = (text: string, start: number): number => {
	const word = scanWord(text, start, {isList: false});
	return word.ok ? word.end : text.length;
};

/** The values after `key:`, which begin at `start`. */
const valuesAt = (text: string, start: number, key: BoundKey): Step<readonly string[]> => {
	const name = key.key;
	const values: string[] = [];
	for (let index = start; ;) {
		const word = wordAt(text, index, true);
		if (!word.ok) {
			return word;
		}

		if (word.value === '') {
			const [message, remedy] = values.length === 0 && text[word.end] !== ','
				? [`${name} has no value`, `write ${name}:VALUE without a space (${key.hint})`]
				: [`${name} has an empty value`, `write values without spaces between them, ${name}:ONE,OTHER`];
			return wrong(index, Math.max(word.end, index), message, remedy);
		}

		const reading = readValue(key, word.value);
		if (!reading.ok) {
			return wrong(index, word.end, reading.message, reading.remedy);
		}

		values.push(word.value);
		if (text[word.end] !== ',') {
			return {ok: true, value: values, end: word.end};
		}

		if (key.match === 'since' || key.match === 'until') {
			return wrong(start, endOfWord(text, start), `${name} takes one date`, `keep one of them, ${name}:${word.value}`);
		}

		index = word.end + 1;
	}
};

const termAt = (text: string, start: number, {keys, explainUnknownKey}: Vocabulary): Step<Term> => {
	const isNegated = text[start] === '-';
	const index = isNegated ? start + 1 : start;
	if (index === text.length || isSpace(text[index])) {
		return wrong(start, index, '"-" stands alone', 'put it right before what must not match, as in -status:404, or in quotes to search for it');
	}

	const word = matchAt(keyPattern, text, index)?.[1];
	if (word !== undefined) {
		const key = keys.find(known => known.key === word.toLowerCase());
		if (key === undefined) {
			const {message, remedy} = explainUnknownKey(word, text.slice(index, endOfWord(text, index)));
			return wrong(index, index + word.length, message, remedy);
		}

		const values = valuesAt(text, index + word.length + 1, key);
		return values.ok ? {ok: true, value: {kind: 'field', key: key.key, values: values.value, isNegated}, end: values.end} : values;
	}

	const found = wordAt(text, index, false);
	if (!found.ok) {
		return found;
	}

	return found.value === ''
		? wrong(index, found.end, 'there is nothing between the quotes', 'write the text to search for, or leave the quotes out')
		: {ok: true, value: {kind: 'text', text: found.value, isNegated}, end: found.end};
};

/**
 * Reads a line of query text: `key:value` terms and words, ANDed. Values are checked as far as no clock is
 * needed, so that a problem can point at its place. Keys are recognised in any case.
 */
export const parseQueryOf = (text: string, vocabulary: Vocabulary): QueryParse => {
	const query: Term[] = [];
	for (let index = 0; index < text.length;) {
		if (isSpace(text[index])) {
			index++;
			continue;
		}

		const term = termAt(text, index, vocabulary);
		if (!term.ok) {
			return term;
		}

		query.push(term.value);
		index = term.end;
	}

	return {ok: true, query};
};

/** The same for a tab. */
export const parseQuery = (text: string, tab: Tab): QueryParse => parseQueryOf(text, vocabularyOf(tab));
