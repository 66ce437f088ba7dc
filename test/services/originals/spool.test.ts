import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {createSpool, type Spool} from '../../../source/services/originals/spool.ts';
import {temporaryDirectory} from '../../helpers/temporary-store.ts';

const readAll = async (spool: Spool): Promise<Buffer> => {
	const pieces: Buffer[] = [];
	for await (const piece of spool.read()) pieces.push(piece);
	return Buffer.concat(pieces);
};

for (const size of [0, 1, 1 << 20, (1 << 20) + 1, 3_000_017]) {
	test(`a spool gives ${size} bytes back as often as they are asked for, and leaves no name in its directory`, async context => {
		const directory = temporaryDirectory(context);
		const bytes = randomBytes(size);
		const spool = createSpool(directory);
		for (let from = 0; from < size; from += 65_537) await spool.write(bytes.subarray(from, from + 65_537));
		spool.end();
		assert.deepEqual(readdirSync(directory), []);
		for (let time = 0; time < 2; time++) assert.ok((await readAll(spool)).equals(bytes));
		await spool.drop();
		await assert.rejects(readAll(spool), {name: 'Fault'});
	});
}

test('a spool whose source did not come to its end, or whose bytes found no room, says so when it is read', async context => {
	const cut = createSpool(temporaryDirectory(context));
	await cut.write(Buffer.from('a'));
	await assert.rejects(readAll(cut), {name: 'Fault', message: 'it was not read to its end'});

	const file = path.join(temporaryDirectory(context), 'file');
	writeFileSync(file, '');
	const homeless = createSpool(path.join(file, 'originals'));
	await homeless.write(randomBytes(2 << 20));
	await homeless.write(Buffer.from('more'));
	homeless.end();
	await assert.rejects(readAll(homeless), {name: 'Fault', message: /cannot be written: a part of its path is no directory/});
});
