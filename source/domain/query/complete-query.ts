import {type BoundKey, queryKeysOf} from '../fields/field-tables.ts';
import {type Tab} from '../records.ts';
import {isSpace, scanWord} from './scan-word.ts';

export type Completion = {
	/** What an option replaces: UTF-16 offsets in the text. */
	readonly start: number;
	readonly end: number;
	/** Whole replacements: `status:`, or a value. */
	readonly options: readonly string[];
	/** The key whose value is being written, so that values of the store can be offered. */
	readonly key?: string;
};

/** Where the word begins in which a text ends; undefined inside an open quote. */
const startOfLastWord = (text: string): number | undefined => {
	let start = 0;
	while (start < text.length) {
		if (isSpace(text[start])) {
			start++;
			continue;
		}

		const word = scanWord(text, start, {isList: false});
		if (!word.ok) {
			return undefined;
		}

		if (word.end === text.length) {
			return start;
		}

		start = word.end;
	}

	return start;
};

/** Words that can stand as a value of a key with a small vocabulary. */
const statusWords = ['failure', 'success', '4xx', '5xx', 'none'];

/** What may go on at the cursor: names of keys, or the values of a key with few of them. */
export const completeQueryOf = (text: string, cursor: number, keys: readonly BoundKey[]): Completion => {
	const before = text.slice(0, cursor);
	const wordStart = startOfLastWord(before);
	const none: Completion = {start: cursor, end: cursor, options: []};
	if (wordStart === undefined) {
		return none;
	}

	const start = before[wordStart] === '-' ? wordStart + 1 : wordStart;
	const [word, ...rest] = before.slice(start).split(':');
	if (rest.length === 0) {
		const typed = word!.toLowerCase();
		return {start, end: cursor, options: keys.filter(({key}) => key.startsWith(typed)).map(({key}) => `${key}:`)};
	}

	const key = keys.find(known => known.key === word!.toLowerCase());
	if (key === undefined) {
		return none;
	}

	const typed = rest.join(':').split(',').at(-1)!;
	const values = key.values ?? (key.match === 'status' ? statusWords : []);
	return {start: cursor - typed.length, end: cursor, key: key.key, options: values.filter(value => value.startsWith(typed.toLowerCase()))};
};

/** The same for a tab. */
export const completeQuery = (text: string, cursor: number, tab: Tab): Completion => completeQueryOf(text, cursor, queryKeysOf(tab));
