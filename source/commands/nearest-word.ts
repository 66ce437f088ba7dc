/** Edits (letters added, left out, changed, or two neighbours swapped) that make one word of the other. */
const distance = (left: string, right: string): number => {
	const rows: number[][] = [Array.from({length: right.length + 1}, (_, index) => index)];
	for (let row = 1; row <= left.length; row++) {
		const line = [row];
		for (let column = 1; column <= right.length; column++) {
			const isSame = left[row - 1] === right[column - 1];
			const isSwapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
			line.push(Math.min(
				(rows[row - 1]?.[column] ?? 0) + 1,
				(line[column - 1] ?? 0) + 1,
				(rows[row - 1]?.[column - 1] ?? 0) + (isSame ? 0 : 1),
				isSwapped ? (rows[row - 2]?.[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
			));
		}

		rows.push(line);
	}

	return rows.at(-1)?.at(-1) ?? 0;
};

/** The word that was probably meant: it begins with what was written, or is at most two edits (one in a short word) away. */
export const nearestWord = (written: string, words: readonly string[]): string | null => {
	const given = written.toLowerCase();
	if (given.length === 0 || given.length > 30) {
		return null;
	}

	const ranked = words
		.map(word => ({word, edits: word.startsWith(given) ? 0 : distance(given, word)}))
		.filter(({word, edits}) => edits <= (Math.min(given.length, word.length) < 5 ? 1 : 2))
		.toSorted((left, right) => left.edits - right.edits);
	return ranked[0]?.word ?? null;
};
