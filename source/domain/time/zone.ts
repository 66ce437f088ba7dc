import {type Instant} from '../records.ts';

/** A day of the calendar; `month` and `day` count from 1. */
export type CalendarDate = {readonly year: number; readonly month: number; readonly day: number};

/** What a clock on a wall shows; it names no instant until a zone is given. */
export type LocalDateTime = CalendarDate & {
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
	readonly millisecond: number;
};

/** Which edge of a range a date is: in an overlap `since` takes the earlier instant and `until` the later. */
export type Bound = 'since' | 'until';

/** A time in which the zone's offset stays the same. `to` is exclusive. */
type Segment = {readonly from: Instant; readonly to: Instant; readonly offsetMs: number};

const dayMs = 86_400_000;
// Offsets reach from -12 to +14 hours today and from -16 to +16 in history.
const widestOffsetMs = 16 * 3_600_000;
const cachedDays = 20_000;

// Before the first and after the last year of four digits a zone keeps the offset that it has there.
const oldest = Date.UTC(1000, 0, 1);
const newest = Date.UTC(9999, 0, 1);

type Zone = {readonly format: Intl.DateTimeFormat; readonly days: Map<number, readonly Segment[]>};

const zones = new Map<string, Zone>();

const zoneNamed = (name: string): Zone => {
	const known = zones.get(name);
	if (known !== undefined) {
		return known;
	}

	const format = new Intl.DateTimeFormat('en-US', {
		timeZone: name, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
		year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
	});
	const zone: Zone = {format, days: new Map()};
	zones.set(name, zone);
	return zone;
};

const askOffsetMs = (zone: Zone, at: Instant): number => {
	const parts: Record<string, number> = {};
	for (const {type, value} of zone.format.formatToParts(at)) {
		parts[type] = Number(value);
	}

	const {year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0} = parts;
	return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
};

/** Offsets of one UTC day. No zone has ever changed its offset twice within a day. */
const segmentsOfDay = (zone: Zone, dayNumber: number): readonly Segment[] => {
	const known = zone.days.get(dayNumber);
	if (known !== undefined) {
		return known;
	}

	const from = dayNumber * dayMs;
	const to = from + dayMs;
	const first = askOffsetMs(zone, Math.min(Math.max(from, oldest), newest));
	const last = askOffsetMs(zone, Math.min(Math.max(to, oldest), newest));
	let segments: readonly Segment[];
	if (first === last) {
		segments = [{from, to, offsetMs: first}];
	} else {
		let before = from;
		let after = to;
		while (after - before > 1000) {
			const middle = Math.floor((before + after) / 2000) * 1000;
			if (askOffsetMs(zone, middle) === first) {
				before = middle;
			} else {
				after = middle;
			}
		}

		segments = [{from, to: after, offsetMs: first}, {from: after, to, offsetMs: last}].filter(segment => segment.from < segment.to);
	}

	if (zone.days.size >= cachedDays) {
		zone.days.clear();
	}

	zone.days.set(dayNumber, segments);
	return segments;
};

/** Whether it names a zone of the IANA database. Bare offsets such as `+02:00` are none: they know no summer time. */
export const isValidZone = (name: string): boolean => {
	if (!/^[a-z]/i.test(name)) {
		return false;
	}

	try {
		zoneNamed(name);
		return true;
	} catch {
		return false;
	}
};

/** The zone itself, or UTC where there is none: a device whose `TZ` makes no sense names none. */
export const zoneOrUtc = (name: string | undefined): string => name !== undefined && isValidZone(name) ? name : 'UTC';

/** Milliseconds that the zone's clocks are ahead of UTC. Throws a RangeError for a zone that does not exist. */
export const offsetMsAt = (at: Instant, zone: string): number => {
	const segments = segmentsOfDay(zoneNamed(zone), Math.floor(at / dayMs));
	const first = segments[0]!;
	return at < first.to ? first.offsetMs : segments.at(-1)!.offsetMs;
};

/** What the zone's clocks show at an instant. */
export const localOf = (at: Instant, zone: string): LocalDateTime => {
	const shown = new Date(at + offsetMsAt(at, zone));
	return {
		year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate(),
		hour: shown.getUTCHours(), minute: shown.getUTCMinutes(), second: shown.getUTCSeconds(), millisecond: shown.getUTCMilliseconds(),
	};
};

/** The same reading of the clock taken as UTC; the way to compare and to count with local times. */
export const asUtc = ({year, month, day, hour, minute, second, millisecond}: LocalDateTime): number => {
	const date = new Date(0);
	// Date.UTC would read the years 0-99 as 1900-1999.
	date.setUTCFullYear(year, month - 1, day);
	return date.setUTCHours(hour, minute, second, millisecond);
};

export const midnightOf = (date: CalendarDate): LocalDateTime =>
	({year: date.year, month: date.month, day: date.day, hour: 0, minute: 0, second: 0, millisecond: 0});

/**
 * The instant at which the zone's clocks show a local time. In an overlap, which shows it twice, `since` takes the
 * earlier and `until` the later one; in a gap, which never shows it, both take the transition.
 */
export const instantOf = (local: LocalDateTime, zone: string, bound: Bound): Instant => {
	const wall = asUtc(local);
	const known = zoneNamed(zone);
	const segments: Segment[] = [];
	for (let day = Math.floor((wall - widestOffsetMs) / dayMs); day * dayMs <= wall + widestOffsetMs; day++) {
		segments.push(...segmentsOfDay(known, day));
	}

	const showing = segments.filter(({from, to, offsetMs}) => wall - offsetMs >= from && wall - offsetMs < to).map(({offsetMs}) => wall - offsetMs);
	if (showing.length > 0) {
		return bound === 'since' ? Math.min(...showing) : Math.max(...showing);
	}

	// A gap: the first time after which the clocks show more than what was asked for.
	return segments.find(({from, offsetMs}) => from + offsetMs > wall)!.from;
};

/** Counts on the calendar, so that a day of 23 or 25 hours is one day. */
export const addDays = (date: CalendarDate, days: number): CalendarDate => {
	const shifted = new Date(asUtc(midnightOf(date)) + days * dayMs);
	return {year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate()};
};
