import assert from 'node:assert/strict';
import {test} from 'node:test';
import {retentionLimit} from '../../source/domain/retention.ts';

const at = (text: string): number => Date.parse(text);
const limits: ReadonlyArray<readonly [retention: string, now: string, limit: string | null]> = [
	['6 months', '2026-11-22T10:20:30.405Z', '2026-05-22T10:20:30.405Z'],
	['6 months', '2026-08-31T00:00:00.000Z', '2026-02-28T00:00:00.000Z'],
	['12 months', '2028-02-29T12:00:00.000Z', '2027-02-28T12:00:00.000Z'],
	['1 month', '2026-01-15T12:00:00.000Z', '2025-12-15T12:00:00.000Z'],
	['90 days', '2026-11-22T10:00:00.000Z', '2026-08-24T10:00:00.000Z'],
	['1 day', '2026-03-01T00:00:00.000Z', '2026-02-28T00:00:00.000Z'],
	['forever', '2026-11-22T10:00:00.000Z', null],
	['soon', '2026-11-22T10:00:00.000Z', null],
];

for (const [retention, now, limit] of limits) {
	test(`${retention} before ${now}`, () => {
		const found = retentionLimit(retention, at(now));
		assert.equal(found === null ? null : new Date(found).toISOString(), limit);
	});
}
