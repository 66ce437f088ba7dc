import {type Readable} from 'node:stream';
import {setTimeout as delay} from 'node:timers/promises';
import {Agent, type Dispatcher, request} from 'undici';
import {type Credentials} from '../../services/pull/credentials.ts';
import {isLoopback, type ProjectAddress} from '../../services/pull/project-address.ts';
import {VoucherifyFault} from '../../services/pull/voucherify-api.ts';
import {type CallLimits} from './call-limits.ts';
import {refusalOf, unreachable} from './refusal.ts';

/** How auditty names itself in the channel column of the project's own audit log; pulls leave it out. */
export const ownChannel = 'auditty';

export type HttpClient = {
	/** The JSON of an answer; null for 404. `what` names the call in faults. */
	readonly json: (call: {readonly what: string; readonly method: 'GET' | 'POST'; readonly path: string; readonly query?: Readonly<Record<string, string>>; readonly body?: unknown}, signal: AbortSignal) => Promise<unknown>;
	/** A file, as it comes. */
	readonly file: (url: string, signal: AbortSignal) => Promise<Readable>;
	readonly close: () => Promise<void>;
};

const mostTries = 4;
const mostRefusals = 60;
const mostRedirects = 3;
const callMs = 60_000;
const mostAnswerBytes = 64 * 1024 * 1024;

const bodyText = async (body: Dispatcher.ResponseData['body']): Promise<string> => {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > mostAnswerBytes) {
			body.destroy();
			throw new VoucherifyFault('request', 'an answer of Voucherify is larger than 64 MiB', 'report it');
		}

		chunks.push(chunk);
	}

	return Buffer.concat(chunks).toString('utf8');
};

/** Calls of one project. `retryMs` is the pause before the first of three more tries after a failure that may pass. */
export const createHttpClient = ({address, credentials, limits, retryMs = 500}: {
	readonly address: ProjectAddress;
	readonly credentials: Credentials;
	readonly limits: CallLimits;
	readonly retryMs?: number | undefined;
}): HttpClient => {
	const agent = new Agent({connections: 4, connect: {timeout: 10_000}, headersTimeout: 60_000, bodyTimeout: 60_000});
	const keys = (): Record<string, string> => ({
		'x-app-id': credentials.appId(),
		'x-app-token': credentials.secretKey(),
		'x-voucherify-channel': ownChannel,
		'x-voucherify-api-version': 'v2018-08-01',
		'user-agent': ownChannel,
	});

	/** Where the API is on this machine, other servers of it are as good. */
	const isBesideApi = (url: URL): boolean => url.protocol === 'http:' && isLoopback(url.hostname) && isLoopback(new URL(address.apiUrl).hostname);

	/** One call with as many tries as it takes; `read` takes an answer of status 2xx, 3xx or 404. */
	const call = async <T>({what, url, options, signal, tryMs, read}: {
		readonly what: string;
		/** A try takes no longer, answer included. */
		readonly tryMs?: number;
		readonly url: URL;
		readonly options: {readonly method: 'GET' | 'POST'; readonly headers: Record<string, string>; readonly body?: string};
		readonly signal: AbortSignal;
		readonly read: (answer: Dispatcher.ResponseData) => Promise<T>;
	}): Promise<T> => {
		let refusedTimes = 0;
		for (let tries = 1; ;) {
			await limits.pass(signal);
			signal.throwIfAborted();
			let fault: VoucherifyFault;
			try {
				const within = tryMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(tryMs)]);
				const answer = await request(url, {...options, dispatcher: agent, signal: within});
				const {statusCode: status, headers, body} = answer;
				if (status < 400 || status === 404) {
					limits.note(headers, {refusedTimes: 0});
					return await read(answer);
				}

				const text = await bodyText(body);
				if (status === 429 && ++refusedTimes <= mostRefusals) {
					limits.note(headers, {refusedTimes});
					continue;
				}

				limits.note(headers, {refusedTimes: 0});
				fault = refusalOf(what, status, text);
				if (fault.kind !== 'server') {
					throw fault;
				}
			} catch (error) {
				signal.throwIfAborted();
				if (error instanceof VoucherifyFault) {
					throw error;
				}

				fault = unreachable(url.host, error);
			}

			if (tries++ >= mostTries) {
				throw fault;
			}

			await delay(retryMs * 2 ** (tries - 2) * (0.8 + Math.random() * 0.4), undefined, {signal}).catch(() => signal.throwIfAborted());
		}
	};

	return {
		async json({what, method, path, query = {}, body}, signal) {
			const url = new URL(`${address.apiUrl}${path}`);
			for (const [name, value] of Object.entries(query)) {
				url.searchParams.set(name, value);
			}

			return call({
				what, url, signal, tryMs: callMs,
				options: {method, headers: {...keys(), accept: 'application/json', ...(body !== undefined && {'content-type': 'application/json'})}, ...(body !== undefined && {body: JSON.stringify(body)})},
				async read({statusCode, body: answer}) {
					const text = await bodyText(answer);
					if (statusCode === 404) {
						return null;
					}

					try {
						if (statusCode < 300) return JSON.parse(text) as unknown;
					} catch {
						// Said below.
					}

					throw new VoucherifyFault('request', `${url.host} did not answer ${what} as Voucherify does (${statusCode})`, 'see voucherify.region or voucherify.host');
				},
			});
		},

		async file(text, signal) {
			let url = URL.parse(text);
			for (let hops = 0; hops <= mostRedirects; hops++) {
				const isOwn = url !== null && address.downloadHosts.includes(url.host) && url.protocol === new URL(address.apiUrl).protocol;
				// Elsewhere the token in the URL must do: the keys go to the project's own hosts only.
				if (url === null || !(isOwn || url.protocol === 'https:' || isBesideApi(url)) || url.username !== '') {
					throw new VoucherifyFault('request', `the file of an export is at ${url === null ? 'no address' : `${url.protocol}//${url.host}`}, which auditty does not ask`, `it takes files of ${address.downloadHosts.join(', ')}, and by https those of others`);
				}

				const from = url;
				const found: Readable | string = await call<Readable | string>({
					what: 'the download of an export', url, signal, options: {method: 'GET', headers: isOwn ? keys() : {'user-agent': ownChannel}},
					async read({statusCode, headers, body}) {
						if (statusCode < 300) {
							return body;
						}

						const answer = await bodyText(body);
						const {location} = headers;
						if (statusCode === 404 || typeof location !== 'string') {
							throw refusalOf('the download of an export', statusCode, answer);
						}

						return location;
					},
				});
				if (typeof found !== 'string') {
					return found;
				}

				url = URL.parse(found, from.href);
			}

			throw new VoucherifyFault('request', 'the file of an export is behind too many redirects', 'pull again later');
		},

		close: async () => agent.destroy(),
	};
};
