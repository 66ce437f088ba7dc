import type dns from 'node:dns';
import {isUtf8} from 'node:buffer';
import type {Dispatcher} from 'undici';
import {type Headers} from '../../domain/records.ts';

/** What a receiver answered, as far as it came. */
export type Answer = {
	readonly status: number | null;
	readonly headers: Headers | null;
	/** The first 64 KiB, as text; null when there was no answer. */
	readonly body: string | null;
	/** No whole answer came; null when one did, whatever its status. */
	readonly failure: unknown;
	readonly isTimeout: boolean;
	/** Milliseconds. */
	readonly duration: number;
};

export type Sender = {
	/** POSTs, and follows no redirect. Throws only the reason of `signal`. */
	readonly post: (request: {readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array; readonly isPrivateAllowed: boolean; readonly signal: AbortSignal}) => Promise<Answer>;
	readonly close: () => Promise<void>;
};

/** For the whole attempt, from the look-up of the name to the last byte of the answer. */
export const attemptLimitMs = 10_000;
export const keptBodyBytes = 65_536;

const readHeaders = (headers: Dispatcher.ResponseData['headers']): Headers => {
	const read: Record<string, string | readonly string[]> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined) {
			Object.defineProperty(read, name, {value, enumerable: true, configurable: true, writable: true});
		}
	}

	return read;
};

const latin1 = /^[\t\n\r\u0020-\u007e\u00a0-\u00ff]*$/;

/** Text as it came; of what is no text, such as a compressed body, its size and type. */
const bodyAsText = (bytes: Buffer, headers: Dispatcher.ResponseData['headers'], isCut: boolean): string => {
	const encoding = String(headers['content-encoding'] ?? 'identity');
	// A cut can go through a character.
	for (let end = bytes.length; encoding === 'identity' && end >= 0 && end > bytes.length - (isCut ? 4 : 1); end--) {
		if (isUtf8(bytes.subarray(0, end))) {
			return bytes.toString('utf8', 0, end);
		}
	}

	const text = bytes.toString('latin1');
	if (encoding === 'identity' && latin1.test(text)) {
		return text;
	}

	const type = encoding === 'identity' ? String(headers['content-type'] ?? 'binary') : `${String(headers['content-type'] ?? 'binary')}, ${encoding}`;
	return `[${isCut ? 'more than ' : ''}${bytes.length} bytes, ${type}]`;
};

/** Reads up to the limit, and gives the rest up. */
const readBody = async (body: Dispatcher.ResponseData['body'], chunks: Buffer[]): Promise<{readonly isCut: boolean}> => {
	let size = 0;
	for await (const chunk of body) {
		const bytes = chunk as Buffer;
		chunks.push(bytes.subarray(0, keptBodyBytes - size));
		size += bytes.length;
		if (size > keptBodyBytes) {
			// Leaving the loop destroys the stream and closes the connection.
			return {isCut: true};
		}
	}

	return {isCut: false};
};

/** Sends requests over connections that it keeps open for a moment. The library is loaded with the first one. */
export const createSender = ({limitMs = attemptLimitMs, lookup}: {readonly limitMs?: number; readonly lookup?: typeof dns.lookup} = {}): Sender => {
	const load = async () => {
		const {openAgents} = await import('./agents.ts');
		return openAgents({limitMs, lookup});
	};

	let loaded: ReturnType<typeof load> | undefined;
	return {
		async post({url, headers, body, isPrivateAllowed, signal}) {
			const startedAt = performance.now();
			const limit = new AbortController();
			const timer = setTimeout(() => limit.abort(), limitMs);
			const chunks: Buffer[] = [];
			let response: Dispatcher.ResponseData | null = null;
			const answer = (failure: unknown, isCut: boolean): Answer => ({
				status: response?.statusCode ?? null, headers: response === null ? null : readHeaders(response.headers),
				body: response === null ? null : bodyAsText(Buffer.concat(chunks), response.headers, isCut),
				failure, isTimeout: limit.signal.aborted, duration: Math.round(performance.now() - startedAt),
			});
			try {
				loaded ??= load();
				const {request, open, guarded} = await loaded;
				response = await request(url, {method: 'POST', headers, body, dispatcher: isPrivateAllowed ? open : guarded, signal: AbortSignal.any([limit.signal, signal])});
				response.body.on('error', () => {
					// The loop that reads it hears of it, or has left.
				});
				const {isCut} = await readBody(response.body, chunks);
				return answer(null, isCut);
			} catch (error) {
				signal.throwIfAborted();
				return answer(error, true);
			} finally {
				clearTimeout(timer);
			}
		},
		async close() {
			if (loaded !== undefined) {
				const {open, guarded} = await loaded;
				await Promise.all([open.destroy(), guarded.destroy()]);
			}
		},
	};
};
