import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {test} from 'node:test';
import fc from 'fast-check';
import {makeSafe} from '../../../source/domain/text/make-safe.ts';

const naughty = createRequire(import.meta.url)('big-list-of-naughty-strings') as readonly string[];

const cases: ReadonlyArray<readonly [string, string]> = [
	['plain text', 'plain text'],
	['', ''],
	['Zażółć gęślą jaźń', 'Zażółć gęślą jaźń'],
	['日本語', '日本語'],
	['\u001b[31mred', String.raw`\x1b[31mred`],
	['\u001b]0;title\u0007', String.raw`\x1b]0;title\x07`],
	['\u009b2J', String.raw`\x9b2J`],
	['a\nb\r\tc\0', String.raw`a\nb\r\tc\x00`],
	['\u007f', String.raw`\x7f`],
	['abc\u202egnp.exe', String.raw`abc\u202egnp.exe`],
	['a\u200bb\ufeff\u2060', String.raw`a\u200bb\ufeff\u2060`],
	['a\u2028b\u2029', String.raw`a\u2028b\u2029`],
	['\ud800x\udc00', String.raw`\ud800x\udc00`],
	['\ue000\u{f0000}', String.raw`\ue000\u{f0000}`],
	['\u{e0041}', String.raw`\u{e0041}`],
	['👩‍👩‍👧', '👩‍👩‍👧'],
	['👩🏽‍🚀', '👩🏽‍🚀'],
	['❤️‍🔥', '❤️‍🔥'],
	['a\u200db', String.raw`a\u200db`],
	['👩\u200d', String.raw`👩\u200d`],
	['\u0378', String.raw`\u0378`],
	['e\u0301', 'e\u0301'],
];

for (const [text, expected] of cases) {
	test(`${JSON.stringify(text)} is shown as ${JSON.stringify(expected)}`, () => {
		assert.equal(makeSafe(text), expected);
	});
}

const raw = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]|(?!\u200d)\p{Cf}/u;

test('nothing that a terminal obeys is left, whatever the text', () => {
	fc.assert(fc.property(fc.string({unit: 'binary'}), text => {
		assert.doesNotMatch(makeSafe(text), raw);
	}));
	fc.assert(fc.property(fc.array(fc.integer({min: 0, max: 0xffff})), units => {
		assert.doesNotMatch(makeSafe(String.fromCharCode(...units)), raw);
	}));
	for (const text of naughty) assert.doesNotMatch(makeSafe(text), raw);
});

test('making safe twice is making safe once', () => {
	for (const text of naughty) assert.equal(makeSafe(makeSafe(text)), makeSafe(text));
});
