import {STATUS_CODES} from 'node:http';
import {type Duplex} from 'node:stream';
import {type Dispatcher} from 'undici';
import {type Call} from './call.ts';
import {requestHeaders, responseHeaders} from './forward.ts';
import {failureOf} from '../recorder/failure.ts';
import {gatewayBody} from './gateway-answer.ts';
import {flatHeaders} from './headers.ts';
import {type Upstream} from './upstream.ts';

const headText = (status: number, headers: readonly string[]): string => {
	let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
	for (let index = 0; index + 1 < headers.length; index += 2) head += `${headers[index]}: ${headers[index + 1]}\r\n`;
	return `${head}\r\n`;
};

/** Ties two connections together: what one sends the other gets, and the end of one is the end of both. */
const tie = (one: Duplex, other: Duplex): void => {
	for (const [from, to] of [[one, other], [other, one]] as const) {
		from.on('error', () => to.destroy());
		from.on('close', () => to.destroy());
		from.pipe(to);
	}
};

/**
 * Passes on a request for another protocol, such as a WebSocket. It is recorded when it is answered (101 where the
 * upstream agrees), and what then goes over the connection is not. Returns once the connection is done with.
 */
export const forwardUpgrade = (call: Call, {socket, head, protocol, upstream, dispatcher, timeoutMs, onEnd}: {
	readonly socket: Duplex;
	/** What the client sent behind its request. */
	readonly head: Buffer;
	readonly protocol: string;
	readonly upstream: Upstream;
	readonly dispatcher: Dispatcher;
	readonly timeoutMs: number;
	readonly onEnd: () => void;
}): void => {
	let abort: (() => void) | null = null;
	socket.on('error', () => socket.destroy());
	socket.on('close', () => {
		call.finish('client_aborted');
		abort?.();
		onEnd();
	});

	const refuse = (error: Error): void => {
		if (call.isFinished()) {
			socket.destroy();
			return;
		}

		const reason = failureOf(error);
		const body = gatewayBody(reason, call.requestId);
		call.finish(reason.key);
		socket.end(headText(reason.status, ['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(body)), 'Connection', 'close', 'X-Request-Id', call.requestId]) + body);
	};

	dispatcher.dispatch({
		origin: upstream.origin, path: call.path, method: (call.request.method ?? 'GET'),
		headers: requestHeaders(call, upstream), upgrade: protocol, headersTimeout: timeoutMs, bodyTimeout: 0,
	}, {
		onRequestStart(controller) {
			abort = () => {
				if (!controller.aborted) controller.abort(new Error('the client went away'));
			};
		},
		onRequestUpgrade(controller, status, headers, upstreamSocket) {
			const raw = flatHeaders(controller.rawHeaders ?? headers);
			call.begin(status, raw);
			abort = () => upstreamSocket.destroy();
			socket.write(headText(status, [...responseHeaders(raw, call, upstream), 'Connection', 'Upgrade', 'Upgrade', protocol]));
			if (head.length > 0) upstreamSocket.write(head);
			tie(socket, upstreamSocket);
			call.finish();
		},
		// The upstream does not agree: its answer is passed on as it is, and the connection ends with it.
		onResponseStart(controller, status, headers) {
			if (status < 200) return;
			const raw = flatHeaders(controller.rawHeaders ?? headers);
			call.begin(status, raw);
			socket.write(headText(status, [...responseHeaders(raw, call, upstream), 'Connection', 'close']));
		},
		onResponseData(_, chunk) {
			call.answered.add(chunk);
			socket.write(chunk);
		},
		onResponseEnd() {
			call.finish();
			socket.end();
		},
		onResponseError(_, error) {
			refuse(error);
		},
	});
};
