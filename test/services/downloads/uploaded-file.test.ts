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

test('other requests uploaded no file', () => {
	for (const log of [{}, {request_body: 'a,b'}, {request_headers: {'content-type': 'application/json'}, request_body: '{}'}, {request_headers: {'content-type': 'text/csv'}, request_body: ''}, {request_headers: {'content-type': 'multipart/form-data; boundary=q'}, request_body: form}]) {
		assert.equal(uploadedFile(makeLog({id: 'log_1', ...log})), null);
	}
});
