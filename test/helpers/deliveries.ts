import {redactorOf} from '../../source/domain/redaction/redactor.ts';
import {makeSecret} from '../../source/domain/webhooks/signatures.ts';
import {fixedClock} from '../../source/store/queue/queue-clock.ts';
import {type Store} from '../../source/store/store.ts';
import {insertEndpoint} from '../../source/store/webhooks/endpoints.ts';
import {insertEvent} from '../../source/store/webhooks/events.ts';
import {runDeliveries} from '../../source/worker/deliveries/run-deliveries.ts';
import {createSender} from '../../source/worker/deliveries/send-request.ts';

const redactor = redactorOf({fingerprintKey: Buffer.alloc(32), extraKeys: []});

/** An endpoint at this URL. */
export const subscribe = async (store: Store, id: string, url: string, secret = makeSecret(), events: readonly string[] = ['*'], concurrency = 8): Promise<void> => {
	await store.write(insertEndpoint({id, target_url: url, events, active: true, headers: {}, concurrency, created_at: 1, disabled_reason: null}, secret));
};

/** So many events, with a number each. */
export const emit = async (store: Store, count: number, type = 'redemption.failed'): Promise<void> => {
	await store.write(Array.from({length: count}, (_, index) => insertEvent({id: `evt_${type}_${index}`, type, createdAt: Date.now() - count + index, requestId: 'v-1', entityId: null, data: `{"n":${index},"price":10.50}`})));
};

/** Delivers what is due by the clock, and ends. */
export const deliver = async (store: Store, {now = () => Date.now(), isPrivateAllowed = true, limitMs = 10_000, ...given}: {readonly now?: () => number; readonly isPrivateAllowed?: boolean; readonly limitMs?: number; readonly lookup?: never} = {}): Promise<void> => {
	const dueAt = async (): Promise<number> => Number((await store.read(`SELECT count(*) AS due FROM jobs JOIN lanes ON lanes.name = lane
		WHERE type = 'SENDOUT.DELIVER' AND (state = 'running' OR (state = 'ready' AND run_at <= ${Math.trunc(now())} AND blocked_until <= ${Math.trunc(now())}))`))[0]?.due);
	await runDeliveries({
		store, leaseMs: 30_000, signal: new AbortController().signal, readRules: async () => Promise.resolve({redactor, isPrivateAllowed}), isIdle: async () => await dueAt() === 0,
		log() {
			// What it does is seen in the store.
		},
		clock: fixedClock(now), random: () => 0, sender: createSender({limitMs, ...given}),
	});
};

/** As if each had failed for good. */
export const failAll = async (store: Store): Promise<void> => {
	await store.write([
		{sql: `UPDATE jobs SET state = 'dead' WHERE type = 'SENDOUT.DELIVER'`},
		{sql: `UPDATE sendouts SET status = 'failed', attempts = 13, next_attempt_at = NULL, error = 'HTTP 500'`},
	]);
};
