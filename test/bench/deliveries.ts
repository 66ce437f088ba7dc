import path from 'node:path';
import {type TestContext} from 'node:test';
import {request, Agent} from 'undici';
import {redactorOf} from '../../source/domain/redaction/redactor.ts';
import {makeSecret} from '../../source/domain/webhooks/signatures.ts';
import {openStore} from '../../source/store/open-store.ts';
import {type Store} from '../../source/store/store.ts';
import {insertEndpoint} from '../../source/store/webhooks/endpoints.ts';
import {insertEvent} from '../../source/store/webhooks/events.ts';
import {runDeliveries} from '../../source/worker/deliveries/run-deliveries.ts';
import {createSender} from '../../source/worker/deliveries/send-request.ts';
import {startReceiver} from '../helpers/receiver.ts';
import {type Bench} from './context.ts';

const events = 3000;
const few = 300;
const atOnce = 8;
const redactor = redactorOf({fingerprintKey: Buffer.alloc(32), extraKeys: []});

const emit = async (store: Store, count: number): Promise<void> => {
	for (let first = 0; first < count; first += 500) {
		await store.write(Array.from({length: Math.min(500, count - first)}, (_, index) => insertEvent({id: `evt_${first + index}`, type: 'a.b', createdAt: Date.now(), requestId: null, entityId: null, data: JSON.stringify({n: first + index, note: 'x'.repeat(600)})})));
	}
};

const subscribe = async (store: Store, id: string, url: string): Promise<void> => {
	await store.write(insertEndpoint({id, target_url: url, events: ['*'], active: true, headers: {}, created_at: 1, disabled_reason: null}, makeSecret()));
};

/** Milliseconds until all sendouts of the endpoint are delivered. */
const deliver = async (store: Store, endpoint: string, count: number): Promise<number> => {
	const ending = new AbortController();
	let delivered = 0;
	const start = performance.now();
	let ms = 0;
	await runDeliveries({
		store, leaseMs: 30_000, signal: ending.signal, readRules: async () => Promise.resolve({redactor, isPrivateAllowed: true}), sender: createSender(),
		log(event) {
			if (event.kind === 'delivered' && event.result.endpointId === endpoint && ++delivered === count) {
				ms = performance.now() - start;
				ending.abort();
			}
		},
	});
	return ms;
};

/** Deliveries to a receiver on loopback, beside bare requests of the same size, and with two endpoints in trouble beside it. */
export const deliveryBench: Bench = {
	name: 'deliveries',
	async run({scratch}) {
		const ends: Array<() => unknown> = [];
		const context = {after: (end: () => unknown) => ends.push(end)} as unknown as Pick<TestContext, 'after'>;
		const open = async (name: string): Promise<Store> => {
			const store = await openStore({url: `file:${path.join(scratch, `${name}.db`)}`, isReadOnly: false});
			ends.push(async () => store.close());
			return store;
		};

		const well = await startReceiver(context, response => response.end('ok'));
		const hanging = await startReceiver(context, () => undefined);
		const body = JSON.stringify({n: 1, note: 'x'.repeat(900)});
		const dispatcher = new Agent({connections: atOnce});
		const start = performance.now();
		await Promise.all(Array.from({length: atOnce}, async () => {
			for (let index = 0; index < events / atOnce; index++) {
				const response = await request(well.url, {method: 'POST', body, dispatcher});
				await response.body.text();
			}
		}));
		const bare = events / (performance.now() - start) * 1000;
		await dispatcher.destroy();

		const one = await open('one');
		await subscribe(one, 'wh_well', well.url);
		await emit(one, events);
		const rate = events / await deliver(one, 'wh_well', events) * 1000;

		const alone = await open('alone');
		await subscribe(alone, 'wh_well', well.url);
		await emit(alone, few);
		const aloneMs = await deliver(alone, 'wh_well', few);

		const beside = await open('beside');
		await subscribe(beside, 'wh_hangs', hanging.url);
		await subscribe(beside, 'wh_refuses', 'http://127.0.0.1:1/hook');
		await subscribe(beside, 'wh_well', well.url);
		await emit(beside, few);
		const besideMs = await deliver(beside, 'wh_well', few);
		for (const end of ends) {
			await end();
		}

		return [
			{bench: 'deliveries', name: 'deliveries to one endpoint (at least 500)', value: rate, unit: 'calls/s', baseline: {name: 'bare undici', value: bare}},
			{bench: 'deliveries', name: `${few} beside one that hangs and one that refuses`, value: besideMs, unit: 'ms', baseline: {name: 'alone', value: aloneMs}},
		];
	},
};
