import {type Instant} from '../records.ts';
import {instantOfDate, parseDate} from '../time/parse-date.ts';
import {addDays, instantOf, localOf, midnightOf, type CalendarDate} from '../time/zone.ts';
import {formatDate} from '../time/format-time.ts';
import {type Query} from './query.ts';

type Clock = {readonly now: Instant; readonly timezone: string};

/** The earliest end that the query gives its range; now where it is open. */
const endOf = (query: Query, clock: Clock): Instant => {
	let end = clock.now;
	for (const term of query) {
		if (term.kind === 'field' && term.key === 'until' && !term.isNegated) {
			const date = parseDate(term.values[0] ?? '');
			if (date.ok) {
				end = Math.min(end, instantOfDate(date.form, 'until', clock) - 1);
			}
		}
	}

	return end;
};

const dayIsEmpty = (day: CalendarDate, timezone: string): boolean =>
	instantOf(midnightOf(day), timezone, 'since') >= instantOf(midnightOf(addDays(day, 1)), timezone, 'until');

/** The query for one calendar day of project time, in place of the range that it had. */
export const withDay = (query: Query, day: CalendarDate): Query => {
	const isRange = (index: number): boolean => {
		const term = query[index];
		return term?.kind === 'field' && (term.key === 'since' || term.key === 'until');
	};

	const place = query.findIndex((_, index) => isRange(index));
	return query.filter((_, index) => !isRange(index)).toSpliced(
		Math.max(place, 0), 0,
		{kind: 'field', key: 'since', values: [formatDate(day)], isNegated: false},
		{kind: 'field', key: 'until', values: [formatDate(addDays(day, 1))], isNegated: false},
	);
};

/**
 * Moves the query to a whole day of project time: so many days after the last day of its range (today, where the range
 * is open), but not past today. A day that the zone left out (Samoa, 30 December 2011) is passed over.
 */
export const shiftDays = (query: Query, days: number, clock: Clock): Query => {
	const {timezone} = clock;
	const last = addDays(localOf(endOf(query, clock), timezone), days);
	const today = localOf(clock.now, timezone);
	const day = formatDate(last) > formatDate(today) ? today : last;
	return withDay(query, dayIsEmpty(day, timezone) ? addDays(day, Math.sign(days)) : day);
};
