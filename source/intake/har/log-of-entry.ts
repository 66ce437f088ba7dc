import {type Headers} from '../../domain/records.ts';
import {type SourceLog} from '../../services/import/log-source.ts';
import {headersOfList, readHeaders} from '../fields/read-headers.ts';
import {readInstant} from '../fields/read-instant.ts';
import {requestBody, textOfBody} from './har-body.ts';

type Part = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => typeof value === 'string' && value !== '' ? value : null;
const amountOf = (value: unknown): number | null => {
	const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof amount === 'number' && Number.isFinite(amount) && amount >= 0 ? amount : null;
};

/** Phases that follow each other; `ssl` is a part of `connect`, and -1 says that a phase does not apply. */
const phases = ['blocked', 'dns', 'connect', 'send', 'wait', 'receive'] as const;

const durationOf = (entry: Part): number | null => {
	const {timings} = entry;
	const known = isObject(timings) ? phases.map(phase => amountOf(timings[phase])).filter(amount => amount !== null) : [];
	const total = amountOf(entry['time']) ?? (known.length === 0 ? null : known.reduce((sum, amount) => sum + amount, 0));
	// Browsers write binary fractions such as 44.12300000000001.
	return total === null ? null : Math.round(total * 1000) / 1000;
};

/** 0 or less, or no response at all, is how exporters say that none came. */
const statusOf = (response: Part | null): number | null => {
	const status = amountOf(response?.['status']);
	return status !== null && Number.isInteger(status) && status >= 100 && status <= 599 ? status : null;
};

const headersOf = (message: Part | null): Headers | null => {
	const headers = message?.['headers'];
	return headersOfList(headers) ?? (isObject(headers) ? readHeaders(headers) : null);
};

const headerOf = (headers: Headers | null, name: string): string =>
	[Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1] ?? ''].flat().join(', ');

/** Where an exporter leaves the headers of an upload out, its body's type still tells how to read it. */
const withUploadType = (headers: Headers | null, mimeType: string | null): Headers | null =>
	mimeType !== null && /^multipart\/|\/csv\b/i.test(mimeType) && headerOf(headers, 'content-type') === '' ? {...headers, 'content-type': mimeType} : headers;

/** Browsers name what cut a call off: `net::ERR_CONNECTION_REFUSED`. */
const errorOf = (entry: Part, response: Part | null): string | null => textOf(response?.['_error']) ?? textOf(entry['_error']);

/** The log of one HAR entry, or why it cannot be one. */
export const logOfEntry = (entry: unknown): SourceLog | string => {
	if (!isObject(entry)) return 'it is not an object';
	const {request} = entry;
	if (!isObject(request)) return 'it has no request';
	const createdAt = readInstant(entry['startedDateTime']);
	if (createdAt === null) return entry['startedDateTime'] === undefined ? 'it has no startedDateTime' : 'startedDateTime is not a time';
	const response = isObject(entry['response']) ? entry['response'] : null;
	const {postData} = request;
	const content = response?.['content'];
	const error = errorOf(entry, response);
	const requestHeaders = headersOf(request);
	return {
		created_at: createdAt,
		method: textOf(request['method']),
		url: textOf(request['url']),
		status: statusOf(response),
		request_duration: durationOf(entry),
		request_headers: isObject(postData) ? withUploadType(requestHeaders, textOf(postData['mimeType'])) : requestHeaders,
		response_headers: headersOf(response),
		request_body: isObject(postData) ? requestBody(postData, /gzip/i.test(headerOf(requestHeaders, 'content-encoding'))) : null,
		response_body: isObject(content) ? textOfBody(content) : null,
		...(error === null ? {} : {outcome: 'failure', error_key: error}),
	};
};
