import {type Field} from '../../../domain/fields/field.ts';
import {type LogSummary, type SendoutSummary} from '../../../domain/records.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatDuration, formatInstant, formatRelative} from '../../../domain/time/format-time.ts';
import {holdOf, noHolds, type Holds} from '../../../domain/webhooks/hold.ts';
import {type Signs, type Token} from '../../theme.ts';
import {progressBar} from '../progress/progress-bar.ts';

export type Cell = {readonly text: string; readonly token: Token};

export type CellView = {
	readonly zone: string;
	readonly now: number;
	readonly signs: Signs;
	readonly keyNames: Readonly<Record<string, string>>;
	/** Endpoints that get nothing just now. */
	readonly holds?: Holds;
};

/** What the cell of a field shows of a record; already safe for the terminal, not yet cut to the column. */
export const cellOf = (field: Field, record: Readonly<Record<string, unknown>>, width: number, view: CellView): Cell => {
	const value = valueOf(field, record);
	if (field.type === 'status') {
		return statusCell(record as unknown as LogSummary, view.signs);
	}

	if (value === null || value === undefined || value === '') {
		return {text: view.signs.none, token: 'secondary'};
	}

	switch (field.type) {
		case 'instant': {
			if (field.name === 'next_attempt_at') {
				return nextCell(record as unknown as SendoutSummary, Number(value), view);
			}

			if (field.name === 'sent_at') {
				// Beside eight other columns: the attempts have the milliseconds.
				return {text: formatInstant(Number(value), view.zone, 'list', view.now).trimEnd().replace(/\.\d{3}$/, ''), token: 'plain'};
			}

			return {text: formatInstant(Number(value), view.zone, 'list', view.now), token: field.name === 'created_at' ? 'plain' : 'secondary'};
		}

		case 'duration': {
			return {text: field.name === 'request_duration' ? String(Math.round(Number(value))) : formatDuration(Number(value)), token: 'plain'};
		}

		case 'choice': {
			return choiceCell(plainText(value), view.signs);
		}

		case 'percent': {
			return progressCell(record, width, view.signs);
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

const progressCell = (record: Readonly<Record<string, unknown>>, width: number, signs: Signs): Cell => {
	const percent = Number(record['progress']);
	const label = ` ${String(Math.floor(percent)).padStart(3)} %`;
	return {text: `${progressBar(percent / 100, Math.max(4, Math.min(20, width - label.length)), signs)}${label}`, token: record['status'] === 'in_progress' ? 'accent' : 'secondary'};
};

export const formatCount = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** Decimal units, three significant digits at most. */
export const formatBytes = (bytes: number): string => {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	let value = bytes;
	let unit = 0;
	while (value >= 1000 && unit < units.length - 1) {
		value /= 1000;
		unit++;
	}

	return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? 'B'}`;
};
