const quote = 0x22;
const carriageReturn = 0x0d;

/** The text of a cell that lies in `bytes` from `start` to `end`, quotes around it taken away. */
const textOf = (bytes: Buffer, start: number, end: number, hasDoubled: boolean, limit: number): string => {
	// A character is at most four bytes, and doubled quotes take two for one.
	const cut = limit === Infinity ? end : Math.min(end, start + limit * 4 + 8);
	const text = bytes.toString('utf8', start, cut);
	return hasDoubled ? text.replaceAll('""', '"') : text;
};

/**
 * The cells of one record, which `createRecordScanner` found: `wanted` ones by their index, or all of them; a cell that is
 * not wanted is empty text. At most about `limit` characters of each are read.
 */
export const readCells = (bytes: Buffer, {delimiter, start = 0, end = bytes.length, wanted, limit = Infinity}: {
	readonly delimiter: number;
	readonly start?: number;
	readonly end?: number;
	readonly wanted?: ReadonlySet<number> | undefined;
	readonly limit?: number;
}): string[] => {
	const cells: string[] = [];
	let from = start;
	let left = wanted?.size ?? Infinity;
	while (left > 0) {
		const isWanted = wanted === undefined || wanted.has(cells.length);
		let to = from;
		let text = '';
		let isQuoted = false;
		if (bytes[from] === quote && from < end) {
			let hasDoubled = false;
			to = from + 1;
			for (; to < end; to++) {
				if (bytes[to] === quote) {
					if (to + 1 < end && bytes[to + 1] === quote) {
						hasDoubled = true;
						to++;
					} else {
						break;
					}
				}
			}

			const behind = to + 1;
			isQuoted = to < end && (behind >= end || bytes[behind] === delimiter || (bytes[behind] === carriageReturn && behind + 1 >= end));
			if (isQuoted) {
				text = isWanted ? textOf(bytes, from + 1, to, hasDoubled, limit) : '';
				to = behind;
			}
		}

		if (!isQuoted) {
			// Behind quotes that are none, what follows is text up to the delimiter.
			while (to < end && bytes[to] !== delimiter) {
				to++;
			}

			text = isWanted ? textOf(bytes, from, to, false, limit) : '';
		}

		cells.push(text);
		left -= isWanted ? 1 : 0;
		if (to >= end || bytes[to] !== delimiter) {
			break;
		}

		from = to + 1;
	}

	return cells;
};
