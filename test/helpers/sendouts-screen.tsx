import {createServer, type RequestListener} from 'node:http';
import {type AddressInfo} from 'node:net';
import {type TestContext} from 'node:test';
import {emitEvent} from '../../source/services/webhooks/emit-event.ts';
import {runTasksAndDeliveries} from '../../source/worker/run-tasks-and-deliveries.ts';
import {drawnAt, openApp, type AppOptions, type AppScreen} from './app-screen.tsx';

export type SendoutsScreen = AppScreen & {
	/** Makes so many events, each with a request ID and a sendout for each endpoint that subscribed. */
	readonly emit: (count: number, type?: string) => Promise<void>;
	/** Delivers what is due, as the worker does, and lets the screen hear of it. */
	readonly deliver: () => Promise<void>;
};

/** The fourth tab, with endpoints on this machine allowed. */
export const openSendouts = async (context: Pick<TestContext, 'after'>, options: AppOptions = {}): Promise<SendoutsScreen> => {
	const screen = await openApp(context, {settings: {'webhooks.allow_private': 'true'}, session: {tab: 'sendouts', timeMode: 'project', tabs: {}}, ...options});
	const {store, directory} = screen;
	let made = 0;
	return {
		...screen,
		async emit(count, type = 'redemption.succeeded') {
			for (let index = 0; index < count; index++) {
				made++;
				await emitEvent({store, now: () => drawnAt - 1000}, {type, data: `{"id":"r_${made}","amount":1.10}`, requestId: `v-${String(made).padStart(18, '0')}`});
			}

			screen.notify();
		},
		async deliver() {
			await runTasksAndDeliveries({
				store, dataDirectory: directory, now: () => Date.now(), leaseMs: 30_000, signal: new AbortController().signal, isUntilIdle: true,
				log() {
					// The store says what was done.
				},
			});
			screen.notify();
		},
	};
};

/** A receiver of webhooks on this machine; gives its URL. */
export const startReceiver = async (context: Pick<TestContext, 'after'>, answer: RequestListener): Promise<string> => {
	const server = createServer(answer);
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	context.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
