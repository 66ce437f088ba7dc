import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {Fault} from '../../domain/fault.ts';
import {type StoredWebhook, type WebhookReceiver} from '../../services/receive-webhooks.ts';
import {listenOn, urlOfAddress} from '../listen-on.ts';
import {isSigned, signatureHeader} from './signature.ts';

/** Why a request was not taken in. */
export type Refusal = 'signature' | 'too_large' | 'method' | 'encoding' | 'empty' | 'cut_off' | 'store';

export type ListenerEvent =
	| {readonly kind: 'received'; readonly webhook: StoredWebhook}
	| {readonly kind: 'refused'; readonly reason: Refusal; readonly from: string; readonly error?: unknown};

export type Listener = {
	readonly url: string;
	/** Takes no new requests, answers those that are here, and ends. */
	readonly close: () => Promise<void>;
};

/** Voucherify waits 10 s; a sender that takes longer to send than that is none of its. */
const requestTimeoutMs = 30_000;

/** By then a sender that waits 10 s is told to come again; what is stored later all the same it then repeats. */
const answerWithinMs = 8000;

const inTime = async <T>(work: Promise<T>, ms: number): Promise<T> => {
	const timer = Promise.withResolvers<never>();
	const handle = setTimeout(() => timer.reject(new Fault('the store took too long')), ms);
	try {
		return await Promise.race([work, timer.promise]);
	} finally {
		clearTimeout(handle);
	}
};

const answers: Readonly<Record<Refusal, readonly [status: number, text: string]>> = {
	signature: [401, 'the signature is wrong or missing'],
	too_large: [413, 'the payload is too large'],
	method: [405, 'send webhooks by POST'],
	encoding: [415, 'send the payload without a content encoding'],
	empty: [400, 'there is no payload'],
	cut_off: [400, 'the payload ended early'],
	store: [503, 'it cannot be stored just now, try again'],
};

/** The whole body, `too_large` at once when it is larger than that, `cut_off` when the sender went away. */
const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer | 'too_large' | 'cut_off'> => {
	if (Number(request.headers['content-length'] ?? 0) > limit) return 'too_large';
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of request as AsyncIterable<Buffer>) {
			size += chunk.length;
			if (size > limit) return 'too_large';
			chunks.push(chunk);
		}
	} catch {
		return 'cut_off';
	}

	return Buffer.concat(chunks);
};

/**
 * Takes in webhooks: verifies, stores, and only then answers 200, so that what the sender counts as delivered is in the
 * store. Throws a `Fault` when it cannot listen.
 * @param options.secrets Null takes all in unverified.
 */
export const startListener = async ({host, port, secrets, bodyLimit, receiver, now, onEvent, storeTimeoutMs = answerWithinMs}: {
	readonly host: string;
	readonly port: number;
	readonly secrets: readonly string[] | null;
	/** Bytes. */
	readonly bodyLimit: number;
	readonly receiver: WebhookReceiver;
	readonly now: () => number;
	readonly onEvent: (event: ListenerEvent) => void;
	readonly storeTimeoutMs?: number;
}): Promise<Listener> => {
	const take = async (request: IncomingMessage): Promise<StoredWebhook | {readonly refusal: Refusal; readonly error?: unknown}> => {
		if (request.method !== 'POST') return {refusal: 'method'};
		if (!/^(?:|identity)$/i.test(request.headers['content-encoding'] ?? '')) return {refusal: 'encoding'};
		const receivedAt = now();
		const body = await readBody(request, bodyLimit);
		if (typeof body === 'string') return {refusal: body};
		const signature = request.headers[signatureHeader];
		if (secrets !== null && !isSigned(body, typeof signature === 'string' ? signature : undefined, secrets)) return {refusal: 'signature'};
		if (body.length === 0) return {refusal: 'empty'};
		try {
			return await inTime(receiver.receive({body: body.toString('utf8'), receivedAt, status: 200}), storeTimeoutMs);
		} catch (error) {
			return {refusal: 'store', error};
		}
	};

	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const from = request.socket.remoteAddress ?? '';
		const taken = await take(request);
		if (!('refusal' in taken)) {
			onEvent({kind: 'received', webhook: taken});
			response.writeHead(200, {'Content-Type': 'application/json'}).end(JSON.stringify({id: taken.sendout.id}));
			return;
		}

		const {refusal, error} = taken;
		onEvent({kind: 'refused', reason: refusal, from, error});
		const [status, message] = answers[refusal];
		const headers = {'Content-Type': 'application/json', ...(refusal === 'method' && {Allow: 'POST'}), ...(refusal === 'store' && {'Retry-After': '10'})};
		// What is left of a body that is not wanted is not read.
		response.shouldKeepAlive = request.complete;
		response.writeHead(status, headers).end(JSON.stringify({code: status, message}));
	};

	const server = createServer({requestTimeout: requestTimeoutMs}, (request, response) => {
		response.on('error', () => undefined);
		void answer(request, response).catch(() => response.destroy());
	});
	const address = await listenOn(server, host, port);
	return {
		url: urlOfAddress(address),
		async close() {
			const closed = new Promise(resolve => {
				server.close(resolve);
			});
			server.closeIdleConnections();
			await receiver.settled();
			await Promise.race([closed, new Promise(resolve => {
				setTimeout(resolve, 2000).unref();
			})]);
			server.closeAllConnections();
			await closed;
		},
	};
};
