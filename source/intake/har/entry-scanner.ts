const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket, colon, comma] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x3a, 0x2c];

/** One element of the array: its bytes, or null when it is larger than the limit. `end` is the index after it. */
export type Element = {readonly place: number; readonly bytes: Buffer | null; readonly end: number};

export type EntryScanner = {
	/** Reads on from `from`, and gives the index after the `]` that ends the array, or -1 when the bytes end before it. */
	readonly scan: (bytes: Buffer, from: number, onElement: (element: Element) => void) => number;
	/** Number of the element that has begun and has not ended, or null. */
	readonly openPlace: () => number | null;
	/** Elements so far, an open one included. */
	readonly count: () => number;
};

/**
 * Finds where each element of a JSON array begins and ends; what is between is for JSON.parse. Where brackets do not
 * match, or a text runs over the end of its line, the element is wrong, and the scanner looks for where the next begins:
 * an object that stands where a key must. Right after an element nothing else is open, so that another scanner can go
 * on there when it is told how many came before.
 */
export const createEntryScanner = (maxBytes: number, elementsBefore = 0): EntryScanner => {
	/** Open brackets of the element. */
	const open: number[] = [];
	let isInElement = false;
	let isInString = false;
	let isEscaped = false;
	/** The last byte that is not white space. */
	let last = comma;
	let place = elementsBefore;
	let parts: Buffer[] = [];
	let heldBytes = 0;

	const hold = (piece: Buffer): void => {
		heldBytes += piece.length;
		if (heldBytes <= maxBytes) parts.push(piece);
		else parts = [];
	};

	/** Index after the string, or the end of the bytes. An unescaped line feed ends it: the closing quote was lost. */
	const skipString = (bytes: Buffer, from: number): number => {
		for (let at = from; at < bytes.length; at++) {
			const code = bytes[at];
			if (isEscaped) {
				isEscaped = false;
			} else if (code === backslash) {
				isEscaped = true;
			} else if (code === quote || code === 0x0a) {
				isInString = false;
				return at + 1;
			}
		}

		return bytes.length;
	};

	return {
		scan: (bytes, from, onElement) => {
			let start = isInElement ? from : -1;
			const begin = (at: number): void => {
				place++;
				start = at;
				isInElement = true;
			};

			const finish = (end: number): void => {
				hold(bytes.subarray(start, end));
				onElement({place, bytes: heldBytes > maxBytes ? null : parts.length === 1 ? parts[0] as Buffer : Buffer.concat(parts), end});
				parts = [];
				heldBytes = 0;
				open.length = 0;
				isInElement = false;
				start = -1;
			};

			/** Whether the bracket ends the array. */
			const close = (code: number, at: number): boolean => {
				const opening = code === closeBrace ? openBrace : openBracket;
				const match = open.lastIndexOf(opening);
				if (match !== -1) {
					open.length = match;
					if (match === 0) finish(at + 1);
					return false;
				}

				// A brace too many is passed over; a bracket that nothing in the element opened is the array's own.
				if (code === closeBrace) return false;
				if (isInElement) finish(at);
				return true;
			};

			for (let at = from; at < bytes.length;) {
				if (isInString) {
					at = skipString(bytes, at);
					continue;
				}

				const code = bytes[at] as number;
				if (code <= 0x20) {
					at++;
					continue;
				}

				if (code === closeBrace || code === closeBracket) {
					if (close(code, at)) return at + 1;
				} else if (code === comma && open.length === 0) {
					if (isInElement) finish(at);
				} else {
					if (code === openBrace && open.at(-1) === openBrace && last !== colon) finish(at);
					if (!isInElement) begin(at);
					if (code === quote) isInString = true;
					else if (code === openBrace || code === openBracket) open.push(code);
				}

				last = code;
				at++;
			}

			if (start !== -1) hold(bytes.subarray(start));
			return -1;
		},
		openPlace: () => isInElement ? place : null,
		count: () => place,
	};
};
