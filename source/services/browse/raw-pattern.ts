import {caseVariants} from '../../domain/query/fold-case.ts';
import {type Filter} from '../../domain/query/filter.ts';

const escaped = (byte: string): string => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;

/**
 * A pattern of bytes, read as Latin-1, that every record holds in which a cell holds the text, whatever its case. Records
 * without it need not be looked at: several times as fast as looking at their cells.
 */
export const rawPattern = (text: string): RegExp => new RegExp(Array.from(text, character => {
	// A quote inside quotes is written twice.
	if (character === '"') {
		return '""?';
	}

	const variants = caseVariants(character).map(variant => Array.from(Buffer.from(variant).toString('latin1'), escaped).join(''));
	return variants.length === 1 ? variants[0] : `(?:${variants.join('|')})`;
}).join(''));

/** What every record that passes a filter must hold: from those of its conditions that ask for one text. */
export const rawPatternsOf = (filter: Filter): readonly RegExp[] => filter.flatMap(({tests, isNegated}) => {
	const [test] = tests;
	return !isNegated && tests.length === 1 && test?.kind === 'contains' ? [rawPattern(test.value)] : [];
});
