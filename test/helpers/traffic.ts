import {once} from 'node:events';
import http, {type RequestListener, type Server} from 'node:http';
import {type AddressInfo} from 'node:net';
import {type TestContext} from 'node:test';
import {readUpstream} from '../../source/intake/proxy/upstream.ts';
import {startProxy, type Proxy} from '../../source/intake/proxy/start-proxy.ts';
import {type Exchange} from '../../source/intake/recorder/exchange.ts';
import {logOfExchange} from '../../source/intake/recorder/log-of-exchange.ts';
import {type Recorder} from '../../source/intake/recorder/recorder.ts';
import {defaultBodyLimit, defaultUploadLimit, type RecordSettings} from '../../source/services/recording/record-settings.ts';
import {type SourceLog} from '../../source/services/import/log-source.ts';

/** A server on a free port of this machine, gone when the test ends. */
export const startServer = async (context: Pick<TestContext, 'after'>, handler: RequestListener | Server): Promise<string> => {
	const server = typeof handler === 'function' ? http.createServer(handler) : handler;
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => {
		server.close();
		server.closeAllConnections?.();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

export type MemoryRecorder = Recorder & {
	readonly exchanges: readonly Exchange[];
	/** The nth exchange (from 0) as it becomes a log; waits until it is recorded. */
	readonly log: (index: number) => Promise<SourceLog>;
};

/** A recorder that keeps what it gets. */
export const memoryRecorder = (given: Partial<RecordSettings> = {}): MemoryRecorder => {
	const settings: RecordSettings = {bodyLimit: defaultBodyLimit, uploadLimit: defaultUploadLimit, rules: {}, ...given};
	const exchanges: Exchange[] = [];
	const waiting = new Set<() => void>();
	return {
		exchanges,
		settings: () => settings,
		record(exchange) {
			exchanges.push(exchange);
			for (const look of waiting) look();
		},
		figures: () => ({recorded: exchanges.length, dropped: 0}),
		close: () => Promise.resolve({recorded: exchanges.length, dropped: 0}),
		async log(index) {
			while (exchanges.length <= index) {
				await new Promise<void>(resolve => {
					waiting.add(resolve);
				});
			}

			return (await logOfExchange(exchanges[index] as Exchange, settings)).log;
		},
	};
};

export type TestProxy = {readonly proxy: Proxy; readonly url: string; readonly recorder: MemoryRecorder};

/** A proxy before that upstream. */
export const proxyBefore = async (context: Pick<TestContext, 'after'>, upstream: string, {timeoutMs = 5000, settings = {}, ca}: {
	readonly timeoutMs?: number;
	readonly settings?: Partial<RecordSettings>;
	readonly ca?: string;
} = {}): Promise<TestProxy> => {
	const recorder = memoryRecorder(settings);
	const proxy = await startProxy({upstream: readUpstream(upstream), host: '127.0.0.1', port: 0, recorder, timeoutMs, now: () => Date.now(), ca});
	context.after(async () => proxy.close(0));
	return {proxy, url: proxy.url, recorder};
};

export type Answer = {readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly rawHeaders: readonly string[]; readonly body: Buffer; /** The connection broke in the middle. */ readonly isCut: boolean};

/** A plain request of Node, which adds nothing by itself. */
export const ask = async (url: string, {method = 'GET', headers = {}, body}: {
	readonly method?: string;
	readonly headers?: http.OutgoingHttpHeaders;
	readonly body?: string | Uint8Array;
} = {}): Promise<Answer> => new Promise((resolve, reject) => {
	const request = http.request(url, {method, headers, agent: false}, response => {
		const chunks: Buffer[] = [];
		const end = (): void => resolve({
			status: response.statusCode ?? 0, headers: response.headers, rawHeaders: response.rawHeaders, body: Buffer.concat(chunks), isCut: !response.complete,
		});
		response.on('data', (chunk: Buffer) => chunks.push(chunk));
		response.on('error', () => undefined);
		response.on('close', end);
	});
	request.on('error', reject);
	request.end(body);
});
