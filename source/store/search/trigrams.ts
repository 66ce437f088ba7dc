import {type Condition, type Filter} from '../../domain/query/filter.ts';
import {caseVariants} from '../../domain/query/fold-case.ts';
import {escapeUnstorable} from '../../domain/text/storable.ts';

/** The fields whose text is in the index. */
const searched = new Set(['url', 'request_body', 'response_body']);

/** More trigrams than these say little more. */
const mostTrigrams = 40;

// The index folds case by an older Unicode than the filter: what the filter takes for alike must be alike to it too.
// It is so in these ranges, where nearly all text with case is written; elsewhere no trigram holds such a character.
const alike = [[0, 0x1_7F], [0x3_88, 0x3_8F], [0x3_91, 0x3_AF], [0x3_B1, 0x3_CE], [0x4_00, 0x4_5F], [0x1E_9E, 0x1E_9E], [0x21_26, 0x21_26], [0x21_2A, 0x21_2B]] as const;

/** Whether the index finds a character wherever the filter does. A character without case is itself alone to both. */
export const isFoldedAlike = (character: string): boolean => {
	const variants = caseVariants(character);
	return variants.length === 1 || variants.every(variant => alike.some(([first, last]) => {
		const codePoint = variant.codePointAt(0) ?? 0;
		return codePoint >= first && codePoint <= last;
	}));
};

const trigramsOf = (needle: string): readonly string[] => {
	const trigrams = new Set<string>();
	let run: string[] = [];
	for (const character of escapeUnstorable(needle)) {
		run = isFoldedAlike(character) ? [...run, character].slice(-3) : [];
		if (run.length === 3) {
			trigrams.add(run.join(''));
		}

		if (trigrams.size === mostTrigrams) {
			break;
		}
	}

	return [...trigrams];
};

const quoted = (trigram: string): string => `"${trigram.replaceAll('"', '""')}"`;

/** Null where the index cannot tell. */
const expressionOf = ({fields, tests, isNegated}: Condition): string | null => {
	if (isNegated || !fields.every(field => searched.has(field))) {
		return null;
	}

	const choices: string[] = [];
	for (const test of tests) {
		const trigrams = test.kind === 'contains' ? trigramsOf(test.value) : [];
		if (trigrams.length === 0) {
			return null;
		}

		choices.push(`(${trigrams.map(quoted).join(' AND ')})`);
	}

	return `(${choices.join(' OR ')})`;
};

/**
 * A search of the index that finds every log which the filter finds, and perhaps others; null where the filter has no
 * text of three characters to search for. The index says which logs have a trigram, not in which field nor where.
 */
export const searchExpression = (filter: Filter): string | null => {
	const expressions = filter.map(condition => expressionOf(condition)).filter(expression => expression !== null);
	return expressions.length === 0 ? null : expressions.join(' AND ');
};
