import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {derivedParts, withDerivedParts} from './derived-parts.ts';

const file = path.join(import.meta.dirname, '..', '..', 'README.md');
const before = await readFile(file, 'utf8');
const after = withDerivedParts(before, await derivedParts());
if (before === after) {
	console.log('README.md is as its sources say.');
} else if (process.argv.includes('--check')) {
	console.error('README.md is stale: npm run docs writes it anew.');
	process.exitCode = 1;
} else {
	await writeFile(file, after);
	console.log('README.md was written anew.');
}
