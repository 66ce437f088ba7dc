import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {idPrefixes, makeId} from '../../domain/ids.ts';
import {startProxy} from '../../intake/proxy/start-proxy.ts';
import {readUpstream} from '../../intake/proxy/upstream.ts';
import {startExport} from '../../services/export/start-export.ts';
import {findSampleDirectory} from '../../services/sample/sample-directory.ts';
import {type StoreOptions} from '../../store/open-store.ts';
import {databaseAndHome} from '../opening.ts';
import {runChild} from '../run-child.ts';
import {startRecorderProcess} from '../start-recorder-process.ts';
import {startDemoApi} from './demo-api.ts';
import {readDemoCalls, type DemoCall} from './demo-calls.ts';
import {startDemoReceiver} from './demo-receiver.ts';
import {sendEventOf, subscribeReceiver} from './demo-webhooks.ts';

const mostCalls = 1500;
const failureShare = 0.12;
const pauseMs = {least: 250, most: 1800};
const exportEveryMs = 45_000;
const exportQueries = ['status:failure since:24h', 'endpoint:POST_v1_redemptions since:3d', 'since:24h channel:API'];

const now = (): number => Date.now();

/**
 * The life of the demo: calls of the sample project go, by a recording proxy, to an API that stands on this machine;
 * what they set off is delivered to a receiver that answers well, slowly, wrongly or not at all.
 */
export const runDemoProcess = (): void => {
	runChild(async opening => {
		const {store, home} = await databaseAndHome(opening);
		const calls = await readDemoCalls({directory: findSampleDirectory(), until: now(), most: mostCalls});
		const failing = calls.filter(({answer}) => answer.status >= 400);
		const passing = calls.filter(({answer}) => answer.status < 400);
		const [api, receiver] = await Promise.all([startDemoApi(), startDemoReceiver()]);
		const recorder = startRecorderProcess({
			command: [process.argv[1] ?? '', '--internal-recorder'],
			opening: opening as StoreOptions,
			onNotice() {
				// What it records is seen in the store.
			},
		});
		await recorder.ready;
		const proxy = await startProxy({upstream: readUpstream(api.url), host: '127.0.0.1', port: 0, recorder, timeoutMs: 30_000, now});
		await subscribeReceiver(store, receiver.urls, now());
		const ending = new AbortController();

		const make = async (call: DemoCall): Promise<void> => {
			const requestId = makeId(idPrefixes.request, now(), Math.random);
			api.expect(requestId, call.answer);
			const response = await fetch(proxy.url + call.path, {
				method: call.method, headers: {...call.headers, 'x-request-id': requestId}, body: call.method === 'GET' ? null : call.body, signal: ending.signal,
			});
			await response.arrayBuffer();
			await sendEventOf(store, call, {requestId, now: now()});
		};

		const live = async (): Promise<void> => {
			while (!ending.signal.aborted) {
				const some = Math.random() < failureShare ? failing : passing;
				const call = some[Math.floor(Math.random() * some.length)];
				// A call, or a write, that failed is one less; the next comes in a moment.
				await (call && make(call))?.catch(() => undefined);
				await delay(pauseMs.least + Math.random() * (pauseMs.most - pauseMs.least), undefined, {signal: ending.signal}).catch(() => undefined);
			}
		};

		const exportAgain = async (): Promise<void> => {
			for (let index = 0; !ending.signal.aborted; index++) {
				await startExport({store, dataDirectory: home, now}, {tab: 'logs', query: exportQueries[index % exportQueries.length] ?? ''}).catch(() => undefined);
				await delay(exportEveryMs, undefined, {signal: ending.signal}).catch(() => undefined);
			}
		};

		const work = Promise.all([live(), exportAgain()]);
		return {
			receive() {
				// Nothing is asked of it.
			},
			async close() {
				ending.abort();
				await work;
				await proxy.close(100);
				await recorder.close(500);
				api.close();
				receiver.close();
				await store.close();
			},
		};
	});
};
