import {type Instant} from '../records.ts';
import {asUtc, instantOf, type Bound, type LocalDateTime} from './zone.ts';

/** What a person wrote for a date, before a clock and a zone give it an instant. */
export type DateForm =
	/** That long ago. */
	| {readonly kind: 'ago'; readonly ms: number}
	/** In project time. */
	| {readonly kind: 'local'; readonly local: LocalDateTime}
	| {readonly kind: 'instant'; readonly at: Instant};

export type DateReading =
	| {readonly ok: true; readonly form: DateForm}
	| {readonly ok: false; readonly message: string; readonly remedy: string};

/** The forms that a date may take, for messages and help. */
export const dateForms = 'write 30m, 24h, 7d or 2w, or a date such as 2026-11-22, 2026-11-22T10:00, 2026-11-22T10:00Z';

const unitMs = new Map([['m', 60_000], ['h', 3_600_000], ['d', 86_400_000], ['w', 604_800_000]]);
const longestAgoMs = 1000 * 366 * 86_400_000;

const agoPattern = /^(\d+)([mhdw])$/;
const datePattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

const wrong = (message: string): DateReading => ({ok: false, message, remedy: dateForms});

const daysInMonth = (year: number, month: number): number => {
	const date = new Date(0);
	date.setUTCFullYear(year, month, 0);
	return date.getUTCDate();
};

const offsetMsOf = (text: string): number | undefined => {
	if (text.toUpperCase() === 'Z') {
		return 0;
	}

	const hours = Number(text.slice(1, 3));
	const minutes = Number(text.slice(3).replace(':', ''));
	return hours > 18 || minutes > 59 ? undefined : (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
};

/**
 * Reads `30m 24h 7d 2w`, `2026-11-22`, `2026-11-22T10:00` with or without seconds and fractions, and the same with
 * an offset or `Z`. Fractions are cut to milliseconds. Days that no calendar has and hours that no clock shows are problems.
 */
export const parseDate = (text: string): DateReading => {
	const ago = agoPattern.exec(text);
	if (ago !== null) {
		const ms = Number(ago[1]) * unitMs.get(ago[2]!)!;
		return ms > longestAgoMs ? wrong(`${text} is more than a thousand years`) : {ok: true, form: {kind: 'ago', ms}};
	}

	const match = datePattern.exec(text);
	if (match === null) {
		return wrong(`"${text}" is not a date`);
	}

	const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? 0)) as [number, number, number, number, number, number];
	const millisecond = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
	if (month < 1 || month > 12) {
		return wrong(`"${text}" has no such month`);
	}

	if (day < 1 || day > daysInMonth(year, month)) {
		return wrong(`"${text}" is a day that the calendar does not have`);
	}

	if (hour > 23 || minute > 59 || second > 59) {
		return wrong(`"${text}" is a time that the clock does not show`);
	}

	const local: LocalDateTime = {year, month, day, hour, minute, second, millisecond};
	if (match[8] === undefined) {
		return {ok: true, form: {kind: 'local', local}};
	}

	const offsetMs = offsetMsOf(match[8]);
	return offsetMs === undefined ? wrong(`"${text}" has an offset that no zone has`) : {ok: true, form: {kind: 'instant', at: asUtc(local) - offsetMs}};
};

/** The instant of a date as one edge of a range. */
export const instantOfDate = (form: DateForm, bound: Bound, {now, timezone}: {readonly now: Instant; readonly timezone: string}): Instant => {
	switch (form.kind) {
		case 'ago': {
			return now - form.ms;
		}

		case 'instant': {
			return form.at;
		}

		case 'local': {
			return instantOf(form.local, timezone, bound);
		}
	}
};

