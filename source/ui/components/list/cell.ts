import {type Field} from '../../../domain/fields/field.ts';
import {type BackgroundTask, type LogSummary, type SendoutSummary} from '../../../domain/records.ts';
import {paceOf, type TaskPace} from '../../../domain/task-pace.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatBytes, formatCount} from '../../../domain/text/format-number.ts';
import {formatDuration, formatInstant, formatRelative} from '../../../domain/time/format-time.ts';
import {holdOf, noHolds, type Holds} from '../../../domain/webhooks/hold.ts';
import {type Signs, type Token} from '../../theme.ts';
import {leftText, rateText} from '../progress/pace-text.ts';
import {progressBar} from '../progress/progress-bar.ts';

export type Cell = {readonly text: string; readonly token: Token};

export type CellView = {
	readonly zone: string;
	readonly now: number;
	readonly signs: Signs;
	readonly keyNames: Readonly<Record<string, string>>;
	/** Endpoints that get nothing just now. */
	readonly holds?: Holds;
	/** Background tasks that run, by their ID: an export that is being made shows how far its task is. */
	readonly running?: ReadonlyMap<string, BackgroundTask> | undefined;
};

/** What the cell of a field shows of a record; already safe for the terminal, not yet cut to the column. */
export const cellOf = (field: Field, record: Readonly<Record<string, unknown>>, width: number, view: CellView): Cell => {
	const value = valueOf(field, record);
	if (field.type === 'status') {
		return statusCell(record as unknown as LogSummary, view.signs);
	}

	const pace = field.name === 'progress' || field.name === 'processing_time' ? paceOf(record as unknown as BackgroundTask) : null;

	const making = value === null && typeof record['task_id'] === 'string' ? view.running?.get(record['task_id']) : undefined;
	if (making !== undefined && (field.name === 'rows' || field.name === 'bytes')) {
		return {text: field.name === 'rows' ? formatCount(making.done_count) : `${Math.floor(making.progress)} %`, token: 'accent'};
	}

	if (value === null || value === undefined || value === '') {
		return {text: view.signs.none, token: 'secondary'};
	}

	switch (field.type) {
		case 'instant': {
			if (field.name === 'next_attempt_at') {
				return nextCell(record as unknown as SendoutSummary, Number(value), view);
			}

			const text = formatInstant(Number(value), view.zone, 'list', view.now);
			return {text: field.column?.isBrief === true ? text.trimEnd().replace(/\.\d{3}$/, '') : text, token: field.name === 'created_at' || field.name === 'sent_at' ? 'plain' : 'secondary'};
		}

		case 'duration': {
			const left = pace === null ? null : leftText(pace);
			if (left !== null) {
				return {text: left, token: 'accent'};
			}

			return {text: field.name === 'request_duration' ? String(Math.round(Number(value))) : formatDuration(Number(value)), token: 'plain'};
		}

		case 'choice': {
			const cell = choiceCell(plainText(value), view.signs);
			const failed = field.name === 'status' ? Number(record['failed_count'] ?? 0) : 0;
			// One that is done can hold items that failed: both are said, however narrow the screen.
			return failed > 0 && value === 'done' ? {text: `${cell.text} ${view.signs.failure} ${formatCount(failed)}`, token: 'failure'} : cell;
		}

		case 'percent': {
			return progressCell(record, {width, pace, signs: view.signs});
		}

		case 'bytes': {
			return {text: formatBytes(Number(value)), token: 'plain'};
		}

		case 'count': {
			const token = field.name === 'failed_count' && Number(value) > 0 ? 'failure' : 'plain';
			return {text: formatCount(Number(value)), token};
		}

		case 'secret-id': {
			return {text: makeSafe(view.keyNames[plainText(value)] ?? plainText(value)), token: 'plain'};
		}

		case 'list': {
			return {text: Array.isArray(value) ? makeSafe(value.join(',')) : '', token: 'secondary'};
		}

		case 'text': {
			return {text: makeSafe(plainText(value)), token: field.name === 'error_key' || field.name === 'error' ? 'failure' : 'plain'};
		}

		default: {
			return {text: makeSafe(typeof value === 'string' ? value : JSON.stringify(value)), token: 'secondary'};
		}
	}
};

/** When a sendout can go at the earliest: not before the breaker of its endpoint lets one through. */
const nextCell = (sendout: SendoutSummary, nextAt: number, {now, holds = noHolds}: CellView): Cell => {
	const hold = holdOf(sendout, holds);
	return hold?.until === null ? {text: 'held', token: 'secondary'} : {text: untilText(hold?.until ?? nextAt, now), token: 'waiting'};
};

/** `in 3 min`; what should have begun by now, or does within the second, is due. */
export const untilText = (at: number, now: number): string => at - now < 1000 ? 'due now' : formatRelative(at, now);

const plainText = (value: unknown): string => typeof value === 'string' ? value : JSON.stringify(value);

const valueOf = (field: Field, record: Readonly<Record<string, unknown>>): unknown => {
	const value = record[field.name];
	return (value === null || value === undefined) && field.column?.elseField !== undefined ? record[field.column.elseField] : value;
};

/** A sign and the code: colour alone never tells. */
const statusCell = ({status, outcome}: LogSummary, signs: Signs): Cell => {
	const sign = outcome === 'failure' ? signs.failure : signs.success;
	return {text: `${sign} ${status ?? signs.none}`, token: outcome === 'failure' ? 'failure' : 'plain'};
};

const choiceSigns: Readonly<Record<string, readonly [sign: keyof Signs, token: Token]>> = {
	success: ['success', 'plain'],
	done: ['success', 'plain'],
	failure: ['failure', 'failure'],
	failed: ['failure', 'failure'],
	error: ['failure', 'failure'],
	scheduled: ['waiting', 'waiting'],
	pending: ['waiting', 'waiting'],
	retrying: ['running', 'waiting'],
	in_progress: ['running', 'accent'],
	canceled: ['canceled', 'secondary'],
};

const choiceCell = (value: string, signs: Signs): Cell => {
	const known = choiceSigns[value];
	return known ? {text: `${signs[known[0]] as string} ${value}`, token: known[1]} : {text: makeSafe(value), token: 'secondary'};
};

/** With less room than this the rate would leave no bar. */
const leastForRate = 22;

const progressCell = (record: Readonly<Record<string, unknown>>, {width, pace, signs}: {readonly width: number; readonly pace: TaskPace | null; readonly signs: Signs}): Cell => {
	const percent = Number(record['progress']);
	const label = ` ${String(Math.floor(percent)).padStart(3)} %${pace === null || width < leastForRate ? '' : ` ${rateText(pace)}`}`;
	return {text: `${progressBar(percent / 100, Math.max(4, Math.min(20, width - label.length)), signs)}${label}`, token: record['status'] === 'in_progress' ? 'accent' : 'secondary'};
};
