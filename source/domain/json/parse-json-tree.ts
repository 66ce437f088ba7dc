import {type JsonKind, type JsonNode, type JsonTree} from './json-node.ts';

type Growing = {-readonly [K in keyof JsonNode]: JsonNode[K]} & {children: Growing[] | null};

/** Ends parsing where the text is not JSON. */
class NotJson extends Error {
	readonly at: number;
	constructor(message: string, at: number) {
		super(message);
		this.at = at;
	}
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const cutNumberPattern = /-?(?:0|[1-9]\d*)?(?:\.\d*)?(?:[eE][+-]?\d*)?$/y;
const plainStringPattern = /"[^"\\\u0000-\u001f]*"/y;

const matchEnd = (pattern: RegExp, text: string, at: number): number => {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : -1;
};

const skipSpace = (text: string, from: number): number => {
	let at = from;
	for (;;) {
		const code = text.charCodeAt(at);
		if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
		at++;
	}
};

type Token = {readonly kind: JsonKind; readonly end: number; readonly isCut: boolean};

/** V8's backtracking fails on strings of megabytes with many escapes: then the end is looked for by hand. */
const scanString = (text: string, at: number): Token => {
	const plainEnd = matchEnd(plainStringPattern, text, at);
	if (plainEnd >= 0) return {kind: 'string', end: plainEnd, isCut: false};
	let index = at + 1;
	for (; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code === 0x22) return {kind: 'string', end: index + 1, isCut: false};
		if (code < 0x20) throw new NotJson('a control character in a string', index);
		if (code !== 0x5c) continue;
		const escape = text.charAt(++index);
		if (escape === '') break;
		if (escape === 'u') {
			const digits = text.slice(index + 1, index + 5);
			if (!/^[\da-fA-F]*$/.test(digits) || (digits.length < 4 && index + 5 <= text.length)) throw new NotJson('a bad escape in a string', index - 1);
			index += digits.length;
		} else if (!'"\\/bfnrt'.includes(escape)) {
			throw new NotJson('a bad escape in a string', index - 1);
		}
	}

	return {kind: 'string', end: text.length, isCut: true};
};

const scanScalar = (text: string, at: number): Token => {
	const first = text.charAt(at);
	if (first === '"') return scanString(text, at);
	for (const word of ['true', 'false', 'null'] as const) {
		if (text.startsWith(word, at)) return {kind: word, end: at + word.length, isCut: false};
		if (first !== '' && first === word.charAt(0) && word.startsWith(text.slice(at))) return {kind: word, end: text.length, isCut: true};
	}

	const end = matchEnd(numberPattern, text, at);
	if (end < text.length && end >= 0 && !/[.eE\d]/.test(text.charAt(end))) return {kind: 'number', end, isCut: false};
	if (first !== '' && matchEnd(cutNumberPattern, text, at) >= 0) return {kind: 'number', end: text.length, isCut: end !== text.length};
	throw new NotJson(first === '' ? 'a value is missing' : 'a value was expected', at);
};

const build = (text: string): {root: Growing; isCut: boolean} => {
	const open: Growing[] = [];
	let root: Growing | null = null;
	let keyLiteral: string | null = null;
	let at = skipSpace(text, text.startsWith('\ufeff') ? 1 : 0);
	let expects: 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end' = 'value';

	const add = (kind: JsonKind, start: number, end: number, isCut: boolean): Growing => {
		const node: Growing = {kind, keyLiteral, start, end, children: kind === 'object' || kind === 'array' ? [] : null, isCut};
		keyLiteral = null;
		open.at(-1)?.children?.push(node);
		root ??= node;
		return node;
	};

	for (;;) {
		at = skipSpace(text, at);
		const parent = open.at(-1);
		if (root !== null && parent === undefined) {
			if (at < text.length) throw new NotJson('more text after the value', at);
			return {root, isCut: false};
		}

		if (at >= text.length && parent !== undefined) break;
		const code = text.charCodeAt(at);
		const isEnd = code === 0x7d ? parent?.kind === 'object' : code === 0x5d && parent?.kind === 'array';
		if (isEnd && parent !== undefined && expects.endsWith('end')) {
			open.pop();
			parent.end = ++at;
			expects = 'comma or end';
		} else if (expects === 'comma or end') {
			if (code !== 0x2c) throw new NotJson(`a comma or ${parent?.kind === 'object' ? '}' : ']'} was expected`, at);
			at++;
			expects = parent?.kind === 'object' ? 'key' : 'value';
		} else if (expects === 'key' || expects === 'key or end') {
			if (code !== 0x22) throw new NotJson('a key was expected', at);
			const key = scanString(text, at);
			if (key.isCut) break;
			keyLiteral = text.slice(at, key.end);
			at = skipSpace(text, key.end);
			if (at >= text.length) break;
			if (text.charCodeAt(at) !== 0x3a) throw new NotJson('a colon was expected', at);
			at++;
			expects = 'value';
		} else if (code === 0x7b || code === 0x5b) {
			const node = add(code === 0x7b ? 'object' : 'array', at, text.length, false);
			open.push(node);
			at++;
			expects = code === 0x7b ? 'key or end' : 'value or end';
		} else {
			const token = scanScalar(text, at);
			// A number that ends with the text may be the start of a longer one.
			const isCut = token.isCut || (parent !== undefined && token.kind === 'number' && token.end === text.length);
			if (isCut && parent === undefined) throw new NotJson('the text ends in the middle of a value', text.length);
			add(token.kind, at, token.end, isCut);
			at = token.end;
			expects = 'comma or end';
		}
	}

	for (const node of open) node.isCut = true;
	if (root === null) throw new NotJson('a value is missing', at);
	return {root, isCut: true};
};

/**
 * Parses JSON for display: number literals, key order, duplicate keys and offsets are those of the text.
 * A text that ends in the middle of an object or an array gives the tree of what came. Any depth; never throws.
 */
export const parseJsonTree = (text: string): JsonTree => {
	try {
		const {root, isCut} = build(text);
		return {ok: true, text, root, isCut};
	} catch (error) {
		if (error instanceof NotJson) return {ok: false, at: error.at, message: error.message};
		throw error;
	}
};

/** The value of a string's literal (with its quotes), cut literals included; escapes are resolved. */
export const decodeJsonString = (literal: string): string => {
	if (!literal.includes('\\')) return literal.slice(1, literal.length > 1 && literal.endsWith('"') ? -1 : undefined);
	const match = literal.matchAll(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))|[^"\\]+/g);
	const letters: Readonly<Record<string, string>> = {b: '\b', f: '\f', n: '\n', r: '\r', t: '\t'};
	let value = '';
	for (const [whole, digits, letter] of match) {
		value += digits === undefined ? (letter === undefined ? whole : letters[letter] ?? letter) : String.fromCharCode(Number.parseInt(digits, 16));
	}

	return value;
};
