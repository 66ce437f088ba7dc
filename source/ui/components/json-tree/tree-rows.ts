import {cellWidth, cutCells} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type Token} from '../../theme.ts';
import {hasChildren, isKeyed, labelOf, sizeOf, valueOf, type TreeDocument} from './tree-document.ts';
import {type TreeMatch} from './tree-search.ts';
import {type TreeState, type TreeView} from './tree-model.ts';

/** A piece of a row, safe for the terminal. `isFound` marks what a search found, `isCurrent` the match that the cursor is at. */
export type TreeSegment = {readonly text: string; readonly token: Token; readonly isFound?: boolean; readonly isCurrent?: boolean};

export type TreeRow = {
	readonly index: number;
	/** Columns before the sign. */
	readonly indent: number;
	readonly sign: 'folded' | 'unfolded' | null;
	readonly segments: readonly TreeSegment[];
	/** The match that the cursor is at lies in this row. */
	readonly holdsMatch: boolean;
};

/** Rows of one wrapped value; what is longer is opened in an editor or a pager. */
const mostRows = 1000;
/** Characters looked at for one row that is not wrapped: no screen is wider. */
const mostInRow = 1000;
const previewMembers = 8;

type Look = Pick<TreeState, 'document' | 'open' | 'matches' | 'match' | 'cursor' | 'query'>;

/** The rows of one node: one, or as many as its value needs when it is wrapped. */
export const nodeRows = (state: Look, index: number, view: TreeView): readonly TreeRow[] => {
	const {document} = state;
	const indent = indentOf(document, index, view.width);
	const sign = hasChildren(document, index) ? (state.open[index] === 1 ? 'unfolded' as const : 'folded' as const) : null;
	const found = matchesAt(state, index);
	const head = headSegments(state, index, found);
	const value = document.nodes[index]?.children === null ? valueOf(document, index) : null;
	if (value === null) {
		return [{index, indent, sign, segments: [...head, ...containerSegments(state, index)], holdsMatch: isCurrentOf(state, found, 'label')}];
	}

	const quote = document.style === 'json' && document.nodes[index]?.kind === 'string' ? '"' : '';
	const token = valueToken(document, index);
	const valueMatches = found.filter(({part}) => part === 'value');
	const signWidth = document.style === 'text' ? 0 : 2;
	const room = Math.max(4, view.width - indent - signWidth);
	const headWidth = segmentsWidth(head);
	if (!view.isWrapped) {
		const from = startOf(state, valueMatches, value, room - headWidth);
		const end = Math.min(value.length, from + mostInRow);
		const start: TreeSegment[] = from > 0 ? [{text: '…', token: 'secondary'}] : [{text: quote, token}];
		const pieces = pieceSegments(state, value, from, end, valueMatches, token);
		return [{index, indent, sign, segments: [...head, ...start, ...pieces, {text: end < value.length ? '…' : quote + (document.nodes[index]!.isCut ? '…' : ''), token}], holdsMatch: true}];
	}

	return wrappedRows({state, index, indent, sign, head, value, quote, token, valueMatches, room, headWidth});
};

type Wrapping = {
	readonly state: Look; readonly index: number; readonly indent: number; readonly sign: TreeRow['sign']; readonly head: readonly TreeSegment[];
	readonly value: string; readonly quote: string; readonly token: Token; readonly valueMatches: readonly TreeMatch[]; readonly room: number; readonly headWidth: number;
};

