import {test} from 'node:test';
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {instantOfDate, parseDate} from '../../../source/domain/time/parse-date.ts';

const now = Date.parse('2026-11-22T21:14:05.000Z');
const clock = {now, timezone: 'Europe/Warsaw'};

const instant = (text: string, bound: 'since' | 'until' = 'since'): string => {
	const date = parseDate(text);
	return date.ok ? new Date(instantOfDate(date.form, bound, clock)).toISOString() : date.message;
};

const forms: ReadonlyArray<readonly [string, string]> = [
	['30m', '2026-11-22T20:44:05.000Z'],
	['24h', '2026-11-21T21:14:05.000Z'],
	['7d', '2026-11-15T21:14:05.000Z'],
	['2w', '2026-11-08T21:14:05.000Z'],
	['0m', '2026-11-22T21:14:05.000Z'],
	['2026-11-22', '2026-11-21T23:00:00.000Z'],
	['2026-07-01', '2026-06-30T22:00:00.000Z'],
	['2026-11-22T10:00', '2026-11-22T09:00:00.000Z'],
	['2026-11-22 10:00', '2026-11-22T09:00:00.000Z'],
	['2026-11-22T10:00:07', '2026-11-22T09:00:07.000Z'],
	['2026-11-22T10:00:07.5', '2026-11-22T09:00:07.500Z'],
	['2026-11-22T10:00:07.123456', '2026-11-22T09:00:07.123Z'],
	['2026-11-22T10:00Z', '2026-11-22T10:00:00.000Z'],
	['2026-11-22T10:00:07.120Z', '2026-11-22T10:00:07.120Z'],
	['2026-11-22T10:00+05:30', '2026-11-22T04:30:00.000Z'],
	['2026-11-22T10:00-0800', '2026-11-22T18:00:00.000Z'],
	['2026-11-22T10:00+02', '2026-11-22T08:00:00.000Z'],
	['2028-02-29', '2028-02-28T23:00:00.000Z'],
	['0099-01-01T00:00Z', '0099-01-01T00:00:00.000Z'],
];

test('every form of a date', () => {
	for (const [text, expected] of forms) {
		assert.equal(instant(text), expected, text);
	}
});

test('the edges of a range differ only where the clock shows a time twice', () => {
	assert.equal(instant('2026-10-25T02:30', 'since'), '2026-10-25T00:30:00.000Z');
	assert.equal(instant('2026-10-25T02:30', 'until'), '2026-10-25T01:30:00.000Z');
	assert.equal(instant('2026-10-25T02:30+02:00', 'until'), '2026-10-25T00:30:00.000Z');
	assert.equal(instant('2026-03-29T02:30', 'since'), '2026-03-29T01:00:00.000Z');
	assert.equal(instant('2026-03-29T02:30', 'until'), '2026-03-29T01:00:00.000Z');
});

test('nonsense is refused, with the forms that are not', () => {
	const table: ReadonlyArray<readonly [string, RegExp]> = [
		['2026-02-30', /day that the calendar does not have/],
		['2025-02-29', /day that the calendar does not have/],
		['2026-04-31', /day that the calendar does not have/],
		['2026-11-00', /day that the calendar does not have/],
		['2026-13-01', /no such month/],
		['2026-11-22T25:00', /time that the clock does not show/],
		['2026-11-22T24:00', /time that the clock does not show/],
		['2026-11-22T10:60', /time that the clock does not show/],
		['2026-11-22T10:00:60', /time that the clock does not show/],
		['2026-11-22T10:00+25:00', /offset that no zone has/],
		['2026-11-22T10:00+02:75', /offset that no zone has/],
		...['25:00', '24', '30s', '1.5h', '-2h', '2 h', 'yesterday', '2026-11', '2026-1-5', '22.11.2026', '2026-11-22T', '2026-11-22Z', '٢h', ''].map(text => [text, /is not a date/] as const),
		['99999999w', /thousand years/],
		[`${'9'.repeat(400)}d`, /thousand years/],
	];
	for (const [text, message] of table) {
		const date = parseDate(text);
		assert.ok(!date.ok, text);
		assert.match(date.message, message, text);
		assert.match(date.remedy, /24h.*2026-11-22T10:00/);
	}
});

test('the zone of the device has no say', () => {
	const script = `
		import {instantOfDate, parseDate} from './source/domain/time/parse-date.ts';
		import {formatInstant} from './source/domain/time/format-time.ts';
		const clock = {now: ${now}, timezone: 'Europe/Warsaw'};
		const texts = ${JSON.stringify([...forms.map(([text]) => text), '2026-10-25T02:30', '2026-03-29T02:30'])};
		const instants = texts.map(text => instantOfDate(parseDate(text).form, 'until', clock));
		console.log(JSON.stringify(instants.map(at => [at, formatInstant(at, 'Europe/Warsaw', 'full')])));
	`;
	const run = (zone: string): string => execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
		cwd: new URL('../../..', import.meta.url), encoding: 'utf8', env: {...process.env, TZ: zone},
	});
	const expected = run('UTC');
	assert.match(expected, /2026-11-22 10:00:07\.120|2026-11-22 11:00:07\.120/);
	for (const zone of ['Pacific/Apia', 'Australia/Lord_Howe', 'nonsense']) {
		assert.equal(run(zone), expected, zone);
	}
});
