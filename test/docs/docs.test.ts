import assert from 'node:assert/strict';
import {test} from 'node:test';
import {derivedParts, readReadme, withDerivedParts} from './derived-parts.ts';

test('the README is as its sources say; npm run docs writes it anew', async () => {
	const text = await readReadme();
	assert.equal(text, withDerivedParts(text, await derivedParts()));
});
