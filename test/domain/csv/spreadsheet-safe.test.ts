import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {spreadsheetSafe, withoutSpreadsheetSafety} from '../../../source/domain/csv/spreadsheet-safe.ts';

test('what a spreadsheet may run gets an apostrophe, numbers and all else do not', () => {
	for (const text of ['=1', '+a', '-a', '@a', '\t', '\r', '\na\n=1'.slice(2), ' =1', '\u200b=1', '＝1', '-', '\'=1', '\'-5']) {
		assert.equal(spreadsheetSafe(text), `'${text}`, JSON.stringify(text));
	}

	for (const text of ['', '-5', '+5', '-1.5e-3', 'a=1', '\'', '\'a', '{"a":-1}', 'https://a.b/?c=-1', '1-1', '2026-11-22T10:00:00.000Z', '\na']) {
		assert.equal(spreadsheetSafe(text), text, JSON.stringify(text));
	}
});

test('any text comes back exactly', () => {
	const text = fc.string({unit: fc.constantFrom('=', '+', '-', '@', '\'', '5', 'a', ' ', '\t', '\r', '\n', '\0', '＝', '"', ',')});
	fc.assert(fc.property(text, value => withoutSpreadsheetSafety(spreadsheetSafe(value)) === value), {numRuns: 2000});
});
