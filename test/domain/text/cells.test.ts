import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {test} from 'node:test';
import fc from 'fast-check';
import {cellWidth, cutCells, fitCell, wrapCells} from '../../../source/domain/text/cells.ts';
import {makeSafe} from '../../../source/domain/text/make-safe.ts';

const naughty = createRequire(import.meta.url)('big-list-of-naughty-strings') as readonly string[];

test('counts cells', () => {
	for (const [text, width] of [['', 0], ['abc', 3], ['日本', 4], ['e\u0301', 1], ['👩‍👩‍👧', 2], ['é', 1], ['…', 1], ['🇵🇱', 2]] as const) {
		assert.equal(cellWidth(text), width, text);
	}
});

test('fits a text into a cell', () => {
	assert.equal(fitCell('abc', 5), 'abc  ');
	assert.equal(fitCell('abc', 5, 'right'), '  abc');
	assert.equal(fitCell('abcdef', 5), 'abcd…');
	assert.equal(fitCell('abcdef', 5, 'left', '~'), 'abcd~');
	assert.equal(fitCell('日本語', 5), '日本…');
	assert.equal(fitCell('日本語', 4), '日… ');
	assert.equal(fitCell('👩‍👩‍👧👩‍👩‍👧', 3), '👩‍👩‍👧…');
	assert.equal(fitCell('abc', 1), '…');
	assert.equal(fitCell('abc', 0), '');
	assert.equal(fitCell('', 2), '  ');
});

const texts = fc.oneof(fc.string(), fc.string({unit: 'grapheme'}), fc.string({unit: 'binary'}), fc.constantFrom(...naughty)).map(makeSafe);

test('a cell is exactly as wide as asked', () => {
	fc.assert(fc.property(texts, fc.integer({min: 1, max: 40}), fc.constantFrom('left' as const, 'right' as const), (text, width, align) => {
		assert.equal(cellWidth(fitCell(text, width, align)), width);
		assert.ok(cellWidth(cutCells(text, width)) <= width);
	}));
});

test('wraps behind spaces', () => {
	assert.deepEqual(wrapCells('the quick brown fox', 10), ['the quick ', 'brown fox']);
	assert.deepEqual(wrapCells('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
	assert.deepEqual(wrapCells('日本語', 4), ['日本', '語']);
	assert.deepEqual(wrapCells('', 4), ['']);
});

test('wrapping loses nothing and keeps within the width', () => {
	fc.assert(fc.property(texts, fc.integer({min: 2, max: 20}), (text, width) => {
		const lines = wrapCells(text, width);
		assert.equal(lines.join(''), text);
		for (const line of lines) assert.ok(cellWidth(line) <= width || [...new Intl.Segmenter().segment(line)].length === 1, line);
	}));
});
