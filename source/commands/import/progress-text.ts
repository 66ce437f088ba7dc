import {formatDuration} from '../../domain/time/format-time.ts';
import {type ImportReport} from '../../services/import/import-report.ts';
import {barLine} from '../progress/bar-line.ts';
import {type ProgressSigns} from '../progress/follow-progress.ts';

export type Progress = {readonly report: ImportReport; readonly elapsedMs: number};

export const countText = (count: number): string => count.toLocaleString('en-US');

const shareOf = ({bytes_read: read, bytes_total: total}: ImportReport): number | null =>
	total === null || total === 0 ? null : Math.min(1, read / total);

/** `12,400 logs`, `21,000/s` and so on: what bar and line have in common. */
const partsOf = ({report, elapsedMs}: Progress): readonly string[] => {
	const share = shareOf(report);
	const rate = elapsedMs === 0 ? 0 : Math.round(report.read / elapsedMs * 1000);
	const leftMs = share === null || share === 0 ? null : elapsedMs / share - elapsedMs;
	return [
		...(share === null ? [] : [`${Math.floor(share * 100)} %`]),
		`${countText(report.read)} logs`,
		`${countText(rate)}/s`,
		...(report.rejected === 0 ? [] : [`${countText(report.rejected)} rejected`]),
		...(leftMs === null ? [] : [`${formatDuration(leftMs)} left`]),
	];
};

/** One line for a log of the run. */
export const progressLine = (progress: Progress): string => `auditty: importing, ${partsOf(progress).join(', ')}`;

/** A bar with rate and time left, not wider than `columns`; without the bar where the size is not known. */
export const progressBarLine = (progress: Progress, look: {readonly columns: number; readonly signs: ProgressSigns}): string =>
	barLine(shareOf(progress.report), partsOf(progress), look);
