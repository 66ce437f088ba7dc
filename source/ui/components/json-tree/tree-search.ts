import {isKeyed, labelOf, valueOf, type TreeDocument} from './tree-document.ts';

/** Where a search text occurs: UTF-16 offsets in the label or in the value of a node, before they are made safe. */
export type TreeMatch = {readonly index: number; readonly part: 'label' | 'value'; readonly start: number; readonly end: number};

/** More are not counted: nobody steps through them. */
export const mostMatches = 10_000;

/**
 * Lower case of the same length, so that offsets in it are offsets in the text.
 */
const fold = (text: string): string => {
	const lower = text.toLowerCase();
	return lower.length === text.length ? lower : Array.from(text, character => {
		const folded = character.toLowerCase();
		return folded.length === character.length ? folded : character;
	}).join('');
};

/** Every occurrence in labels and values of the whole document, folded or not, whatever its case, in the order of the text. */
export const findMatches = (document: TreeDocument, query: string): readonly TreeMatch[] => {
	const wanted = fold(query);
	if (wanted === '') {
		return [];
	}

	const matches: TreeMatch[] = [];
	const findIn = (index: number, part: TreeMatch['part'], text: string) => {
		const folded = fold(text);
		for (let at = folded.indexOf(wanted); at >= 0 && matches.length < mostMatches; at = folded.indexOf(wanted, at + wanted.length)) {
			matches.push({index, part, start: at, end: at + wanted.length});
		}
	};

	for (let index = document.firstLine; index < document.nodes.length && matches.length < mostMatches; index++) {
		if (isKeyed(document, index)) {
			findIn(index, 'label', labelOf(document, index) ?? '');
		}

		findIn(index, 'value', valueOf(document, index));
	}

	return matches;
};
