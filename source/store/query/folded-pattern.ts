import {caseVariants} from '../../domain/query/fold-case.ts';
import {UsageFault} from '../../domain/fault.ts';

/** SQLITE_MAX_LIKE_PATTERN_LENGTH, less some room. */
const patternLimitBytes = 49_000;

const asGlob = (variants: readonly string[]): string => {
	const [only] = variants;
	if (variants.length === 1 && only !== undefined) {
		return '*?['.includes(only) ? `[${only}]` : only;
	}

	return `[${variants.join('')}]`;
};

// LIKE folds ASCII only: what has a variant beyond it (k and s have) may be anything there.
const asLike = (variants: readonly string[]): string => {
	const [only = ''] = variants;
	if (variants.some(variant => variant > '\u{7f}')) {
		return variants.length === 1 ? only : '_';
	}

	return '%_\\'.includes(only) ? `\\${only}` : only;
};

export type FoldedPattern = {
	/** Exact. */
	readonly glob: string;
	/** Holds wherever `glob` does and is some five times as fast; null where it would say nothing. */
	readonly like: string | null;
};

/**
 * Patterns of a text that contains `needle`, case folded by Unicode, which neither LIKE nor `lower()` of SQLite does.
 * Throws a `UsageFault` where SQLite would refuse the length.
 */
export const foldedPattern = (needle: string): FoldedPattern => {
	const variants = Array.from(needle, character => caseVariants(character));
	const glob = `*${variants.map(asGlob).join('')}*`;
	if (Buffer.byteLength(glob) > patternLimitBytes) {
		throw new UsageFault('the text to search is too long', {remedy: 'search for a shorter part of it'});
	}

	const like = variants.map(asLike).join('');
	return {glob, like: /[^_]/.test(like) ? `%${like}%` : null};
};
