import assert from 'node:assert/strict';
import {test} from 'node:test';
import {uploadedFile} from '../../../source/services/downloads/uploaded-file.ts';
import {makeLog} from '../../helpers/make-log.ts';

const form = [
	'--xyz', 'Content-Disposition: form-data; name="note"', '', 'hello',
	'--xyz', 'Content-Disposition: form-data; name="file"; filename="../../codes.csv"', 'Content-Type: text/csv', '', 'Code\r\nA,"b\r\nc"\r\n',
	'--xyz--', '',
].join('\r\n');

test('a CSV body is the file, by its name where the request gives one', () => {
	assert.deepEqual(uploadedFile(makeLog({id: 'log_1', request_headers: {'Content-Type': 'text/csv; charset=utf-8'}, request_body: 'a,b\n'})), {name: 'upload.csv', text: 'a,b\n'});
	assert.deepEqual(uploadedFile(makeLog({id: 'log_1', request_headers: {'content-type': ['text/csv'], 'content-disposition': 'attachment; filename=x.csv'}, request_body: 'a'})), {name: 'x.csv', text: 'a'});
});

test('a CSV part of a form is the file, its name without directories', () => {
	for (const type of ['multipart/form-data; boundary=xyz', 'multipart/form-data; boundary="xyz"']) {
		assert.deepEqual(uploadedFile(makeLog({id: 'log_1', request_headers: {'content-type': type}, request_body: form})), {name: 'codes.csv', text: 'Code\r\nA,"b\r\nc"\r\n'});
	}
});

const partsOf = (...parts: ReadonlyArray<readonly [head: string, content: string]>): string => `preamble\r\n${parts.map(([head, content]) => `--xyz\r\n${head}\r\n\r\n${content}\r\n`).join('')}--xyz--\r\n`;
const uploadOf = (body: string, type = 'multipart/form-data; charset=utf-8; Boundary=xyz') => uploadedFile(makeLog({id: 'log_1', request_headers: {'Content-Type': type}, request_body: body}));

test('of several parts the first that holds CSV counts, whatever its name is written like', () => {
	const text = 'Code\r\n"--xyz", not a boundary --xyz\r\n--xyz1\r\n';
	const other = ['Content-Disposition: form-data; name="filename=a.csv"\r\nContent-Type: application/json', '{"a":1}'] as const;
	const empty = ['Content-Disposition: form-data; name="file"; filename="left-out.csv"\r\nContent-Type: text/csv', ''] as const;
	for (const [head, name] of [
		['Content-Disposition: form-data; name="file"; filename="a \\"quoted\\" ; name.CSV"', 'a "quoted" ; name.CSV'],
		['content-disposition: form-data; filename=%22a%22.csv\r\ncontent-type: application/vnd.ms-excel', '"a".csv'],
		['Content-Disposition: form-data; filename="fallback.csv"; filename*=UTF-8\'\'za%C5%BC%C3%B3%C5%82%C4%87.csv', 'zażółć.csv'],
		['Content-Disposition: form-data;\r\n\tname="file"; filename="C:\\\\codes\\\\folded.csv"', 'folded.csv'],
		['Content-Disposition: form-data; name="file"\r\nContent-Type: text/csv; header=present', 'upload.csv'],
	] as const) {
		assert.deepEqual(uploadOf(partsOf(other, empty, [head, text], other)), {name, text}, head);
		assert.deepEqual(uploadOf(partsOf(other, empty, [head, text], other).replaceAll('\r\n', '\n')), {name, text: text.replaceAll('\r\n', '\n')}, head);
		assert.deepEqual(uploadOf(partsOf([`${head}\r\nContent-Transfer-Encoding: base64`, Buffer.from(text).toString('base64')])), {name, text}, head);
	}
});

test('a form that was cut off, or whose files were left out, offers nothing', () => {
	const head = 'Content-Disposition: form-data; name="file"; filename="a.csv"';
	assert.equal(uploadOf(partsOf([head, 'a,b\r\n1,2']).replace('--xyz--', '')), null);
	assert.equal(uploadOf(partsOf([head, ''])), null);
	assert.equal(uploadOf(partsOf([head, 'a,b']), 'multipart/form-data'), null);
});

test('other requests uploaded no file', () => {
	for (const log of [{}, {request_body: 'a,b'}, {request_headers: {'content-type': 'application/json'}, request_body: '{}'}, {request_headers: {'content-type': 'text/csv'}, request_body: ''}, {request_headers: {'content-type': 'multipart/form-data; boundary=q'}, request_body: form}]) {
		assert.equal(uploadedFile(makeLog({id: 'log_1', ...log})), null);
	}
});

test('a form that names no boundary is read by its first line, and one that only looks like a form holds no file, soon', () => {
	assert.deepEqual(uploadOf(form, 'multipart/form-data'), {name: 'codes.csv', text: 'Code\r\nA,"b\r\nc"\r\n'});
	assert.equal(uploadOf(`--${' '.repeat(1_000_000)}x`, 'multipart/form-data'), null);
});
