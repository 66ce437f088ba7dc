import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {derivedParts, withDerivedParts} from './derived-parts.ts';

test('the README is as its sources say; npm run docs writes it anew', async () => {
	const text = await readFile(path.join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
	assert.equal(text, withDerivedParts(text, await derivedParts()));
});
