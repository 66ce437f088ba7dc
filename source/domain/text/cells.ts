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

type Piece = {readonly text: string; readonly width: number};

/** Graphemes with their widths; plain ASCII needs no segmenter. */
const piecesOf = function * (text: string): Generator<Piece> {
	if (printableAscii.test(text)) {
		for (const character of text) yield {text: character, width: 1};
		return;
	}

	for (const {segment} of segmenter.segment(text)) yield {text: segment, width: cellWidth(segment)};
};

/** A safe text of one line, broken into lines of at most `width` cells (at least one grapheme), preferably behind a space; at least one line. */
export const wrapCells = (text: string, width: number): readonly string[] => {
	const lines: string[] = [];
	let line = '';
	let lineWidth = 0;
	// What follows the last space of the line: it moves on whole where it does not fit.
	let word = '';
	let wordWidth = 0;
	for (const piece of piecesOf(text)) {
		if (lineWidth + piece.width > width && line !== '') {
			const isWordMoved = word !== '' && word.length < line.length && piece.text !== ' ';
			lines.push(isWordMoved ? line.slice(0, -word.length) : line);
			line = isWordMoved ? word : '';
			lineWidth = isWordMoved ? wordWidth : 0;
			word = line;
			wordWidth = lineWidth;
		}

		line += piece.text;
		lineWidth += piece.width;
		word = piece.text === ' ' ? '' : word + piece.text;
		wordWidth = piece.text === ' ' ? 0 : wordWidth + piece.width;
	}

	return [...lines, line];
};
