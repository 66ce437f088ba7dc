import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {escapeUnstorable, unescapeUnstorable} from '../../../source/domain/text/storable.ts';

const unit = fc.constantFrom('\0', '\ue000', '0', 'a', 'd', '\ud83d', '\ude00', '\ue0000000', '\ue000d800', 'x', '😀');

test('what is stored has no NUL and no lone surrogate, and comes back as it was', () => {
	const texts = fc.oneof(fc.string({unit: 'binary'}), fc.array(unit).map(units => units.join('')), fc.array(fc.integer({min: 0, max: 0xffff})).map(units => String.fromCharCode(...units)));
	fc.assert(fc.property(texts, text => {
		const stored = escapeUnstorable(text);
		assert.ok(stored.isWellFormed() && !stored.includes('\0'));
		assert.equal(unescapeUnstorable(stored), text);
	}), {numRuns: 500});
});

test('ordinary text is stored as it is', () => {
	for (const text of ['', 'abc', 'Zażółć 😀', '\ue000', '\n\t']) assert.equal(escapeUnstorable(text), text);
});
