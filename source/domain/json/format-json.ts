import {parseJsonTree} from './parse-json-tree.ts';

/** Deeper levels are not indented further: indentation alone would outgrow the text without bound. */
const deepestIndent = 100;

const tokenPattern = /"(?:[^"\\]|\\[^])*"?|[{}[\],:]|[^\s{}[\],:"]+/g;

const tokensOf = (text: string): IterableIterator<RegExpExecArray> =>
	text.slice(text.startsWith('\ufeff') ? 1 : 0).matchAll(tokenPattern);

/** JSON without insignificant white space, literals and order untouched; null when the text is not whole JSON. */
export const compactJson = (text: string): string | null => {
	const tree = parseJsonTree(text);
	if (!tree.ok || tree.isCut) return null;
	let compact = '';
	for (const [token] of tokensOf(text)) compact += token;
	return compact;
};

/**
 * JSON indented by two spaces, literals and order untouched; a text that ends in the middle is laid out as far as
 * it goes. Null when the text is not JSON.
 */
export const prettyJson = (text: string): string | null => {
	if (!parseJsonTree(text).ok) return null;
	let pretty = '';
	let depth = 0;
	let previous = '';
	const line = () => `\n${'  '.repeat(Math.min(depth, deepestIndent))}`;
	for (const [token] of tokensOf(text)) {
		const isClosing = token === '}' || token === ']';
		const isAfterOpening = previous === '{' || previous === '[';
		if (isClosing) depth--;
		if (isClosing ? !isAfterOpening : isAfterOpening || previous === ',') pretty += line();
		pretty += token === ':' ? ': ' : token;
		if (token === '{' || token === '[') depth++;
		previous = token;
	}

	return pretty;
};
