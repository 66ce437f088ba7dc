import {type IncomingMessage, type ServerResponse} from 'node:http';
import {type Dispatcher} from 'undici';
import {rawHeader, requestIdOf} from '../recorder/raw-headers.ts';
import {type Call} from './call.ts';
import {failureOf, type UpstreamFailure} from '../recorder/failure.ts';
import {gatewayBody} from './gateway-answer.ts';
import {endToEnd, flatHeaders} from './headers.ts';
import {requestBody} from './request-body.ts';
import {type Upstream} from './upstream.ts';

const none: ReadonlySet<string> = new Set();
/** The upstream is named anew; `Expect` was answered here. */
const ownRequestHeaders: ReadonlySet<string> = new Set(['host', 'expect']);

/** What the upstream is sent: as the client sent it, with the upstream's own name, and with a request ID. */
export const requestHeaders = (call: Call, upstream: Upstream): string[] => {
	const headers = endToEnd(call.request.rawHeaders, ownRequestHeaders);
	headers.push('Host', upstream.host);
	if (call.isIdMade) headers.push('X-Request-Id', call.requestId);
	return headers;
};

/** A redirect within the upstream leads back through the proxy. */
const rewriteLocation = (headers: string[], {origin}: Upstream, {headers: {host}}: IncomingMessage): void => {
	for (let index = 0; index < headers.length; index += 2) {
		const location = headers[index + 1] ?? '';
		if (headers[index]?.toLowerCase() === 'location' && host !== undefined && (location === origin || /^[/?#]/.test(location.slice(origin.length))) && location.startsWith(origin)) {
			headers[index + 1] = `http://${host}${location.slice(origin.length)}`;
		}
	}
};

/** What the client is sent: as the upstream sent it, with a request ID where it gave none. */
export const responseHeaders = (raw: readonly string[], call: Call, upstream: Upstream): string[] => {
	const headers = endToEnd(raw, none);
	rewriteLocation(headers, upstream, call.request);
	if (requestIdOf(raw) === null) headers.push('X-Request-Id', call.requestId);
	return headers;
};

/** Tells the client that there is no answer. */
export const refuse = (response: ServerResponse, error: UpstreamFailure, requestId: string): void => {
	const body = gatewayBody(error, requestId);
	response.writeHead(error.status, {'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), 'X-Request-Id': requestId});
	response.end(body);
};

/** Nobody but the client ends such a stream. */
const isEventStream = (raw: readonly string[]): boolean => /^text\/event-stream\b/i.test(rawHeader(raw, 'content-type') ?? '');

const isSafe = /^(?:GET|HEAD|OPTIONS)$/;

/** The upstream closed a connection that had served before, just as it was used again: that says nothing about the call. */
const isStale = (error: Error): boolean => {
	const {code, socket} = error as Error & {readonly code?: string; readonly socket?: {readonly bytesRead?: number} | null};
	return code === 'ECONNRESET' || code === 'EPIPE' || (code === 'UND_ERR_SOCKET' && (socket?.bytesRead ?? 0) > 0);
};

/** Passes a call on and its answer back, each as fast as the other side takes it, and records it when it is over. */
export const forward = (call: Call, response: ServerResponse, {upstream, dispatcher, timeoutMs}: {
	readonly upstream: Upstream;
	readonly dispatcher: Dispatcher;
	/** How long the upstream may take to begin its answer. */
	readonly timeoutMs: number;
}): void => {
	const {request, answered} = call;
	let controller: Dispatcher.DispatchController | null = null;
	let isEndless = false;

	response.on('drain', () => controller?.resume());
	response.on('error', () => undefined);
	response.on('close', () => {
		if (!response.writableFinished) {
			call.finish(isEndless ? null : 'client_aborted');
			controller?.abort(new Error('the client went away'));
		}
	});
	// Told only when the client has all of it: what is cut off on the way to it is a failure.
	response.on('finish', () => call.finish());

	const fail = (error: Error): void => {
		if (call.isFinished()) return;
		const reason = failureOf(error);
		if (response.headersSent) {
			call.finish(reason.key === 'upstream_timeout' ? 'upstream_timeout' : 'upstream_cut_off');
			response.destroy();
		} else {
			call.finish(reason.key);
			refuse(response, reason, call.requestId);
		}
	};

	const body = requestBody(request, call.asked);
	const handler = (onError: (error: Error) => void): Dispatcher.DispatchHandler => ({
		onRequestStart(current) {
			controller = current;
			if (call.isFinished()) current.abort(new Error('the client went away'));
		},
		onResponseStart(current, status, headers, statusText) {
			controller = current;
			if (status === 103) response.writeEarlyHints(headers as Record<string, string | string[]>);
			if (status < 200 || response.headersSent || response.destroyed) return;
			const raw = flatHeaders(current.rawHeaders ?? headers);
			call.begin(status, raw);
			isEndless = isEventStream(raw);
			response.writeHead(status, statusText ?? '', responseHeaders(raw, call, upstream));
			// What the upstream has begun, the client sees begin.
			if (isEndless) response.flushHeaders();
		},
		onResponseData(current, chunk) {
			answered.add(chunk);
			if (!response.write(chunk) && !response.destroyed) current.pause();
		},
		onResponseEnd(_, trailers) {
			if (Object.keys(trailers).length > 0 && rawHeader(request.rawHeaders, 'te') !== null) response.addTrailers(trailers);
			response.end();
		},
		onResponseError(_, error) {
			onError(error);
		},
	});

	const send = (onError: (error: Error) => void): void => {
		try {
			dispatcher.dispatch({
				origin: upstream.origin, path: call.path, method: request.method ?? 'GET', headers: requestHeaders(call, upstream), body,
				headersTimeout: timeoutMs, bodyTimeout: 0,
			}, handler(onError));
		} catch (error) {
			fail(error as Error);
		}
	};

	send(error => {
		body?.destroy();
		if (body === null && !response.headersSent && !call.isFinished() && isSafe.test(request.method ?? '') && isStale(error)) send(fail);
		else fail(error);
	});
};
