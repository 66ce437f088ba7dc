import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chmod, mkdtemp, open, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {PassThrough} from 'node:stream';
import {after, before, test} from 'node:test';
import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {stringify} from 'csv-stringify/sync';
import {openLogSource} from '../../source/intake/open-log-source.ts';
import {cutAt, entry, har, logsOf, readPieces, readText} from './read-source.ts';

let directory = '';
before(async () => {
	directory = await mkdtemp(path.join(os.tmpdir(), 'auditty-source-'));
});
after(() => rm(directory, {recursive: true, force: true}));

const ndjson = '{"created_at":1,"request_body":{"ü":"😀"}}\n{"created_at":2,"url":"\\ud83d"}\r\nbroken\n{"created_at":3}';
const csv = 'Date,Request body\r\n2026-11-22T10:00:00Z,"a\r\n""ü😀"""\r\n\r\n1,b,c\r\n2026-11-22,"x"';
const document = har([entry(), {broken: true}, entry({response: {status: 200, content: {text: '"]}{[\\ ü😀'}}}), 7], 1);
const formats: ReadonlyArray<readonly [format: 'har' | 'ndjson' | 'csv', text: string]> = [['har', document], ['ndjson', ndjson], ['csv', csv]];

for (const [format, text] of formats) {
	test(`${format} gives the same however its bytes arrive, whole, cut off, plain or compressed`, async () => {
		const shares = fc.array(fc.double({min: 0, max: 1, noNaN: true}), {maxLength: 6});
		const bytes = Buffer.from(`\ufeff${text}`);
		await fc.assert(fc.asyncProperty(shares, fc.double({min: 0.5, max: 1, noNaN: true}), fc.boolean(), async (cuts, share, isCompressed) => {
			const part = bytes.subarray(0, Math.ceil(share * bytes.length));
			const expected = await readText(part, format);
			assert.deepEqual(await readPieces(cutAt(isCompressed ? gzipSync(part) : part, cuts), format), expected);
		}), {numRuns: 60});
	});

	test(`${format} is known by its content`, async () => {
		for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), gzipSync(text)]) {
			const file = path.join(directory, 'source');
			await writeFile(file, bytes);
			const source = await openLogSource({from: {path: file}});
			for await (const _ of source.items);
			assert.deepEqual([source.format, source.placeNoun, source.bytesTotal], [format, format === 'har' ? 'entry' : 'line', bytes.length]);
		}
	});

	test(`${format}: compressed data that end in the middle or break keep what was whole`, async () => {
		const texts = Array.from({length: 40}, (_, index) => Array.from({length: 200}, (__, word) => Math.sin(index * 1000 + word + 1).toString(36)).join(''));
		const whole = {
			har: har(texts.map(text => entry({_x: text}))),
			ndjson: texts.map(text => `{"created_at":1,"x":"${text}"}\n`).join(''),
			csv: `status,url\n${texts.map(text => `200,${text}\n`).join('')}`,
		}[format];
		const compressed = gzipSync(whole);
		const damaged = Buffer.from(compressed);
		damaged.fill(0xff, Math.floor(compressed.length / 2), Math.floor(compressed.length / 2) + 40);
		for (const [bytes, least, reason] of [
			[compressed.subarray(0, compressed.length / 2), 15, /the compressed data end in the middle/],
			[compressed.subarray(0, -8), 40, /the compressed data end in the middle/],
			[damaged, 5, /the compressed data are damaged/],
		] as const) {
			const items = await readText(bytes);
			assert.ok(logsOf(items.slice(0, least)).length === least);
			// Damaged bytes can still unpack to something.
			if (bytes !== damaged) assert.deepEqual([...new Set(items.slice(0, -1).map(({kind}) => kind))], ['log']);
			assert.match(items.at(-1)!.reason!, reason);
		}
	});
}

