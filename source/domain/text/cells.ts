import stringWidth from 'string-width';

const printableAscii = /^[\x20-\x7e]*$/;
const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** Terminal cells that a text fills; wide characters and emoji count two, combining marks none. The text must be safe (`makeSafe`). */
export const cellWidth = (text: string): number =>
	printableAscii.test(text) ? text.length : stringWidth(text, {countAnsiEscapeCodes: true});

/** The longest start of a text that fits in `width` cells; a grapheme is never split. */
export const cutCells = (text: string, width: number): string => {
	if (printableAscii.test(text)) return text.slice(0, Math.max(0, width));
	let used = 0;
	let end = 0;
	for (const {segment, index} of segmenter.segment(text)) {
		used += cellWidth(segment);
		if (used > width) break;
		end = index + segment.length;
	}

	return text.slice(0, end);
};

export type CellAlign = 'left' | 'right';

/** A safe text in exactly `width` cells: cut with `ellipsis` (one cell) at its end, or padded with spaces. */
export const fitCell = (text: string, width: number, align: CellAlign = 'left', ellipsis = '…'): string => {
	if (width <= 0) return '';
	const full = cellWidth(text);
	const fitted = full <= width ? text : cutCells(text, width - 1) + ellipsis;
	const padding = ' '.repeat(Math.max(0, width - (full <= width ? full : cellWidth(fitted))));
	return align === 'left' ? fitted + padding : padding + fitted;
};

/** A safe text of one line, broken into lines of at most `width` cells, preferably behind a space; at least one line. */
export const wrapCells = (text: string, width: number): readonly string[] => {
	const lines: string[] = [];
	let rest = text;
	while (cellWidth(rest) > width) {
		const cut = cutCells(rest, width);
		const space = cut.lastIndexOf(' ');
		const end = space > 0 ? space + 1 : cut.length;
		if (end === 0) break;
		lines.push(rest.slice(0, end));
		rest = rest.slice(end);
	}

	lines.push(rest);
	return lines;
};