const wrappedRows = ({state, index, indent, sign, head, value, quote, token, valueMatches, room, headWidth}: Wrapping): readonly TreeRow[] => {
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

/** Two cells a level while there is room; deep levels stay where they are. */
const indentOf = (document: TreeDocument, index: number, width: number): number =>
	document.style === 'text' ? 0 : Math.min((document.depths[index]! - document.firstLine) * 2, Math.max(0, Math.floor(width / 2) - 8));

const headSegments = (state: Look, index: number, found: readonly TreeMatch[]): readonly TreeSegment[] => {
	const {document} = state;
	const label = labelOf(document, index);
	if (label === null || document.style === 'text') {
		return [];
	}

	const cut = label.length > mostInRow ? mostInRow : label.length;
	const pieces = isKeyed(document, index)
		? pieceSegments(state, label, 0, cut, found.filter(({part}) => part === 'label'), 'key')
		: [{text: label, token: 'secondary' as const}];
	return [...pieces, {text: cut < label.length ? '…: ' : (document.nodes[index]?.children === null ? ': ' : ' '), token: 'secondary'}];
};

const containerSegments = (state: Look, index: number): readonly TreeSegment[] => {
	const {document} = state;
	const isFolded = hasChildren(document, index) && state.open[index] === 0;
	const size: TreeSegment = {text: sizeOf(document, index) + (document.nodes[index]?.isCut ? ' …' : ''), token: 'secondary'};
	return isFolded ? [size, {text: ` ${previewOf(document, index)}`, token: 'secondary'}] : [size];
};

/** The first members of what is folded, so that many need not be unfolded at all. */
const previewOf = (document: TreeDocument, index: number): string => {
	const parts: string[] = [];
	const end = document.ends[index]!;
	for (let at = index + 1; at < end && parts.length < previewMembers; at = document.ends[at]!) {
		const isScalar = document.nodes[at]?.children === null;
		const quote = document.nodes[at]?.kind === 'string' && document.style === 'json' ? '"' : '';
		const value = isScalar ? `${quote}${makeSafe(valueOf(document, at).slice(0, 60))}${quote}` : sizeOf(document, at);
		parts.push(isKeyed(document, at) ? `${makeSafe((labelOf(document, at) ?? '').slice(0, 60))}: ${value}` : value);
	}

	return parts.join(', ');
};

const valueToken = (document: TreeDocument, index: number): Token => {
	const {kind} = document.nodes[index]!;
	return document.tokenOf?.(document, index) ?? (kind === 'null' || kind === 'true' || kind === 'false' ? 'secondary' : 'plain');
};

const matchesAt = ({matches}: Look, index: number): readonly TreeMatch[] => {
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

const isCurrentOf = (state: Look, found: readonly TreeMatch[], part: TreeMatch['part']): boolean => {
	const current = state.matches[state.match];
	return current?.part === part && found.includes(current);
};

/** Where a row that is not wrapped begins in its value: at its start, unless the match of the cursor would be out of sight. */
const startOf = (state: Look, valueMatches: readonly TreeMatch[], value: string, room: number): number => {
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

/** The part of a text between two offsets, what was found in it apart; each piece is made safe. */
const pieceSegments = (state: Look, text: string, from: number, to: number, found: readonly TreeMatch[], token: Token): TreeSegment[] => {
	const segments: TreeSegment[] = [];
	let at = from;
	for (const match of found) {
		const start = Math.max(match.start, from);
		const end = Math.min(match.end, to);
		if (start < end) {
			segments.push({text: makeSafe(text.slice(at, start)), token}, {text: makeSafe(text.slice(start, end)), token, isFound: true, isCurrent: match === state.matches[state.match]});
			at = end;
		}
	}

	segments.push({text: makeSafe(text.slice(at, to)), token});
	return segments.filter(segment => segment.text !== '');
};

const segmentsWidth = (segments: readonly TreeSegment[]): number => segments.reduce((sum, {text}) => sum + cellWidth(text), 0);

/** Segments cut to so many cells, with `ellipsis` at the end when something is left out. */
export const fitSegments = (segments: readonly TreeSegment[], width: number, ellipsis: string): {readonly segments: readonly TreeSegment[]; readonly width: number} => {
	const total = segmentsWidth(segments);
	if (total <= width) {
		return {segments, width: total};
	}

	const fitted: TreeSegment[] = [];
	let used = 0;
	for (const segment of segments) {
		const text = cutCells(segment.text, width - used - cellWidth(ellipsis));
		fitted.push({...segment, text});
		used += cellWidth(text);
		if (text !== segment.text) {
			break;
		}
	}

	fitted.push({text: ellipsis, token: 'secondary'});
	return {segments: fitted, width: used + cellWidth(ellipsis)};
};
