import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parseExact} from '../../../source/domain/json/parse-exact.ts';

test('numbers are written again as they were', () => {
	for (const text of [
		'12345678901234567890', '1.0', '-0', '-0.0', '1e3', '1E-400', '1e999', '0.1000', '{"a":[1.50,{"b":9007199254740993}],"c":"1.0 e5","d":null}',
		'123456789012345', '0.1', '1.5', '1e-7', '{}', '[]', '"1.0"', '10.01',
		'1234567890.1234567891', '123456789012.12345', '0.0000001', '-12.0000000000000000001', '1.7976931348623159e308',
	]) {
		assert.equal(JSON.stringify(parseExact(text)), text);
	}

	assert.deepEqual(parseExact('{"a":[1,2.5,"x"],"b":10,"at":1795600000000}'), {a: [1, 2.5, 'x'], b: 10, at: 1_795_600_000_000});
	assert.throws(() => parseExact('{'), SyntaxError);
});

test('what JSON.stringify wrote is the same value', () => {
	fc.assert(fc.property(fc.jsonValue(), value => {
		const text = JSON.stringify(value);
		assert.deepEqual(parseExact(text), JSON.parse(text));
		assert.equal(JSON.stringify(parseExact(text)), text);
	}));
});
