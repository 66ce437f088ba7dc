import {type ServerResponse} from 'node:http';
import {type Headers} from '../../domain/records.ts';
import {type BodyKeeper} from './body-keeper.ts';
import {headersOfRaw} from './raw-headers.ts';

/** What a response has come to. */
export type ResponseEnd = {
	/** Null when nothing was sent. */
	readonly status: number | null;
	readonly headers: Headers | null;
	readonly errorKey: 'client_aborted' | null;
};

const flat = (headers: unknown): readonly string[] => {
	if (Array.isArray(headers)) return (headers as readonly unknown[]).flat().map(String);
	return Object.entries((headers ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, value]) => [value].flat().flatMap(one => typeof one === 'string' || typeof one === 'number' ? [name, String(one)] : []));
};

/** Sees what a service writes, and calls back once when all of it is out, or can no longer be. */
export const watchResponse = (response: ServerResponse, keeper: BodyKeeper, onEnd: (end: ResponseEnd) => void): void => {
	const write = response.write.bind(response);
	const end = response.end.bind(response);
	const writeHead = response.writeHead.bind(response);
	let given: readonly string[] = [];

	const keep = (chunk: unknown, encoding: unknown): void => {
		if (typeof chunk === 'string') keeper.add(Buffer.from(chunk, typeof encoding === 'string' ? encoding as BufferEncoding : 'utf8'));
		else if (chunk instanceof Uint8Array) keeper.add(chunk);
	};

	response.writeHead = (...parts: readonly unknown[]) => {
		// Headers that are given only here can be asked for nowhere.
		given = flat(parts.find((part, index) => index > 0 && typeof part === 'object'));
		return Reflect.apply(writeHead, response, parts) as ServerResponse;
	};
	response.write = (...parts: readonly unknown[]) => {
		keep(parts[0], parts[1]);
		return Reflect.apply(write, response, parts) as boolean;
	};
	response.end = (...parts: readonly unknown[]) => {
		keep(parts[0], parts[1]);
		return Reflect.apply(end, response, parts) as ServerResponse;
	};

	let isOver = false;
	const over = (isWhole: boolean): void => {
		if (isOver) return;
		isOver = true;
		const {headersSent, statusCode} = response;
		const set = flat(response.getHeaders());
		const names = new Set(given.filter((_, index) => index % 2 === 0).map(name => name.toLowerCase()));
		const headers = headersOfRaw([...set.flatMap((part, index) => index % 2 === 0 && !names.has(part.toLowerCase()) ? [part, set[index + 1] ?? ''] : []), ...given]);
		// Nobody but the client ends a stream of events.
		const isEndless = /^text\/event-stream\b/i.test(String(response.getHeader('content-type') ?? ''));
		onEnd({status: headersSent ? statusCode : null, headers: headersSent ? headers : null, errorKey: isWhole || (isEndless && headersSent) ? null : 'client_aborted'});
	};

	response.once('finish', () => over(true));
	response.once('close', () => over(response.writableFinished));
};
