import {createServer, type IncomingMessage} from 'node:http';
import {type Duplex} from 'node:stream';
import {Agent} from 'undici';
import {listenOn, urlOfAddress} from '../listen-on.ts';
import {type Recorder} from '../recorder/recorder.ts';
import {startCall, type Call} from './call.ts';
import {forward} from './forward.ts';
import {forwardUpgrade} from './forward-upgrade.ts';
import {upgradeOf} from './headers.ts';
import {type Upstream} from './upstream.ts';

export type Proxy = {
	/** Where it listens: `http://127.0.0.1:8080`. */
	readonly url: string;
	/** Calls that came in. */
	readonly forwarded: () => number;
	/** Takes no new calls, lets those that run end for at most `graceMs`, then cuts them off. */
	readonly close: (graceMs: number) => Promise<void>;
};

const connectTimeoutMs = 10_000;
const idleMs = 65_000;
const headerBytes = 64 * 1024;

/** Some clients offer HTTP/2 this way with every request; who does not agree just answers it. */
const isUpgrade = ({rawHeaders}: IncomingMessage): boolean => !/^h2c?$/i.test(upgradeOf(rawHeaders) ?? 'h2c');

/** Starts to pass calls on to the upstream. Throws a `Fault` when it cannot listen. */
export const startProxy = async ({upstream, host, port, recorder, timeoutMs, now, ca}: {
	readonly upstream: Upstream;
	readonly host: string;
	/** 0 takes any that is free. */
	readonly port: number;
	readonly recorder: Recorder;
	/** How long the upstream may take to begin its answer. */
	readonly timeoutMs: number;
	readonly now: () => number;
	/** Certificates to trust beside those of the system. */
	readonly ca?: string | undefined;
}): Promise<Proxy> => {
	const connect = {timeout: connectTimeoutMs, ...(ca !== undefined && {ca})};
	const sizes = {maxHeaderSize: headerBytes, connect};
	// HTTP/2 where the upstream offers it in its handshake; another protocol than HTTP needs a connection of its own.
	const dispatcher = new Agent({...sizes, allowH2: true});
	const upgrading = new Agent({...sizes, allowH2: false});
	const upgraded = new Set<Duplex>();
	let forwarded = 0;
	const running = new Set<Call>();
	let onIdle: (() => void) | null = null;

	const start = (request: Parameters<typeof startCall>[0]): Call => {
		forwarded++;
		const call = startCall(request, {
			upstream, recorder, now,
			onFinish() {
				running.delete(call);
				if (running.size === 0) onIdle?.();
			},
		});
		running.add(call);
		return call;
	};

	const server = createServer({maxHeaderSize: headerBytes, keepAliveTimeout: idleMs, requestTimeout: 0, noDelay: true, shouldUpgradeCallback: isUpgrade}, (request, response) => {
		forward(start(request), response, {upstream, dispatcher, timeoutMs});
	});
	server.on('upgrade', (request, socket, head) => {
		upgraded.add(socket);
		forwardUpgrade(start(request), {
			socket, head, protocol: upgradeOf(request.rawHeaders) ?? 'websocket', upstream, dispatcher: upgrading, timeoutMs,
			onEnd: () => upgraded.delete(socket),
		});
	});
	const address = await listenOn(server, host, port);

	return {
		url: urlOfAddress(address),
		forwarded: () => forwarded,
		async close(graceMs) {
			const closed = new Promise(resolve => {
				server.close(resolve);
			});
			server.closeIdleConnections();
			for (const socket of upgraded) socket.destroy();
			if (running.size > 0) {
				await new Promise<void>(resolve => {
					const timer = setTimeout(resolve, graceMs);
					onIdle = () => {
						clearTimeout(timer);
						// The last answer is on its way to the client.
						setImmediate(resolve);
					};
				});
			}

			for (const call of running) call.finish('proxy_stopped');
			server.closeAllConnections();
			await Promise.all([closed, dispatcher.destroy(), upgrading.destroy()]);
		},
	};
};
