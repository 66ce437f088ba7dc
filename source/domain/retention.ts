import {type Instant} from './records.ts';

const dayMs = 86_400_000;

const monthsBefore = (now: Instant, months: number): Instant => {
	const date = new Date(now);
	const firstOfMonth = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1);
	const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months + 1, 0)).getUTCDate();
	// 31 August less six months is the last of February.
	return firstOfMonth + (Math.min(date.getUTCDate(), lastDay) - 1) * dayMs + now % dayMs;
};

/**
 * What is older than this instant goes, by the setting `retention` (`6 months`, `90 days`); null when all is kept, and for a text that
 * is no such setting, since nothing is lost by keeping. Months are calendar months, in UTC.
 */
export const retentionLimit = (retention: string, now: Instant): Instant | null => {
	const match = /^(\d+) (day|month)s?$/.exec(retention);
	if (match === null) {
		return null;
	}

	const count = Number(match[1]);
	return match[2] === 'day' ? now - count * dayMs : monthsBefore(now, count);
};
