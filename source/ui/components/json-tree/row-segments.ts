import {cellWidth, cutCells} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type Token} from '../../theme.ts';
import {hasChildren, isKeyed, labelOf, sizeOf, valueOf, type TreeDocument} from './tree-document.ts';
import {type TreeState} from './tree-model.ts';
import {type TreeSegment} from './tree-row.ts';
import {type TreeMatch} from './tree-search.ts';

/** What of a tree's state its rows show. */
export type TreeLook = Pick<TreeState, 'document' | 'open' | 'matches' | 'match' | 'cursor' | 'query'>;

/** Characters looked at for one row that is not wrapped: no screen is wider. */
export const mostInRow = 1000;
const previewMembers = 8;

/** The label of a node and what parts it from the value; nothing at the root and in lines of text. */
export const headSegments = (state: TreeLook, index: number, found: readonly TreeMatch[]): readonly TreeSegment[] => {
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

/** How much is in an object or list and, folded, what comes first in it. */
export const containerSegments = (state: TreeLook, index: number): readonly TreeSegment[] => {
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

/** How a scalar is painted. */
export const valueToken = (document: TreeDocument, index: number): Token => {
	const {kind} = document.nodes[index]!;
	return document.tokenOf?.(document, index) ?? (kind === 'null' || kind === 'true' || kind === 'false' ? 'secondary' : 'plain');
};

/** The part of a text between two offsets, what was found in it apart; each piece is made safe. */
export const pieceSegments = (state: TreeLook, text: string, from: number, to: number, found: readonly TreeMatch[], token: Token): TreeSegment[] => {
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

export const segmentsWidth = (segments: readonly TreeSegment[]): number => segments.reduce((sum, {text}) => sum + cellWidth(text), 0);

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
