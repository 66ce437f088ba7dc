import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime.js';
import {type Instant} from '../records.ts';
import {localOf, instantOf, type CalendarDate, type LocalDateTime} from './zone.ts';

/**
 * How an instant is shown:
 * `list` `11-22 22:13:59.120`, in another year than now `2025-11-22 22:13`, always 18 wide;
 * `full` `2026-11-22 22:13:59.120`; `second` `2026-11-22 22:13:59`; `date` `2026-11-22`;
 * `clock` `22:13:59`; `clockMs` `22:13:59.120`; `minute` `22:13`; `dayMinute` `22 Nov 22:13`.
 */
export type TimeStyle = 'list' | 'full' | 'second' | 'date' | 'clock' | 'clockMs' | 'minute' | 'dayMinute';

/** Whose time is shown. */
export type TimeMode = 'project' | 'local' | 'utc';

/** The IANA zones of the project and of the device. */
export type Zones = {readonly project: string; readonly local: string};

export const timeModes = ['project', 'local', 'utc'] as const satisfies readonly TimeMode[];

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const listWidth = 18;
const furthestInstant = 8_640_000_000_000_000;

const two = (value: number): string => value < 10 ? `0${value}` : `${value}`;
const three = (value: number): string => value < 10 ? `00${value}` : (value < 100 ? `0${value}` : `${value}`);
const yearText = (year: number): string => year < 0 ? `-${String(-year).padStart(6, '0')}` : String(year).padStart(4, '0');

export const formatDate = ({year, month, day}: CalendarDate): string => `${yearText(year)}-${two(month)}-${two(day)}`;

const minuteText = ({hour, minute}: LocalDateTime): string => `${two(hour)}:${two(minute)}`;
const clockText = (local: LocalDateTime): string => `${minuteText(local)}:${two(local.second)}`;
const clockMsText = (local: LocalDateTime): string => `${clockText(local)}.${three(local.millisecond)}`;

/** `now` decides in the list style whether the year is shown; without it the year is left out. */
export const formatInstant = (at: Instant, zone: string, style: TimeStyle, now?: Instant): string => {
	// `<=` is false for NaN too.
	if (!(Math.abs(at) <= furthestInstant - 86_400_000)) {
		return 'invalid time';
	}

	const local = localOf(at, zone);
	switch (style) {
		case 'list': {
			return now === undefined || localOf(now, zone).year === local.year
				? `${two(local.month)}-${two(local.day)} ${clockMsText(local)}`
				: `${formatDate(local)} ${minuteText(local)}`.padEnd(listWidth);
		}

		case 'full': {
			return `${formatDate(local)} ${clockMsText(local)}`;
		}

		case 'second': {
			return `${formatDate(local)} ${clockText(local)}`;
		}

		case 'date': {
			return formatDate(local);
		}

		case 'clock': {
			return clockText(local);
		}

		case 'clockMs': {
			return clockMsText(local);
		}

		case 'minute': {
			return minuteText(local);
		}

		case 'dayMinute': {
			return `${local.day} ${months[local.month - 1]} ${minuteText(local)}`;
		}
	}
};

/** ISO 8601 in UTC with milliseconds and `Z`: how instants stand in JSON and CSV. */
export const toIso = (at: Instant): string => Math.abs(at) <= furthestInstant ? new Date(at).toISOString() : 'invalid time';

/** The shortest text that a query reads as exactly this instant, in project time where that is unambiguous. */
export const queryDateOf = (at: Instant, zone: string): string => {
	const local = localOf(at, zone);
	if (local.year < 0 || local.year > 9999 || instantOf(local, zone, 'since') !== at || instantOf(local, zone, 'until') !== at) {
		return toIso(at);
	}

	if (local.millisecond > 0) {
		return `${formatDate(local)}T${clockMsText(local)}`;
	}

	if (local.second > 0) {
		return `${formatDate(local)}T${clockText(local)}`;
	}

	return local.hour > 0 || local.minute > 0 ? `${formatDate(local)}T${minuteText(local)}` : formatDate(local);
};

/** `44 ms`, `1.2 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export const formatDuration = (ms: number): string => {
	if (!Number.isFinite(ms) || ms < 0) {
		return '–';
	}

	if (ms < 999.5) {
		return `${Math.round(ms)} ms`;
	}

	if (ms < 9950) {
		return `${(ms / 1000).toFixed(1)} s`;
	}

	const seconds = Math.round(ms / 1000);
	if (seconds < 60) {
		return `${seconds} s`;
	}

	const pair = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
		small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
	if (seconds < 3600) {
		return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
	}

	const minutes = Math.floor(seconds / 60);
	return minutes < 1440
		? pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
		: pair(Math.floor(minutes / 1440), 'd', Math.floor(minutes % 1440 / 60), 'h');
};

/** The larger unit of a duration alone: `18 s`, `3 min`, `2 h`. */
export const formatRoughly = (ms: number): string => formatDuration(ms).split(' ').slice(0, 2).join(' ');

dayjs.extend(relativeTime, {
	rounding: Math.floor,
	thresholds: [
		{l: 's', r: 59, d: 'second'}, {l: 'm', r: 1}, {l: 'mm', r: 59, d: 'minute'}, {l: 'h', r: 1}, {l: 'hh', r: 23, d: 'hour'},
		{l: 'd', r: 1}, {l: 'dd', r: 59, d: 'day'}, {l: 'M', r: 1}, {l: 'MM', r: 11, d: 'month'}, {l: 'y', r: 1}, {l: 'yy', d: 'year'},
	],
});
const shortEnglish = dayjs.locale({
	name: 'auditty-short',
	formats: {},
	relativeTime: {
		future: 'in %s', past: '%s ago', s: '%d s', m: '1 min', mm: '%d min', h: '1 h', hh: '%d h',
		d: '1 d', dd: '%d d', M: '1 month', MM: '%d months', y: '1 year', yy: '%d years',
	},
}, undefined, true);

/** `3 min ago`, `in 2 h`. */
export const formatRelative = (at: Instant, now: Instant): string => dayjs(at).locale(shortEnglish).from(now);

export const zoneOf = (mode: TimeMode, zones: Zones): string => mode === 'utc' ? 'UTC' : zones[mode];

/** `project time, Europe/Warsaw`: the zone is always named. */
export const zoneLabel = (mode: TimeMode, zones: Zones): string => mode === 'utc' ? 'UTC' : `${mode} time, ${zones[mode]}`;

/** The next one round. */
export const nextTimeMode = (mode: TimeMode): TimeMode => timeModes[(timeModes.indexOf(mode) + 1) % timeModes.length]!;
