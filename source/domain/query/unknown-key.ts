import {fieldNamed, fieldTables, queryKeysOf} from '../fields/field-tables.ts';
import {tabs, type Tab} from '../records.ts';
import {quote} from './print-query.ts';

/** Letters to add, drop, change or swap with their neighbour, to make one word of the other. */
const editDistance = (one: string, other: string): number => {
	const rows: number[][] = [Array.from({length: other.length + 1}, (_, column) => column)];
	for (let row = 1; row <= one.length; row++) {
		const current = [row];
		for (let column = 1; column <= other.length; column++) {
			const isSame = one[row - 1] === other[column - 1];
			let least = Math.min(rows[row - 1]![column]! + 1, current[column - 1]! + 1, rows[row - 1]![column - 1]! + (isSame ? 0 : 1));
			if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
				least = Math.min(least, rows[row - 2]![column - 2]! + 1);
			}

			current.push(least);
		}

		rows.push(current);
	}

	return rows[one.length]![other.length]!;
};

/** The key that was probably meant: a part of a key, a slip of the fingers. */
export const similarKey = (word: string, keys: readonly string[]): string | undefined => {
	if (word.length > 30) {
		return undefined;
	}

	const [nearest] = keys
		.map(key => ({key, distance: editDistance(word, key)}))
		.filter(({key, distance}) => distance <= Math.min(2, Math.floor(key.length / 2)))
		.sort((a, b) => a.distance - b.distance);
	return nearest?.key ?? (word.length >= 3 ? keys.find(key => key.startsWith(word) || word.startsWith(key)) : undefined);
};

/** What to say about `word:…` where the tab has no such key. `source` is the whole word as it was typed. */
export const explainUnknownKey = (word: string, source: string, tab: Tab): {readonly message: string; readonly remedy: string} => {
	const elsewhere = tabs.filter(other => queryKeysOf(other).some(({key}) => key === word.toLowerCase())).map(other => fieldTables[other].title);
	const keys = queryKeysOf(tab).map(({key}) => key);
	// A field may be meant by the name it has in JSON.
	const similar = fieldNamed(tab, word.toLowerCase())?.queryKeys?.[0]?.key ?? similarKey(word.toLowerCase(), keys);
	const asText = source.length <= 60 && !source.includes('"') ? `: ${quote(source)}` : '';
	return {
		message: `${fieldTables[tab].title} has no key "${word}"${elsewhere.length === 0 ? '' : ` (${elsewhere.join(' and ')} ${elsewhere.length === 1 ? 'has' : 'have'})`}`,
		remedy: `${similar === undefined ? 'use one of its keys:' : `did you mean ${similar}? Its keys are`} ${keys.join(', ')}; text to search for goes in quotes${asText}`,
	};
};
