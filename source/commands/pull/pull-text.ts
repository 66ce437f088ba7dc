import {makeSafe} from '../../domain/text/make-safe.ts';
import {type BackgroundTask, type Instant} from '../../domain/records.ts';
import {type PullReport, reportedErrors} from '../../services/pull/pull-report.ts';
import {barLine} from '../progress/bar-line.ts';
import {type ProgressText} from '../progress/follow-progress.ts';

const countText = (count: number): string => count.toLocaleString('en-US');
const counted = (count: number, noun: string): string => `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;

/** How far a pull is. */
export type PullProgress = {
	/** 0-100. */
	readonly progress: number;
	readonly report: Pick<PullReport, 'logs' | 'tasks' | 'exports'> | null;
	/** Calls wait for a limit until then. */
	readonly waitingUntil: Instant | null;
	/** Another process has it. */
	readonly isElsewhere: boolean;
	readonly now: Instant;
};

const partsOf = ({progress, report, waitingUntil, isElsewhere, now}: PullProgress): readonly string[] => [
	`${Math.floor(progress)} %`,
	...(isElsewhere ? ['waiting for the pull of another process'] : []),
	...(report === null ? [] : [`${countText(report.logs.read)} logs`, `${countText(report.tasks.read)} tasks`, `${countText(report.exports.read)} exports`]),
	...(waitingUntil === null ? [] : [`the limit of calls is used up, waiting ${Math.max(1, Math.ceil((waitingUntil - now) / 1000))} s`]),
];

export const pullProgress: ProgressText<PullProgress> = {
	line: state => `auditty: pulling, ${partsOf(state).join(', ')}`,
	bar: (state, _, look) => barLine(state.progress / 100, partsOf(state), look),
};

const addedText = ({added, changed}: PullReport['tasks'] | PullReport['exports'], noun: string): string =>
	`${counted(added, noun)}${changed === 0 ? '' : ` (${countText(changed)} changed)`}`;

/** What a pull brought, in one line. */
export const pulledText = ({logs, tasks, exports}: PullReport): string => {
	const notes = [
		...(logs.duplicates === 0 ? [] : [`${countText(logs.duplicates)} were there already`]),
		...(logs.rejected === 0 ? [] : [`${countText(logs.rejected)} rejected`]),
		...(logs.secrets_replaced === 0 ? [] : [`${counted(logs.secrets_replaced, 'secret')} replaced`]),
	];
	const left = [
		...(tasks.unfinished === 0 ? [] : [`${counted(tasks.unfinished, 'task')} not finished yet`]),
		...(tasks.without_result === 0 ? [] : [`${countText(tasks.without_result)} without their results, since few calls are left`]),
	];
	return `pulled ${counted(logs.inserted, 'log')}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}, ${addedText(tasks, 'background task')}, ${addedText(exports, 'export')}${left.map(text => `; ${text}`).join('')}\n`;
};

const shownRejections = 20;

/** What a pull could not bring, and why: lines for standard error. */
export const missedLines = (report: PullReport): readonly string[] => {
	const {rejected, rejections, gaps} = report.logs;
	const shown = rejections.slice(0, shownRejections);
	return [
		...shown.map(({place, reason}) => `line ${countText(place)} of an export rejected: ${reason}`),
		...(rejected > shown.length ? [`and ${countText(rejected - shown.length)} more rejected`] : []),
		...gaps.map(({from, until, error}) => `logs from ${from} to ${until} are missing: ${error}; the next pull tries again`),
		...reportedErrors(report),
	].map(line => `auditty: ${makeSafe(line)}\n`);
};

/** What the background task of a pull says of it. */
export const reportOf = (task: BackgroundTask): PullReport => task.result as PullReport;
