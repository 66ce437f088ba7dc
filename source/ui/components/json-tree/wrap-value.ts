import {cellWidth} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type Token} from '../../theme.ts';
import {pieceSegments, type TreeLook} from './row-segments.ts';
import {type TreeRow, type TreeSegment} from './tree-row.ts';
import {type TreeMatch} from './tree-search.ts';

/** Rows of one wrapped value; what is longer is opened in an editor or a pager. */
const mostRows = 1000;

type Wrapping = {
	readonly state: TreeLook; readonly index: number; readonly indent: number; readonly sign: TreeRow['sign']; readonly head: readonly TreeSegment[];
	readonly value: string; readonly quote: string; readonly token: Token; readonly valueMatches: readonly TreeMatch[]; readonly room: number; readonly headWidth: number;
};

/** A value in as many rows as it needs, behind its label. */
export const wrappedRows = ({state, index, indent, sign, head, value, quote, token, valueMatches, room, headWidth}: Wrapping): readonly TreeRow[] => {
	const rows: TreeRow[] = [];
	const current = state.matches[state.match];
	let segments: TreeSegment[] = [...head, {text: quote, token}];
	let left = room - headWidth - quote.length;
	// A label that fills the row leaves the value to the next.
	if (left < Math.min(10, room / 2)) {
		rows.push({index, indent, sign, segments: head, holdsMatch: false});
		segments = [{text: quote, token}];
		left = room - quote.length;
	}

	let at = 0;
	do {
		if (rows.length >= mostRows) {
			rows.push({index, indent, sign: null, segments: [{text: `… ${value.length - at} characters more: v opens all in $EDITOR`, token: 'secondary'}], holdsMatch: false});
			return rows;
		}

		const end = at + wrapLength(value, at, left);
		segments.push(...pieceSegments(state, value, at, end, valueMatches, token));
		if (end >= value.length) {
			segments.push({text: quote + (state.document.nodes[index]!.isCut ? '…' : ''), token});
		}

		const holdsMatch = current !== undefined && current.index === index && current.part === 'value' && current.start >= at && (current.start < end || end >= value.length);
		rows.push({index, indent, sign: rows.length === 0 ? sign : null, segments, holdsMatch});
		at = end;
		segments = [];
		left = room;
	} while (at < value.length);

	return rows;
};

/** How many characters of the value fit in so many cells once they are safe, preferably up to behind a space. */
const wrapLength = (value: string, at: number, cells: number): number => {
	const ahead = value.slice(at, at + cells + 1);
	if (/^[\x20-\x7E]*$/.test(ahead)) {
		if (ahead.length <= cells) {
			return ahead.length;
		}

		const space = ahead.lastIndexOf(' ', cells - 1);
		return space > cells / 2 ? space + 1 : cells;
	}

	let length = 0;
	let used = 0;
	for (const {segment} of graphemes.segment(value.slice(at, at + cells * 4))) {
		used += cellWidth(makeSafe(segment));
		if (used > cells) {
			break;
		}

		length += segment.length;
	}

	// An escape that is wider than the pane still has to go somewhere.
	return length === 0 ? Array.from(value.slice(at, at + 2))[0]?.length ?? 1 : length;
};

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});
