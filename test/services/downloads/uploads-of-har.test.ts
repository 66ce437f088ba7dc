import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {findDownload} from '../../../source/services/downloads/find-download.ts';
import {startImport} from '../../../source/services/import/start-import.ts';
import {temporaryDirectory, temporaryStore} from '../../helpers/temporary-store.ts';
import {entry, har} from '../../intake/read-source.ts';
import {work} from '../export/make-export.ts';

const csv = '\uFEFFCode,Value\r\nA-1,"5, or ""more"""\r\nB-2,zażółć 😀\r\n';
const type = 'multipart/form-data; boundary="a (b)"';
const form = `--a (b)\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n--a (b)\r\nContent-Disposition: form-data; name="file"; filename="my \\"codes\\".csv"\r\nContent-Type: text/csv\r\n\r\n${csv}\r\n--a (b)--\r\n`;
const base64 = (content: string | Buffer): object => ({text: Buffer.from(content).toString('base64'), encoding: 'base64'});

const uploads: ReadonlyArray<readonly [what: string, headers: Readonly<Record<string, string>>, postData: object, name: string | null]> = [
	['a body', {'Content-Type': 'text/csv', 'Content-Disposition': 'attachment; filename="codes.csv"'}, {mimeType: 'text/csv', text: csv}, 'codes.csv'],
	['a form', {'Content-Type': type}, {mimeType: type, text: form}, 'my "codes".csv'],
	['a form as base64', {'content-type': type}, {mimeType: type, ...base64(form)}, 'my "codes".csv'],
	['a compressed body', {'Content-Type': 'text/csv', 'Content-Encoding': 'gzip'}, {mimeType: 'text/csv', ...base64(gzipSync(csv))}, 'upload.csv'],
	['a compressed form', {'Content-Type': type, 'content-encoding': 'gzip'}, {mimeType: type, ...base64(gzipSync(form))}, 'my "codes".csv'],
	['a form of which only its type is recorded', {}, {mimeType: type, text: form}, 'my "codes".csv'],
	['a form of which only the parts are recorded', {}, {mimeType: 'multipart/form-data', params: [{name: 'note', value: 'x'}, {name: 'file', fileName: 'a/b.csv', contentType: 'text/csv', value: csv}]}, 'b.csv'],
	['a form whose file was left out', {'Content-Type': type}, {mimeType: type, params: [{name: 'file', fileName: 'a.csv', contentType: 'text/csv'}]}, null],
];

test('a log of a HAR file whose request uploaded a CSV file offers that, byte for byte; any other the HAR file', async t => {
	const context = {store: await temporaryStore(t), dataDirectory: temporaryDirectory(t), now: () => Date.UTC(2026, 10, 22, 12)};
	const file = path.join(context.dataDirectory, 'a.har.gz');
	writeFileSync(file, gzipSync(har(uploads.map(([, headers, postData], index) => entry({
		request: {method: 'POST', url: `https://shop.example/${index}`, headers: Object.entries(headers).map(([name, value]) => ({name, value})), postData},
	})))));
	await startImport(context, {path: file});
	await work(context);
	for (const [index, [what, , , name]] of uploads.entries()) {
		const [row] = await context.store.read('SELECT id FROM logs WHERE url = ?', [`https://shop.example/${index}`]);
		const {kind, name: found, content} = await findDownload(context, {id: String(row?.id)});
		assert.deepEqual([kind, found], name === null ? ['original', 'a.har.gz'] : ['upload', name], what);
		const pieces: Buffer[] = [];
		for await (const piece of content()) pieces.push(piece);
		if (name !== null) assert.equal(Buffer.concat(pieces).toString(), csv, what);
	}
});
