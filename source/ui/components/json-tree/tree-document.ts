import {type JsonNode} from '../../../domain/json/json-node.ts';
import {decodeJsonString, parseJsonTree} from '../../../domain/json/parse-json-tree.ts';
import {type Token} from '../../theme.ts';

/** `json` shows strings in quotes; `plain` without; `text` holds lines of text and shows no labels. */
export type TreeStyle = 'json' | 'plain' | 'text';

/** A JSON text laid out flat: nodes in the order of the text, each with where its subtree ends. Nothing here recurses. */
export type TreeDocument = {
	readonly text: string;
	readonly style: TreeStyle;
	readonly nodes: readonly JsonNode[];
	/** Index of the parent; -1 at the root. */
	readonly parents: Int32Array;
	/** Index behind the last node below. */
	readonly ends: Int32Array;
	readonly depths: Int32Array;
	/** Place among its siblings, from 0. */
	readonly places: Int32Array;
	/** 1 when the root itself is not shown: its members stand for it. */
	readonly firstLine: 0 | 1;
	/** How a member's value is painted, where it deserves attention. */
	readonly tokenOf?: ((document: TreeDocument, index: number) => Token | undefined) | undefined;
};

export type TreeOptions = {
	readonly style?: TreeStyle;
	readonly tokenOf?: TreeDocument['tokenOf'];
};

/** Null when the text is not JSON. A text that ends in the middle gives what came until there. */
export const createTreeDocument = (text: string, {style = 'json', tokenOf}: TreeOptions = {}): TreeDocument | null => {
	const tree = parseJsonTree(text);
	return tree.ok ? flatten(tree.text, tree.root, style, tokenOf) : null;
};

/** Text that is not JSON, a node a line. */
export const createTextDocument = (text: string, tokenOf?: TreeOptions['tokenOf']): TreeDocument => {
	const document = createTreeDocument(JSON.stringify(text.replace(/\r?\n$/, '').split(/\r\n|\n|\r/)), {style: 'text', tokenOf});
	return document!;
};

const flatten = (text: string, root: JsonNode, style: TreeStyle, tokenOf: TreeDocument['tokenOf']): TreeDocument => {
	const nodes: JsonNode[] = [];
	const parents: number[] = [];
	const depths: number[] = [];
	const places: number[] = [];
	const ends: number[] = [];
	const stack: Array<{readonly node: JsonNode; readonly index: number; next: number}> = [];
	const enter = (node: JsonNode, parent: number, place: number) => {
		const index = nodes.push(node) - 1;
		parents.push(parent);
		depths.push(stack.length);
		places.push(place);
		ends.push(index + 1);
		if (node.children !== null && node.children.length > 0) {
			stack.push({node, index, next: 0});
		}
	};

	enter(root, -1, 0);
	for (let top = stack.at(-1); top; top = stack.at(-1)) {
		const child = top.node.children?.[top.next];
		if (child === undefined) {
			ends[top.index] = nodes.length;
			stack.pop();
		} else {
			enter(child, top.index, top.next++);
		}
	}

	return {
		text, style, nodes, tokenOf,
		parents: Int32Array.from(parents), depths: Int32Array.from(depths), places: Int32Array.from(places), ends: Int32Array.from(ends),
		firstLine: nodes.length > 1 ? 1 : 0,
	};
};

/** Whether something can be unfolded there. */
export const hasChildren = (document: TreeDocument, index: number): boolean => (document.ends[index] ?? 0) > index + 1;

/** Key of a member, place of an array's item; null at the root. Not yet safe for the terminal. */
export const labelOf = (document: TreeDocument, index: number): string | null => {
	const node = document.nodes[index];
	if (!node || document.parents[index]! < 0) {
		return null;
	}

	return node.keyLiteral === null ? String(document.places[index]) : decodeJsonString(node.keyLiteral);
};

export const isKeyed = (document: TreeDocument, index: number): boolean => document.nodes[index]?.keyLiteral !== null && document.nodes[index] !== undefined;

/** A scalar as it is read: strings decoded, all else as its literal; empty for objects and arrays. Not yet safe for the terminal. */
export const valueOf = (document: TreeDocument, index: number): string => {
	const node = document.nodes[index];
	if (!node || node.children !== null) {
		return '';
	}

	const literal = document.text.slice(node.start, node.end);
	return node.kind === 'string' ? decodeJsonString(literal) : literal;
};

/** `{3}` and `[12]`: how many members or items. */
export const sizeOf = (document: TreeDocument, index: number): string => {
	const node = document.nodes[index];
	if (!node || node.children === null) {
		return '';
	}

	return node.kind === 'object' ? `{${node.children.length}}` : `[${node.children.length}]`;
};

/** The value's own text, exactly as it stands in the body. */
export const sourceOf = (document: TreeDocument, index: number): string => {
	const node = document.nodes[index];
	return node ? document.text.slice(node.start, node.end) : '';
};

/** `.redeemables[0].id`, as jq reads it; `.` at the root. */
export const pathOf = (document: TreeDocument, index: number): string => {
	const parts: string[] = [];
	for (let at = index; at > 0; at = document.parents[at]!) {
		const label = labelOf(document, at) ?? '';
		if (!isKeyed(document, at)) {
			parts.push(`[${label}]`);
		} else if (/^[A-Za-z_]\w*$/.test(label)) {
			parts.push(`.${label}`);
		} else {
			parts.push(`[${JSON.stringify(label)}]`);
		}
	}

	const path = parts.reverse().join('');
	return path.startsWith('.') ? path : `.${path}`;
};
