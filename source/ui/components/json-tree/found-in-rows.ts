import {cellWidth} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {mostInRow, type TreeLook} from './row-segments.ts';
import {type TreeMatch} from './tree-search.ts';

/** What was found in one node, by binary search: there may be ten thousand. */
export const matchesAt = ({matches}: TreeLook, index: number): readonly TreeMatch[] => {
	let low = 0;
	let high = matches.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (matches[middle]!.index < index) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	let end = low;
	while (matches[end]?.index === index) {
		end++;
	}

	return matches.slice(low, end);
};

/** The match that the cursor is at is among these, in that part. */
export const isCurrentOf = (state: TreeLook, found: readonly TreeMatch[], part: TreeMatch['part']): boolean => {
	const current = state.matches[state.match];
	return current?.part === part && found.includes(current);
};

/** Where a row that is not wrapped begins in its value: at its start, unless the match of the cursor would be out of sight. */
export const startOf = (state: TreeLook, valueMatches: readonly TreeMatch[], value: string, room: number): number => {
	const current = state.matches[state.match];
	if (!current || !valueMatches.includes(current)) {
		return 0;
	}

	const end = cellWidth(makeSafe(value.slice(0, Math.min(current.end, mostInRow))));
	if (current.end < mostInRow && end < room - 2) {
		return 0;
	}

	const start = Math.max(0, current.start - Math.floor(room / 3));
	// Not in the middle of a surrogate pair.
	return (value.charCodeAt(start) & 0xFC_00) === 0xDC_00 ? start + 1 : start;
};
