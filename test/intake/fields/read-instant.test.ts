import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {readInstant} from '../../../source/intake/fields/read-instant.ts';

const noon = Date.UTC(2026, 10, 22, 12);

const instants: ReadonlyArray<readonly [given: unknown, at: number | null]> = [
	['2026-11-22T12:00:00.000Z', noon], ['2026-11-22T12:00:00Z', noon], ['2026-11-22T12:00Z', noon], ['2026-11-22 12:00:00', noon], ['2026-11-22T12:00:00', noon], ['2026-11-22 12:00:00 UTC', noon],
	['2026-11-22T13:00:00+01:00', noon], ['2026-11-22T13:00:00+0100', noon], ['2026-11-22T13:00:00+01', noon], ['2026-11-22T06:30:00-05:30', noon], [' 2026-11-22T12:00:00z ', noon],
	['2026-11-22T12:00:00.123456+00:00', noon + 123], ['2026-11-22T12:00:00.5Z', noon + 500], ['2026-11-22T12:00:00,05Z', noon + 50], ['2026-11-22', Date.UTC(2026, 10, 22)],
	['2024-02-29', Date.UTC(2024, 1, 29)], ['2023-02-29', null], ['2026-02-30T00:00:00Z', null], ['2026-13-01', null], ['2026-00-10', null], ['2026-11-00', null], ['2026-11-22T25:00Z', null], ['2026-11-22T12:60Z', null],
	[noon, noon], [String(noon), noon], [noon + 0.7, noon], [0, 0], [-1, null], [Number.NaN, null], [Number.POSITIVE_INFINITY, null], [1e18, null],
	['', null], ['now', null], ['22.11.2026', null], ['1e3', null], [null, null], [undefined, null], [true, null], [{}, null],
	['0000-01-01', null], ['9999-12-31T23:59:59.999Z', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
];

for (const [given, at] of instants) {
	test(`an instant: ${JSON.stringify(given) ?? 'nothing'}`, () => assert.equal(readInstant(given), at));
}

test('every instant reads back from its own text', () => {
	fc.assert(fc.property(fc.date({min: new Date(0), max: new Date(Date.UTC(9999, 11, 31)), noInvalidDate: true}), date => readInstant(date.toISOString()) === date.getTime()));
});
