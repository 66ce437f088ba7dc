import {test} from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {caseVariants, containsPattern, foldCase} from '../../../source/domain/query/fold-case.ts';

const everyCasedCodePoint = (): readonly string[] => {
	let all = '';
	for (let codePoint = 0; codePoint <= 0x1_FF_FF; codePoint++) {
		if (codePoint < 0xD8_00 || codePoint > 0xDF_FF) {
			all += String.fromCodePoint(codePoint);
		}
	}

	return all.match(/[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/gu) ?? [];
};

test('case variants of the letters that have more than two, or none', () => {
	const table: ReadonlyArray<readonly [string, readonly string[]]> = [
		['a', ['A', 'a']],
		['k', ['K', 'k', '\u{212A}']],
		['s', ['S', 's', 'ſ']],
		['å', ['Å', 'å', '\u{212B}']],
		['ς', ['Σ', 'ς', 'σ']],
		['Ü', ['Ü', 'ü']],
		['ß', ['ß', 'ẞ']],
		['\u{1C4}', ['\u{1C4}', '\u{1C5}', '\u{1C6}']],
		['µ', ['µ', 'Μ', 'μ']],
		['i', ['I', 'i']],
		['ı', ['ı']],
		['İ', ['İ']],
		['7', ['7']],
		['漢', ['漢']],
		['𐐀', ['𐐀', '𐐨']],
	];
	for (const [character, expected] of table) {
		for (const member of expected) {
			assert.deepEqual(caseVariants(member), expected, character);
		}
	}
});

test('variants agree with the folding of the engine for every code point that has case', () => {
	const cased = everyCasedCodePoint();
	assert.ok(cased.length > 2800);
	const text = cased.join('');
	for (const character of cased) {
		assert.deepEqual([...text.matchAll(new RegExp(character, 'giu'))].map(String), caseVariants(character), character);
	}
});

test('the folded form is one of the variants, and the same for all of them', () => {
	for (const character of everyCasedCodePoint()) {
		const variants = caseVariants(character);
		assert.deepEqual(new Set(variants.map(variant => foldCase(variant))).size, 1, character);
		assert.ok(variants.includes(foldCase(character)), character);
	}

	assert.equal(foldCase('ΣΊΣΥΦΟΣ ŁÓDŹ Kelvin ẞ'), 'σίσυφοσ łódź kelvin ß');
});

test('any text contains itself in other cases, special characters included', () => {
	fc.assert(fc.property(fc.string({unit: 'binary'}), fc.string({unit: 'binary'}), (around, text) => {
		const varied = Array.from(text, character => caseVariants(character).at(-1)!).join('');
		assert.match(around.toWellFormed() + varied + around.toWellFormed(), containsPattern(text));
	}), {numRuns: 50});
	assert.match('a-b/c(d)[e]{f}^$.*+?|\\', containsPattern('A-B/C(D)[E]{F}^$.*+?|\\'));
	assert.doesNotMatch('strasse', containsPattern('straße'));
});
