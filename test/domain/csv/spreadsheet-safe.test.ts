import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {spreadsheetSafe, withoutSpreadsheetSafety} from '../../../source/domain/csv/spreadsheet-safe.ts';

test('what a spreadsheet would run gets an apostrophe, also behind what it skips', () => {
	for (const text of ['=1+1', '+cmd|calc', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', ' @x', '\u0000=1', '\u200b=1', '＝1', '\ttext', '-x', '+', '-5 apples', '--5', '\'=1', '\'-5']) {
		assert.equal(spreadsheetSafe(text), `'${text}`, JSON.stringify(text));
	}
});

test('numbers and plain text stay as they are', () => {
	for (const text of ['', '-5', '+48123', '-5.25', '1e5', '-1e-5', 'a=b', 'text', '{"a":1}', 'ü', 'a\n=1', '2026-11-22T12:00:00.000Z', '\'', '\'a', '1-1']) {
		assert.equal(spreadsheetSafe(text), text, JSON.stringify(text));
	}
});

test('any text comes back exactly', () => {
	const text = fc.string({unit: fc.constantFrom('=', '+', '-', '@', '\'', '5', 'a', ' ', '\t', '\r', '\n', '\0', '＝', '"', ',')});
	fc.assert(fc.property(text, value => withoutSpreadsheetSafety(spreadsheetSafe(value)) === value), {numRuns: 2000});
});
