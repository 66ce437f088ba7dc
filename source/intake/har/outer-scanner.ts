const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket, colon] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x3a];
const longestKey = 16;

/** Follows everything of a HAR document that is not an entry. */
export type OuterScanner = {
	/** Reads on from `from`. Gives the index after the `[` of `log.entries`, or -1 when the bytes end before it. */
	readonly seek: (bytes: Buffer, from: number) => number;
	/** The `]` of the entries was read by who scans them. */
	readonly leaveEntries: () => void;
	readonly hasEntries: () => boolean;
	/** Whether the document came to its end. */
	readonly isWhole: () => boolean;
};

/** @param isInEntries The bytes begin among the entries, and not with the document. */
export const createOuterScanner = (isInEntries = false): OuterScanner => {
	let depth = isInEntries ? 3 : 0;
	let isInString = false;
	let isEscaped = false;
	let word = '';
	let key = '';
	let isInLog = isInEntries;
	let hasEntries = isInEntries;
	let hasBegun = isInEntries;

	const readString = (code: number): void => {
		if (isEscaped) isEscaped = false;
		else if (code === backslash) isEscaped = true;
		else if (code === quote) isInString = false;
		else if (depth <= 2 && word.length < longestKey) word += String.fromCharCode(code);
	};

	/** Whether this is the `[` of the entries. */
	const readToken = (code: number): boolean => {
		if (code === quote) {
			isInString = true;
			word = '';
		} else if (code === colon) {
			key = word;
		} else if (code === openBrace || code === openBracket) {
			depth++;
			hasBegun = true;
			if (code === openBrace && depth === 2) isInLog = key === 'log';
			return code === openBracket && depth === 3 && isInLog && key === 'entries' && !hasEntries;
		} else if (code === closeBrace || code === closeBracket) {
			depth--;
			if (depth < 2) isInLog = false;
		}

		return false;
	};

	return {
		seek: (bytes, from) => {
			for (let at = from; at < bytes.length; at++) {
				const code = bytes[at] as number;
				if (isInString) {
					readString(code);
				} else if (readToken(code)) {
					hasEntries = true;
					return at + 1;
				}
			}

			return -1;
		},
		leaveEntries: () => {
			depth--;
			key = '';
		},
		hasEntries: () => hasEntries,
		isWhole: () => hasBegun && depth <= 0 && !isInString,
	};
};
