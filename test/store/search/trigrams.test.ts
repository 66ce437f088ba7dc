import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Condition} from '../../../source/domain/query/filter.ts';
import {caseVariants} from '../../../source/domain/query/fold-case.ts';
import {isFoldedAlike, searchExpression} from '../../../source/store/search/trigrams.ts';
import {temporaryStore} from '../../helpers/temporary-store.ts';

const contains = (value: string, more: Partial<Condition> = {}): Condition => ({fields: ['response_body'], tests: [{kind: 'contains', value}], isNegated: false, ...more});

test('wherever the index is trusted with a character that has case, it folds it with all that the filter folds it with', async context => {
	const cased = Array.from({length: 0x1_FF_FF}, (_, codePoint) => codePoint)
		.filter(codePoint => (codePoint < 0xD8_00 || codePoint > 0xDF_FF) && caseVariants(String.fromCodePoint(codePoint)).length > 1);
	const trusted = cased.filter(codePoint => isFoldedAlike(String.fromCodePoint(codePoint)));
	assert(trusted.length > 300 && trusted.length < cased.length, `${trusted.length} of ${cased.length}`);
	const store = await temporaryStore(context);
	await store.write([
		{sql: `CREATE VIRTUAL TABLE folding USING fts5 (content_text, content='', columnsize=0, detail=none, tokenize='trigram')`},
		{sql: `INSERT INTO folding (rowid, content_text) SELECT value, 'x' || char(value) || 'y' FROM json_each(?)`, args: [JSON.stringify(trusted)]},
	]);
	for (const codePoint of trusted) {
		const found = new Set((await store.read('SELECT rowid AS found FROM folding WHERE folding MATCH ?', [`"x${String.fromCodePoint(codePoint)}y"`])).map(row => row.found));
		for (const variant of caseVariants(String.fromCodePoint(codePoint))) {
			assert(found.has(variant.codePointAt(0) ?? 0), `${String.fromCodePoint(codePoint)} does not find ${variant}`);
		}
	}
});

test('a text becomes its trigrams; what the index may fold otherwise is left out', () => {
	assert.equal(searchExpression([contains('aBc"')]), '(("aBc" AND "Bc"""))');
	assert.equal(searchExpression([contains('abcⴀdef')]), '(("abc" AND "def"))');
	assert.equal(searchExpression([contains('日本語')]), '(("日本語"))');
});

test('only texts of three characters in indexed fields are asked of the index', () => {
	assert.equal(searchExpression([contains('ab')]), null);
	assert.equal(searchExpression([contains('abⴀde')]), null);
	assert.equal(searchExpression([contains('abc', {isNegated: true})]), null);
	assert.equal(searchExpression([contains('abc', {fields: ['url', 'request_headers']})]), null);
	assert.equal(searchExpression([contains('abc', {tests: [{kind: 'contains', value: 'abc'}, {kind: 'contains', value: 'x'}]})]), null);
	assert.equal(searchExpression([contains('ab'), contains('abc')]), '(("abc"))');
	assert.equal(searchExpression([contains('abc', {tests: [{kind: 'contains', value: 'abc'}, {kind: 'contains', value: 'xyz'}]}), contains('def')]), '(("abc") OR ("xyz")) AND (("def"))');
});
