import {test} from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {addDays, asUtc, instantOf, isValidZone, localOf, offsetMsAt, zoneOrUtc, type LocalDateTime} from '../../../source/domain/time/zone.ts';

const local = (text: string): LocalDateTime => localOf(Date.parse(`${text}Z`), 'UTC');

test('a local time that the clock shows once is one instant, whichever edge it is', () => {
	const table: ReadonlyArray<readonly [string, string, string]> = [
		['Europe/Warsaw', '2026-11-22T22:13:59.120', '2026-11-22T21:13:59.120Z'],
		['Europe/Warsaw', '2026-07-01T00:00', '2026-06-30T22:00:00.000Z'],
		['America/New_York', '2026-11-22T00:00', '2026-11-22T05:00:00.000Z'],
		['Australia/Lord_Howe', '2026-01-10T12:00', '2026-01-10T01:00:00.000Z'],
		['Australia/Lord_Howe', '2026-07-10T12:00', '2026-07-10T01:30:00.000Z'],
		['Asia/Kathmandu', '2026-01-01T00:00', '2025-12-31T18:15:00.000Z'],
		['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00:00.000Z'],
		['Etc/GMT+12', '2026-01-01T00:00', '2026-01-01T12:00:00.000Z'],
		['UTC', '2026-01-01T00:00', '2026-01-01T00:00:00.000Z'],
	];
	for (const [zone, shown, instant] of table) {
		assert.equal(new Date(instantOf(local(shown), zone, 'since')).toISOString(), instant);
		assert.equal(new Date(instantOf(local(shown), zone, 'until')).toISOString(), instant);
	}
});

test('in an overlap since takes the earlier instant and until the later', () => {
	const table: ReadonlyArray<readonly [string, string, string, string]> = [
		['Europe/Warsaw', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
		['Europe/Warsaw', '2026-10-25T02:00', '2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z'],
		['Europe/Warsaw', '2026-10-25T02:59:59.999', '2026-10-25T00:59:59.999Z', '2026-10-25T01:59:59.999Z'],
		['America/New_York', '2026-11-01T01:15', '2026-11-01T05:15:00.000Z', '2026-11-01T06:15:00.000Z'],
		['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
		// Midnight itself comes twice.
		['America/Havana', '2026-11-01T00:00', '2026-11-01T04:00:00.000Z', '2026-11-01T05:00:00.000Z'],
		// A whole day came twice when the date line moved.
		['Pacific/Kwajalein', '1969-09-30T12:00', '1969-09-30T01:00:00.000Z', '1969-10-01T00:00:00.000Z'],
	];
	for (const [zone, shown, since, until] of table) {
		assert.equal(new Date(instantOf(local(shown), zone, 'since')).toISOString(), since, `${zone} ${shown}`);
		assert.equal(new Date(instantOf(local(shown), zone, 'until')).toISOString(), until, `${zone} ${shown}`);
	}
});

test('the hour after an overlap and before it is plain again', () => {
	assert.equal(instantOf(local('2026-10-25T03:00'), 'Europe/Warsaw', 'since'), Date.parse('2026-10-25T02:00Z'));
	assert.equal(instantOf(local('2026-10-25T01:59:59.999'), 'Europe/Warsaw', 'until'), Date.parse('2026-10-24T23:59:59.999Z'));
});

test('in a gap both edges take the transition', () => {
	const table: ReadonlyArray<readonly [string, string, string]> = [
		['Europe/Warsaw', '2026-03-29T02:00', '2026-03-29T01:00:00.000Z'],
		['Europe/Warsaw', '2026-03-29T02:30', '2026-03-29T01:00:00.000Z'],
		['America/New_York', '2026-03-08T02:59:59.999', '2026-03-08T07:00:00.000Z'],
		['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30:00.000Z'],
		['Pacific/Apia', '2011-12-30T00:00', '2011-12-30T10:00:00.000Z'],
		['Pacific/Apia', '2011-12-30T23:59', '2011-12-30T10:00:00.000Z'],
		// Midnight itself is missing.
		['America/Havana', '2026-03-08T00:30', '2026-03-08T05:00:00.000Z'],
		// A transition that lies on no quarter of an hour.
		['Africa/Monrovia', '1972-01-07T00:10', '1972-01-07T00:44:30.000Z'],
	];
	for (const [zone, shown, transition] of table) {
		for (const bound of ['since', 'until'] as const) {
			assert.equal(new Date(instantOf(local(shown), zone, bound)).toISOString(), transition, `${zone} ${shown}`);
		}
	}
});

const zones = Intl.supportedValuesOf('timeZone');
const anyZone = fc.constantFrom(...zones);
const anyInstant = fc.integer({min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1)});

test('local parts are those that Intl shows', () => {
	const formats = new Map<string, Intl.DateTimeFormat>();
	fc.assert(fc.property(anyZone, anyInstant, (zone, at) => {
		const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', {
			timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
		});
		formats.set(zone, format);
		assert.equal(new Date(asUtc(localOf(at, zone))).toISOString().slice(0, 19).replace('T', ' '), format.format(at));
	}), {numRuns: 1500});
});

