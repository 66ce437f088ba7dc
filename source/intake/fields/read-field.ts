import {type Log} from '../../domain/records.ts';
import {readHeaders} from './read-headers.ts';
import {readInstant} from './read-instant.ts';

/** What a field holds after its check, or why it may not: a clause without the value, which may be a secret. */
export type Checked = {readonly fields: Partial<Log>} | {readonly reason: string};

type Check = (value: unknown, name: string) => Checked;

const text: Check = (value, name) => {
	if (typeof value === 'string') return {fields: {[name]: value}};
	if (typeof value === 'number' && !Number.isInteger(value)) return {fields: {[name]: String(value)}};
	if (typeof value !== 'number') return {reason: `${name} is not text`};
	return Number.isSafeInteger(value) ? {fields: {[name]: String(value)}} : {reason: `${name} is too long a number to be kept exactly: write it in quotes`};
};

/** The words of Voucherify and of other tools: how its export writes a status is not documented. */
const outcomes = new Map<string, Log['outcome']>([['success', 'success'], ['succeeded', 'success'], ['ok', 'success'], ['failure', 'failure'], ['failed', 'failure'], ['error', 'failure']]);

const outcome: Check = (value, name) => {
	const found = typeof value === 'string' ? outcomes.get(value.trim().toLowerCase()) : undefined;
	return found === undefined ? {reason: `${name} is neither success nor failure`} : {fields: {outcome: found}};
};

/** A code, or the word that stands for it in some exports. 0 is what HAR and proxies write when no response came. */
const status: Check = (value, name) => {
	if (typeof value === 'string' && /^\s*[a-z]/i.test(value)) {
		const word = outcome(value, name);
		return 'fields' in word ? word : {reason: 'status is neither an HTTP status nor success or failure'};
	}

	const code = typeof value === 'number' ? value : typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : Number.NaN;
	if (code === 0) return {fields: {status: null}};
	return Number.isInteger(code) && code >= 100 && code <= 599 ? {fields: {status: code}} : {reason: 'status is not an HTTP status (100 to 599)'};
};

const duration: Check = (value, name) => {
	const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof amount === 'number' && Number.isFinite(amount) && amount >= 0 ? {fields: {[name]: amount}} : {reason: `${name} is not a number of milliseconds`};
};

const instant: Check = (value, name) => {
	const at = readInstant(value);
	return at === null ? {reason: `${name} is neither an ISO 8601 time nor epoch milliseconds`} : {fields: {[name]: at}};
};

const headers: Check = (value, name) => {
	const read = readHeaders(value);
	return read === null ? {reason: `${name} is neither an object nor a list of names and values`} : {fields: {[name]: read}};
};

/** One check for each field of a log, by its name. */
const checks: {readonly [K in keyof Log]: Check} = {
	id: text, created_at: instant, status, outcome, request_id: text, channel: text, method: text, endpoint: text, url: text,
	user_email: text, customer: text, campaign: text, incentive: text, app_id: text, client_app_id: text, request_duration: duration,
	task_id: text, error_key: text, request_headers: headers, response_headers: headers, request_body: text, response_body: text,
};

export type FieldName = keyof Log;

export const fieldNames = Object.keys(checks) as readonly FieldName[];

/** Checks one field of a record. What is not there (null, empty text) is absent, and passes. */
export const readField = (name: FieldName, value: unknown): Checked =>
	value === null || value === undefined || value === '' ? {fields: {}} : checks[name](value, name);
