import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
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
import {percentile} from './figures.ts';

const events = 3000;
const atOnce = 8;
const steadyRate = 100;
const steadyEvents = 600;
const rounds = 3;
const redactor = redactorOf({fingerprintKey: Buffer.alloc(32), extraKeys: []});

const baseline = (name: string, ...args: readonly string[]): ChildProcess => fork(fileURLToPath(new URL(`baselines/${name}.ts`, import.meta.url)), args);

const emit = async (store: Store, count: number): Promise<void> => {
	for (let first = 0; first < count; first += 500) {
		await store.write(Array.from({length: Math.min(500, count - first)}, (_, index) => insertEvent({id: `evt_${first + index}`, type: 'a.b', createdAt: Date.now(), requestId: null, entityId: null, data: JSON.stringify({at: String(process.hrtime.bigint()), note: 'x'.repeat(600)})})));
	}
};

const subscribe = async (store: Store, id: string, url: string): Promise<void> => {
	await store.write(insertEndpoint({id, target_url: url, events: ['*'], active: true, headers: {}, concurrency: 8, created_at: 1, disabled_reason: null}, makeSecret()));
};

/** Milliseconds until so many sendouts of the endpoint are delivered. */
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

type Measured = {readonly latencies: readonly number[]; readonly rates: readonly number[]};

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

		const receiver = baseline('stamping-receiver');
		ends.push(() => receiver.kill());
		const [{port}] = await once(receiver, 'message') as [{port: number}];
		const wellUrl = `http://127.0.0.1:${port}/hook`;
		const takeLatencies = async (): Promise<readonly number[]> => {
			receiver.send('report');
			const [{latencies}] = await once(receiver, 'message') as [{latencies: readonly number[]}];
			return latencies;
		};

		const hanging = await startReceiver(context, () => undefined);
		const body = JSON.stringify({data: {at: '0'}, note: 'x'.repeat(900)});
		const dispatcher = new Agent({connections: atOnce});
		const start = performance.now();
		await Promise.all(Array.from({length: atOnce}, async () => {
			for (let index = 0; index < events / atOnce; index++) {
				const response = await request(wellUrl, {method: 'POST', body, dispatcher});
				await response.body.text();
			}
		}));
		const bare = events / (performance.now() - start) * 1000;
		await dispatcher.destroy();
		await takeLatencies();

		/** At a steady load from another process, then with all of them waiting. */
		const measure = async (name: string, others: Readonly<Record<string, string>>): Promise<{readonly latencies: readonly number[]; readonly rate: number}> => {
			const store = await open(name);
			for (const [id, url] of Object.entries({...others, wh_well: wellUrl})) {
				await subscribe(store, id, url);
			}

			const emitter = baseline('steady-emitter', `file:${path.join(scratch, `${name}.db`)}`, String(steadyRate), String(steadyEvents));
			await Promise.all([deliver(store, 'wh_well', steadyEvents), once(emitter, 'exit')]);
			const latencies = await takeLatencies();
			await emit(store, events);
			const rate = events / await deliver(store, 'wh_well', events) * 1000;
			await takeLatencies();
			return {latencies, rate};
		};

		const alone: Measured = {latencies: [], rates: []};
		const beside: Measured = {latencies: [], rates: []};
		const add = (measured: Measured, {latencies, rate}: {readonly latencies: readonly number[]; readonly rate: number}): void => {
			Object.assign(measured, {latencies: [...measured.latencies, ...latencies], rates: [...measured.rates, rate]});
		};

		// In turns, so that whatever else the machine does falls on both alike.
		for (let round = 0; round < rounds; round++) {
			add(alone, await measure(`alone-${round}`, {}));
			add(beside, await measure(`beside-${round}`, {wh_hangs: hanging.url, wh_refuses: 'http://127.0.0.1:1/hook'}));
		}

		for (const end of ends) {
			await end();
		}

		const beside2 = 'beside one that hangs and one that refuses';
		return [
			{bench: 'deliveries', name: 'deliveries to one endpoint (at least 500)', value: percentile(alone.rates, 0.5), unit: 'calls/s', baseline: {name: 'bare undici', value: bare}},
			{bench: 'deliveries', name: `the same, ${beside2}`, value: percentile(beside.rates, 0.5), unit: 'calls/s', baseline: {name: 'alone', value: percentile(alone.rates, 0.5)}},
			...([['median', 0.5], ['p99', 0.99]] as const).map(([name, part]) => ({
				bench: 'deliveries', name: `event to receipt at ${steadyRate}/s, ${name}, ${beside2}`, value: percentile(beside.latencies, part), unit: 'ms' as const,
				baseline: {name: 'alone', value: percentile(alone.latencies, part)},
			})),
		];
	},
};