test('an instant lies between the two readings of what its zone shows, and is one of them', () => {
	fc.assert(fc.property(anyZone, anyInstant, (zone, at) => {
		const shown = localOf(at, zone);
		const since = instantOf(shown, zone, 'since');
		const until = instantOf(shown, zone, 'until');
		assert.ok(at === since || at === until || (since < at && at < until), `${zone} ${at}`);
		assert.deepEqual(localOf(since, zone), shown);
		assert.deepEqual(localOf(until, zone), shown);
	}), {numRuns: 1500});
});

test('around a change of the clock every second of it agrees with Intl', () => {
	const format = new Intl.DateTimeFormat('sv-SE', {timeZone: 'Europe/Warsaw', dateStyle: 'short', timeStyle: 'medium'});
	for (const transition of ['2026-03-29T01:00Z', '2026-10-25T01:00Z']) {
		for (let second = -3; second <= 3; second++) {
			const at = Date.parse(transition) + second * 1000;
			assert.equal(new Date(asUtc(localOf(at, 'Europe/Warsaw'))).toISOString().slice(0, 19).replace('T', ' '), format.format(at));
		}
	}
});

test('times far from ours have an offset too', () => {
	for (const at of [-8.64e15 + 1e9, -62e12, 8.64e15 - 1e9, 1e15]) {
		assert.ok(Math.abs(offsetMsAt(at, 'Europe/Warsaw')) < 3 * 3_600_000);
	}
});

test('days are counted on the calendar', () => {
	assert.deepEqual(addDays({year: 2026, month: 10, day: 25}, 1), {year: 2026, month: 10, day: 26});
	assert.deepEqual(addDays({year: 2028, month: 2, day: 28}, 1), {year: 2028, month: 2, day: 29});
	assert.deepEqual(addDays({year: 2026, month: 1, day: 1}, -1), {year: 2025, month: 12, day: 31});
	assert.deepEqual(addDays({year: 99, month: 12, day: 31}, 1), {year: 100, month: 1, day: 1});
});

test('names of zones', () => {
	for (const zone of ['UTC', 'Europe/Warsaw', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5']) {
		assert.ok(isValidZone(zone), zone);
	}

	for (const zone of ['', 'Mars/Olympus', '+02:00', '-05:00', 'Etc/Unknown', 'Europe/Warsaw ', '../etc']) {
		assert.ok(!isValidZone(zone), zone);
	}

	assert.equal(zoneOrUtc(undefined), 'UTC');
	assert.equal(zoneOrUtc('nonsense'), 'UTC');
	assert.equal(zoneOrUtc('Asia/Tokyo'), 'Asia/Tokyo');
});
