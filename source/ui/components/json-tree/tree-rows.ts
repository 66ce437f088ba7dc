import {hasChildren, valueOf, type TreeDocument} from './tree-document.ts';
import {isCurrentOf, matchesAt, startOf} from './found-in-rows.ts';
import {containerSegments, headSegments, mostInRow, pieceSegments, segmentsWidth, valueToken, type TreeLook} from './row-segments.ts';
import {type TreeView} from './tree-model.ts';
import {type TreeRow, type TreeSegment} from './tree-row.ts';
import {wrappedRows} from './wrap-value.ts';

/** The rows of one node: one, or as many as its value needs when it is wrapped. */
export const nodeRows = (state: TreeLook, index: number, view: TreeView): readonly TreeRow[] => {
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

/** Two cells a level while there is room; deep levels stay where they are. */
const indentOf = (document: TreeDocument, index: number, width: number): number =>
	document.style === 'text' ? 0 : Math.min((document.depths[index]! - document.firstLine) * 2, Math.max(0, Math.floor(width / 2) - 8));
