import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isSigned} from '../../../source/intake/listener/signature.ts';

test('the published vectors of Voucherify\'s signature hold', () => {
	for (const [body, signature] of [
		['{"a":1}', 'a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2'],
		[String.raw`{"a\"b":1}`, 'f7cf97814a03146abedb9793f56e1dec34f618f82d10395310d053f749483ffb'],
		['  message  ', '53ff92957e1427ce23ad5bda9d0c5f2f4ff384d0806b83eeacb510c842d3a358'],
	] as const) {
		assert.equal(isSigned(Buffer.from(body), signature, ['secretKey']), true, body);
		assert.equal(isSigned(Buffer.from(body), signature, ['another', 'secretKey']), true, body);
		assert.equal(isSigned(Buffer.from(body), signature, ['another']), false, body);
		assert.equal(isSigned(Buffer.from(`${body}x`), signature, ['secretKey']), false, body);
	}
});

test('JSON counts by what it was before white space was put in; numbers and escapes stay as they are', () => {
	const signature = 'a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2';
	assert.equal(isSigned(Buffer.from('{\n  "a": 1\n}'), signature, ['secretKey']), true);
	assert.equal(isSigned(Buffer.from('{\n  "a": 1.0\n}'), signature, ['secretKey']), false);
	assert.equal(isSigned(Buffer.from('  message '), '53ff92957e1427ce23ad5bda9d0c5f2f4ff384d0806b83eeacb510c842d3a358', ['secretKey']), false);
});
