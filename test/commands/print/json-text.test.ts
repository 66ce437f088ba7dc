import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {jsonText} from '../../../source/commands/print/json-text.ts';

test('any text comes back whole, on one line, and holds nothing that a terminal could take for a command', () => {
	const hostile = fc.oneof(
		fc.string({unit: 'binary'}),
		fc.array(fc.integer({min: 0, max: 0xffff}).map(unit => String.fromCharCode(unit))).map(units => units.join('')),
		fc.constantFrom('\u009b31m', '\u007f', '\u202e', '\u2028', '\ud800', '\u{e0001}', '\ue000', '👩‍👩‍👧'),
	);
	fc.assert(fc.property(hostile, text => {
		const json = jsonText({[text]: [text]});
		assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify({[text]: [text]})));
		assert.doesNotMatch(json, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/u);
	}));
});

test('what prints stays as it is', () => {
	assert.equal(jsonText({a: 'zażółć 日本 🚀', b: null, c: 1.5}), '{"a":"zażółć 日本 🚀","b":null,"c":1.5}');
	assert.equal(jsonText('\u009b\u{e0001}'), String.raw`"\u009b\udb40\udc01"`);
});
