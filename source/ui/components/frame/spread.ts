import {cellWidth, cutCells} from '../../../domain/text/cells.ts';

/** A piece of a line: what it shows and, where styled, how. `text` has no escape codes. */
export type Piece = {readonly text: string; readonly styled?: string};

/**
 * One line of exactly `width` cells: pieces at the left, pieces at the right, spaces between. When both do not fit,
 * the last pieces of the right side leave first, then the left side is cut.
 */
export const spread = (left: readonly Piece[], right: readonly Piece[], width: number): string => {
	const kept = [...right];
	const total = (pieces: readonly Piece[]) => pieces.reduce((sum, {text}) => sum + cellWidth(text), 0);
	while (kept.length > 0 && total(left) + total(kept) + 1 > width) {
		kept.pop();
	}

	let room = width - total(kept);
	let line = '';
	for (const {text, styled} of left) {
		const cells = cellWidth(text);
		if (cells <= room) {
			line += styled ?? text;
			room -= cells;
		} else {
			// Plain dots: a line has no theme, and a terminal of ASCII none of our signs.
			const cut = room > 3 ? `${cutCells(text, room - 2)}..` : '';
			line += cut;
			room -= cellWidth(cut);
			break;
		}
	}

	return line + ' '.repeat(Math.max(0, room)) + kept.map(({text, styled}) => styled ?? text).join('');
};
