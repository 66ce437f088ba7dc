import {createWriteStream} from 'node:fs';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {stringify} from 'csv-stringify';
import {type Log} from '../../../source/domain/records.ts';

const csvColumns = ['id', 'created_at', 'status', 'request_id', 'channel', 'method', 'endpoint', 'url', 'user_email', 'app_id', 'client_app_id', 'request_duration', 'request_body', 'response_body'] as const;

const printed = (log: Log): object => ({...log, created_at: new Date(log.created_at).toISOString()});

function * ndjson(logs: Iterable<Log>): Generator<string> {
	for (const log of logs) {
		yield `${JSON.stringify(printed(log))}\n`;
	}
}

function * har(logs: Iterable<Log>): Generator<string> {
	yield '{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[';
	let separator = '';
	for (const log of logs) {
		const duration = log.request_duration ?? 0;
		yield separator + JSON.stringify({
			startedDateTime: new Date(log.created_at).toISOString(), time: duration,
			request: {
				method: log.method, url: `https://api.voucherify.io${log.url ?? ''}`, httpVersion: 'HTTP/2', cookies: [], queryString: [], headersSize: -1, bodySize: -1,
				headers: [{name: 'X-Voucherify-Channel', value: log.channel ?? ''}, ...(log.app_id === null ? [] : [{name: 'X-App-Id', value: log.app_id}])],
				...(log.request_body === null ? {} : {postData: {mimeType: 'application/json', text: log.request_body}}),
			},
			response: {
				status: log.status ?? 0, statusText: '', httpVersion: 'HTTP/2', headers: [{name: 'content-type', value: 'application/json'}], cookies: [], redirectURL: '', headersSize: -1, bodySize: -1,
				content: {size: log.response_body?.length ?? 0, mimeType: 'application/json', text: log.response_body ?? ''},
			},
			cache: {}, timings: {send: 0, wait: duration, receive: 0},
		});
		separator = ',\n';
	}

	yield ']}}\n';
}

/** Writes logs as a file that `auditty import` reads. */
export async function writeLogFile(logs: Iterable<Log>, format: 'ndjson' | 'csv' | 'har', path: string): Promise<void> {
	const target = createWriteStream(path);
	if (format === 'csv') {
		const stringifier = stringify({header: true, columns: [...csvColumns], cast: {date: date => date.toISOString()}});
		await pipeline(Readable.from(mapIterable(logs, log => printed(log))), stringifier, target);
		return;
	}

	await pipeline(Readable.from(grouped(format === 'har' ? har(logs) : ndjson(logs))), target);
}

function * mapIterable<T, U>(values: Iterable<T>, map: (value: T) => U): Generator<U> {
	for (const value of values) {
		yield map(value);
	}
}

/** One write a hundred records. */
function * grouped(texts: Iterable<string>): Generator<string> {
	let group: string[] = [];
	for (const text of texts) {
		if (group.push(text) === 100) {
			yield group.join('');
			group = [];
		}
	}

	yield group.join('');
}
