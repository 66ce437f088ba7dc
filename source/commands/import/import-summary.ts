import {makeSafe} from '../../domain/text/make-safe.ts';
import {formatInstant, queryDateOf} from '../../domain/time/format-time.ts';
import {type ImportReport} from '../../services/import/import-report.ts';
import {countText} from './progress-text.ts';

const shownRejections = 20;

const counted = (count: number, noun: string): string => `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Lines for standard error: what was left out, and why. */
export const rejectionLines = (report: ImportReport): readonly string[] => {
	const {place_noun: noun, truncated} = report;
	const shown = report.rejections.slice(0, shownRejections).map(({place, reason}) => `${noun} ${countText(place)} rejected: ${reason}`);
	const more = report.rejected - shown.length;
	return [
		...shown,
		...(more > 0 ? [`and ${countText(more)} more rejected`] : []),
		...(truncated === null ? [] : [`${noun} ${countText(truncated.place)}: ${truncated.reason}; what was whole before it is in`]),
	].map(line => makeSafe(line));
};

/** The query that shows what came in. */
export const queryOf = ({oldest, newest}: Pick<ImportReport, 'oldest' | 'newest'>, timezone: string): string | null =>
	oldest === null || newest === null ? null : `since:${queryDateOf(oldest, timezone)} until:${queryDateOf(newest + 1, timezone)}`;

const details = (report: ImportReport): readonly string[] => [
	...(report.duplicates === 0 ? [] : [`${countText(report.duplicates)} ${report.duplicates === 1 ? 'was' : 'were'} there already`]),
	...(report.rejected === 0 ? [] : [`${countText(report.rejected)} rejected`]),
	...(report.secrets_replaced === 0 ? [] : [`${counted(report.secrets_replaced, 'secret')} replaced`]),
];

/** What came in, of what time range (project time), and the command that shows it. */
export const summaryText = (report: ImportReport, {timezone, command, hasFailed}: {
	readonly timezone: string;
	/** `auditty`, with the flags that name the store. */
	readonly command: string;
	/** It ended before the end of the source. */
	readonly hasFailed: boolean;
}): string => {
	const begin = hasFailed ? 'stopped early: imported' : 'imported';
	const counts = [`${begin} ${counted(report.inserted, 'log')}`, ...details(report)].join(', ');
	const query = queryOf(report, timezone);
	if (query === null || report.oldest === null || report.newest === null) return `${counts}\n`;
	const from = formatInstant(report.oldest, timezone, 'second');
	const to = formatInstant(report.newest, timezone, 'second');
	return `${counts}; from ${from} to ${to} (${timezone})\nsee them: ${command} logs ${query}\n`;
};
