import {type Instant} from '../records.ts';
import {instantOfDate, parseDate} from '../time/parse-date.ts';
import {addDays, asUtc, instantOf, localOf, midnightOf, type CalendarDate} from '../time/zone.ts';
import {formatDate} from '../time/format-time.ts';
import {type Query} from './query.ts';

type Clock = {readonly now: Instant; readonly timezone: string};

const isLater = (one: CalendarDate, other: CalendarDate): boolean => asUtc(midnightOf(one)) > asUtc(midnightOf(other));

/** The last day of the query's range: today where it is open. */
const lastDayOf = (query: Query, clock: Clock): CalendarDate => {
	let last: CalendarDate = localOf(clock.now, clock.timezone);
	for (const term of query) {
		const date = term.kind === 'field' && term.key === 'until' && !term.isNegated ? parseDate(term.values[0] ?? '') : undefined;
		if (date?.ok !== true) {
			continue;
		}

		// A local date is counted on the calendar: its midnight may come twice.
		const {form} = date;
		const day = form.kind === 'local' && asUtc(form.local) === asUtc(midnightOf(form.local))
			? addDays(form.local, -1)
			: localOf(instantOfDate(form, 'until', clock) - 1, clock.timezone);
		last = isLater(last, day) ? day : last;
	}

	return last;
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
	const wanted = addDays(lastDayOf(query, clock), days);
	const today = localOf(clock.now, timezone);
	const day = isLater(wanted, today) ? today : wanted;
	return withDay(query, dayIsEmpty(day, timezone) ? addDays(day, Math.sign(days)) : day);
};
