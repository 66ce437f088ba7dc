import assert from 'node:assert/strict';
import {appendFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {stateOfReadable} from '../../../source/intake/input/open-bytes.ts';
import {originalOfFile} from '../../../source/worker/tasks/keep-import-original.ts';
import {temporaryDirectory} from '../../helpers/temporary-store.ts';

test('what is written into a file while its original is read, and so was never looked through for secrets, is not kept', async context => {
	const file = path.join(temporaryDirectory(context), 'live.ndjson');
	writeFileSync(file, 'x'.repeat(600_000));
	const opened = await stateOfReadable(file);
	assert(opened !== null);
	const original = originalOfFile(file, opened);
	let bytes = 0;
	for await (const piece of original.read()) bytes += piece.length;
	assert.equal(bytes, 600_000);
	await assert.rejects(async () => {
		let isFirst = true;
		for await (const piece of original.read()) {
			if (isFirst) appendFileSync(file, '{"authorization":"Bearer sesame-open-1234"}\n');
			isFirst = false;
			assert(piece.length > 0);
		}
	}, {name: 'Fault', message: 'it was changed while it was imported'});
});
