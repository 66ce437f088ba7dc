import {test} from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {formatDuration, formatInstant, formatRelative, nextTimeMode, queryDateOf, toIso, zoneLabel, zoneOf, type TimeStyle} from '../../../source/domain/time/format-time.ts';
import {instantOfDate, parseDate} from '../../../source/domain/time/parse-date.ts';

const at = Date.parse('2026-11-22T21:13:59.120Z');
const zone = 'Europe/Warsaw';

test('every style', () => {
	const table: ReadonlyArray<readonly [TimeStyle, string]> = [
		['list', '11-22 22:13:59.120'],
		['full', '2026-11-22 22:13:59.120'],
		['second', '2026-11-22 22:13:59'],
		['date', '2026-11-22'],
		['clock', '22:13:59'],
		['clockMs', '22:13:59.120'],
		['minute', '22:13'],
		['dayMinute', '22 Nov 22:13'],
	];
	for (const [style, expected] of table) {
		assert.equal(formatInstant(at, zone, style, at), expected);
	}

	assert.equal(formatInstant(at, 'UTC', 'clock'), '21:13:59');
	assert.equal(formatInstant(at, 'Asia/Kolkata', 'full'), '2026-11-23 02:43:59.120');
});

test('a list shows the year of other years, in the same width', () => {
	assert.equal(formatInstant(at, zone, 'list', Date.parse('2027-01-01T12:00Z')), '2026-11-22 22:13  ');
	// The year is that of the zone: in Warsaw it has begun, in New York it has not.
	const newYear = Date.parse('2026-12-31T23:30Z');
	assert.equal(formatInstant(newYear, 'Europe/Warsaw', 'list', at), '2027-01-01 00:30  ');
	assert.equal(formatInstant(newYear, 'America/New_York', 'list', at), '12-31 18:30:00.000');
	fc.assert(fc.property(fc.integer({min: 0, max: 4e12}), fc.constantFrom(zone, 'UTC', 'Asia/Tokyo'), (instant, shown) => {
		assert.equal(formatInstant(instant, shown, 'list', at).length, 18);
	}));
});

test('what is no instant is said, not thrown', () => {
	for (const broken of [Number.NaN, Infinity, 9e15]) {
		assert.equal(formatInstant(broken, zone, 'full'), 'invalid time');
		assert.equal(toIso(broken), 'invalid time');
	}
});

test('ISO is UTC with milliseconds', () => {
	assert.equal(toIso(at), '2026-11-22T21:13:59.120Z');
	assert.equal(toIso(0), '1970-01-01T00:00:00.000Z');
});

test('a date for a query is short, and read back as the same instant', () => {
	const table: ReadonlyArray<readonly [string, string]> = [
		['2026-11-21T23:00:00Z', '2026-11-22'],
		['2026-11-22T09:00:00Z', '2026-11-22T10:00'],
		['2026-11-22T09:00:07Z', '2026-11-22T10:00:07'],
		['2026-11-22T09:00:07.120Z', '2026-11-22T10:00:07.120'],
		// Shown twice that night.
		['2026-10-25T00:30:00Z', '2026-10-25T00:30:00.000Z'],
		['2026-10-25T01:30:00Z', '2026-10-25T01:30:00.000Z'],
	];
	for (const [instant, expected] of table) {
		assert.equal(queryDateOf(Date.parse(instant), zone), expected);
	}

	const anyZone = fc.constantFrom('UTC', 'Europe/Warsaw', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/Havana');
	fc.assert(fc.property(fc.integer({min: 0, max: 4e12}), anyZone, fc.constantFrom('since', 'until'), (instant, timezone, bound) => {
		const date = parseDate(queryDateOf(instant, timezone));
		assert.ok(date.ok);
		assert.equal(instantOfDate(date.form, bound, {now: 0, timezone}), instant);
	}));
});

test('durations', () => {
	const table: ReadonlyArray<readonly [number, string]> = [
		[0, '0 ms'], [44, '44 ms'], [999, '999 ms'], [999.7, '1.0 s'], [1234, '1.2 s'], [9949, '9.9 s'], [9960, '10 s'], [12_000, '12 s'], [59_700, '1 min'],
		[200_000, '3 min 20 s'], [7_500_000, '2 h 5 min'], [3_600_000, '1 h'], [273_600_000, '3 d 4 h'], [Number.NaN, '–'],
	];
	for (const [ms, expected] of table) {
		assert.equal(formatDuration(ms), expected);
	}
});

test('how long ago', () => {
	const table: ReadonlyArray<readonly [number, string]> = [
		[5000, '5 s ago'], [60_000, '1 min ago'], [200_000, '3 min ago'], [3_600_000, '1 h ago'], [86_400_000, '1 d ago'], [20 * 86_400_000, '20 d ago'], [-7_300_000, 'in 2 h'],
	];
	for (const [ago, expected] of table) {
		assert.equal(formatRelative(at - ago, at), expected);
	}
});

test('the zone is always named, and t goes round', () => {
	const zones = {project: 'Europe/Warsaw', local: 'America/Los_Angeles'};
	assert.equal(zoneLabel('project', zones), 'project time, Europe/Warsaw');
	assert.equal(zoneLabel('local', zones), 'local time, America/Los_Angeles');
	assert.equal(zoneLabel('utc', zones), 'UTC');
	assert.deepEqual((['project', 'local', 'utc'] as const).map(mode => zoneOf(mode, zones)), ['Europe/Warsaw', 'America/Los_Angeles', 'UTC']);
	assert.deepEqual((['project', 'local', 'utc'] as const).map(mode => nextTimeMode(mode)), ['local', 'utc', 'project']);
});
