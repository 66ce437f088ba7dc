/** One word of a query text, or one value of a key: its text without quotes and escapes, and where it ends. */
export type ScannedWord =
	| {readonly ok: true; readonly text: string; readonly end: number; readonly hasColonAfterQuote: boolean}
	/** A quote was opened at `start` and never closed. */
	| {readonly ok: false; readonly start: number};

const space = /\s/;

export const isSpace = (character: string | undefined): boolean => character !== undefined && space.test(character);

/**
 * Reads up to a space, and up to a comma where `isList`, both outside quotes. Quotes may stand around the whole or
 * a part; inside them `\"` and `\\` are the quote and the backslash. Outside `\"` is a quote too, and any other backslash is itself.
 */
export const scanWord = (source: string, from: number, {isList}: {readonly isList: boolean}): ScannedWord => {
	let text = '';
	let quoteAt: number | undefined;
	let hasColonAfterQuote = false;
	let index = from;
	for (; index < source.length; index++) {
		const character = source[index]!;
		const following = source[index + 1];
		if (character === '\\' && (following === '"' || (quoteAt !== undefined && following === '\\'))) {
			text += following;
			index++;
		} else if (character === '"') {
			hasColonAfterQuote ||= quoteAt !== undefined && following === ':';
			quoteAt = quoteAt === undefined ? index : undefined;
		} else if (quoteAt === undefined && (space.test(character) || (isList && character === ','))) {
			break;
		} else {
			text += character;
		}
	}

	return quoteAt === undefined ? {ok: true, text, end: index, hasColonAfterQuote} : {ok: false, start: quoteAt};
};