test('hostile text survives byte for byte in every format', async () => {
	const naughty = JSON.parse(await readFile(new URL('../../node_modules/big-list-of-naughty-strings/blns.json', import.meta.url), 'utf8')) as readonly string[];
	const strings = [...naughty, 'a\0b', '\u001b]52;c;eA==\u0007', '\u202egpj', '\ud800', '\ufeffx', '\u2028', 'a\r\nb\rc\nd'].filter(text => text !== '');
	const wanted = strings.map(text => text.toWellFormed());
	const fromHar = logsOf(await readText(har(strings.map(text => entry({response: {status: 200, content: {text}}})))));
	assert.deepEqual(fromHar.map(log => log.response_body), strings);
	const fromNdjson = logsOf(await readText(strings.map(text => JSON.stringify({created_at: 1, response_body: text})).join('\n')));
	assert.deepEqual(fromNdjson.map(log => log.response_body), strings);
	const plain = wanted.filter(text => !/^'+\s*[=+\-@\t\r\n|]/.test(text));
	const fromCsv = logsOf(await readText(stringify([['created_at', 'response_body'], ...plain.map(text => ['1763805600000', text])], {quoted_match: /[\r\n]/})));
	assert.deepEqual(fromCsv.map(log => log.response_body), plain);
});

const contents: ReadonlyArray<readonly [name: string, content: Buffer | string, fault: RegExp]> = [
	['nothing', '', /is empty/],
	['nothing, compressed', gzipSync(''), /is empty/],
	['compressed data without data', gzipSync('{"created_at":1}').subarray(0, 12), /cannot be unpacked/],
	['white space', '\ufeff \n\n', /nothing but white space/],
	['UTF-16 with a mark', Buffer.from('\ufeffid,created_at', 'utf16le'), /UTF-16/],
	['UTF-16 without a mark', Buffer.from('id,created_at', 'utf16le'), /UTF-16/],
	['UTF-16 of JSON', Buffer.from('{"log":{"entries":[]}}', 'utf16le'), /UTF-16/],
	['a program', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0', 'latin1'), /is not text/],
	['an image', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), /is not text|no column/],
	['a ZIP archive', Buffer.from('PK\x03\x04aaaa'), /ZIP/],
	['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 1]), /zstd/],
	['gzip twice', gzipSync(gzipSync('{}')), /twice/],
	['a JSON array', '[{"created_at":1}]', /JSON array/],
	['JSON over several lines', '{\n  "created_at": 1\n}', /several lines/],
	['prose', 'Dear all,\nplease find attached', /names no column/],
];

for (const [name, content, fault] of contents) {
	test(`what cannot be imported is a fault that says why and what to do: ${name}`, async () => {
		await assert.rejects(readText(content), (error: Error & {remedy?: string}) => {
			assert.equal(error.name, 'Fault');
			assert.match(error.message, fault);
			assert.ok(error.remedy);
			return true;
		});
	});
}

test('a path that cannot be read is a fault', async () => {
	const file = path.join(directory, 'secret.har');
	await writeFile(file, '{}');
	await chmod(file, 0);
	const isRoot = process.getuid?.() === 0;
	for (const [name, fault] of [[directory, /is a directory/], [path.join(directory, 'none'), /does not exist/], [path.join(file, 'x'), /does not exist/], ...(isRoot ? [] : [[file, /may not be read/] as const])] as const) {
		await assert.rejects(openLogSource({from: {path: name}}), fault);
	}
});

test('reading stops when it is aborted, also while it waits for standard input', async () => {
	const stream = new PassThrough();
	const aborting = new AbortController();
	stream.write(`${'{"created_at":1}\n'.repeat(10_000)}`);
	const source = await openLogSource({from: {stream, name: 'standard input'}, signal: aborting.signal});
	let count = 0;
	await assert.rejects(async () => {
		for await (const items of source.items) {
			count += items.length;
			if (count === 10_000) aborting.abort(new Error('asked to stop'));
		}
	}, /asked to stop/);
	assert.equal(count, 10_000);
});

test('a pipe into which nobody writes does not hold up who asks to stop', async () => {
	const pipe = path.join(directory, 'pipe');
	execFileSync('mkfifo', [pipe]);
	const aborting = new AbortController();
	const opening = openLogSource({from: {path: pipe}, signal: aborting.signal});
	setImmediate(() => aborting.abort(new Error('asked to stop')));
	await assert.rejects(opening, /asked to stop/);
	// Whoever opens it to write lets the thread go that waits for it.
	await (await open(pipe, 'r+')).close();
});

/** As Latin-1, a character a byte. */
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
for (const [format, print] of [
	['ndjson', texts => texts.map(text => `{"created_at":1,"request_body":"${text}"}\n`).join('')],
	['csv', texts => `created_at,request_body\n${texts.map(text => `2026-11-22T10:00:00Z,"${text}"\n`).join('')}`],
	['har', texts => `{"log":{"entries":[${texts.map(text => JSON.stringify(entry({request: {method: 'POST', url: '/', headers: [], postData: {mimeType: 'text/plain', text}}}))).join()}]}}`],
] as ReadonlyArray<readonly ['ndjson' | 'csv' | 'har', (texts: readonly string[]) => string]>) {
	test(`${format}: a record that is not UTF-8 is rejected, one that holds a replacement character is not, however the bytes arrive`, async () => {
		const bytes = Buffer.from(print([utf8('ż\uFFFD'), 'für', utf8('plain \uFFFD'), 'end']), 'latin1');
		for (const size of [1, 2, 3, 7, bytes.length]) {
			const items = await readPieces(Array.from({length: Math.ceil(bytes.length / size)}, (_, index) => bytes.subarray(index * size, (index + 1) * size)), format);
			assert.deepEqual(items.map(({kind, log, reason}) => log?.request_body ?? `${kind}: ${reason}`), ['ż\uFFFD', 'rejected: it is not UTF-8 text (iconv converts a file of another encoding)', 'plain \uFFFD', 'end']);
		}
	});
}
