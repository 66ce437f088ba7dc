import assert from 'node:assert/strict';
import {utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {openLogSource} from '../../source/intake/open-log-source.ts';
import {type LogSource, type SourceItem} from '../../source/services/import/log-source.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';
import {hostileFiles} from './hostile-files.ts';

const read = async ({items}: LogSource): Promise<readonly SourceItem[]> => {
	const all: SourceItem[] = [];
	for await (const batch of items) all.push(...batch);
	return all;
};

const withoutBytes = (items: readonly SourceItem[]): readonly unknown[] => items.map(({bytesRead: _, ...item}) => item);

for (const {format, content, isWhole} of hostileFiles(40)) {
	const mark = content[0] === 0xef ? ' with a byte order mark' : '';
	test(`${format}${mark}${isWhole ? '' : ', cut off'} (${content.length} bytes): reading goes on after any record as if it had not stopped`, async context => {
		const file = path.join(temporaryDirectory(context), 'a');
		writeFileSync(file, content);
		const open = (after?: ReturnType<NonNullable<LogSource['positionAfter']>>): Promise<LogSource> => openLogSource({from: {path: file}, after});
		const source = await open();
		const whole = await read(source);
		assert.equal(whole.some(({kind}) => kind === 'truncated'), !isWhole);
		for (const [index, item] of whole.entries()) {
			const position = source.positionAfter?.(item) ?? null;
			assert.equal(position === null, item.kind === 'truncated');
			if (position === null) continue;
			const rest = await open(JSON.parse(JSON.stringify(position)) as typeof position);
			assert.equal(rest.isResumed, true);
			assert.deepEqual(withoutBytes(await read(rest)), withoutBytes(whole.slice(index + 1)), `after ${item.kind} ${item.place}`);
		}
	});
}

test('a file that was written since, or is compressed, is read from its start', async context => {
	const file = path.join(temporaryDirectory(context), 'a');
	const content = hostileFiles(40)[0]?.content ?? Buffer.alloc(0);
	writeFileSync(file, content);
	const first = await openLogSource({from: {path: file}});
	const whole = await read(first);
	const after = first.positionAfter?.(whole[20] as SourceItem);
	assert.ok(after);
	const startsOver = async (): Promise<void> => {
		const source = await openLogSource({from: {path: file}, after});
		assert.equal(source.isResumed, false);
		assert.equal((await read(source)).length, whole.length);
	};

	utimesSync(file, 1, 1);
	await startsOver();
	writeFileSync(file, Buffer.concat([content, Buffer.from('\n')]));
	await startsOver();
	writeFileSync(file, gzipSync(content));
	await startsOver();
	const packed = await openLogSource({from: {path: file}});
	assert.deepEqual((await read(packed)).map(item => packed.positionAfter?.(item)), whole.map(() => null));
});

test('a file that becomes shorter while it is read is cut off, and says so', async context => {
	const file = path.join(temporaryDirectory(context), 'a.ndjson');
	const line = `${JSON.stringify({id: 'log_1', created_at: 1, request_body: 'x'.repeat(1000)})}\n`;
	writeFileSync(file, line.repeat(1000));
	const {items} = await openLogSource({from: {path: file}});
	const all: SourceItem[] = [];
	for await (const batch of items) {
		if (all.length === 0) writeFileSync(file, line.repeat(200));
		all.push(...batch);
	}

	assert.deepEqual(all.at(-1), {kind: 'truncated', place: 200, reason: 'the file became shorter while it was read', bytesRead: line.length * 200});
});
