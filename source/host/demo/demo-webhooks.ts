import {idPrefixes, makeId} from '../../domain/ids.ts';
import {usualConcurrency} from '../../domain/webhooks/concurrency.ts';
import {makeSecret} from '../../domain/webhooks/signatures.ts';
import {type Store} from '../../store/store.ts';
import {insertEndpoint} from '../../store/webhooks/endpoints.ts';
import {insertEvent} from '../../store/webhooks/events.ts';
import {type DemoCall} from './demo-calls.ts';
import {type DemoAnswer} from './demo-receiver.ts';

/** What each of the receiver's URLs subscribes to. */
const subscriptions: Readonly<Record<DemoAnswer, readonly string[]>> = {
	well: ['*'],
	slowly: ['redemption.succeeded', 'export.done', 'task.*'],
	wrongly: ['redemption.*', 'voucher.*'],
	never: ['redemption.failed'],
};

/** Subscribes the demo's receiver, and lets webhooks go to this machine. */
export const subscribeReceiver = async (store: Store, urls: Readonly<Record<DemoAnswer, string>>, now: number): Promise<void> => {
	await store.write([
		{sql: `INSERT INTO settings (key, value) VALUES ('webhooks.allow_private', 'true') ON CONFLICT (key) DO NOTHING`},
		...Object.entries(urls).flatMap(([name, url]) => insertEndpoint({
			id: makeId(idPrefixes.endpoint, now, Math.random), target_url: url, events: subscriptions[name as DemoAnswer], active: true, headers: {}, concurrency: usualConcurrency, created_at: now, disabled_reason: null,
		}, makeSecret())),
	]);
};

const typeOf = ({path, answer}: DemoCall): string | null => {
	if (path.includes('/redemption')) {
		return answer.status < 400 ? 'redemption.succeeded' : 'redemption.failed';
	}

	if (answer.status >= 400) {
		return null;
	}

	if (path.startsWith('/v1/customers')) {
		return 'customer.updated';
	}

	return path.startsWith('/v1/publications') ? 'voucher.published' : null;
};

/** The event that the API would have sent after this call. */
export const sendEventOf = async (store: Store, call: DemoCall, {requestId, now}: {readonly requestId: string; readonly now: number}): Promise<void> => {
	const type = typeOf(call);
	if (type !== null) {
		await store.write([insertEvent({
			id: makeId(idPrefixes.event, now, Math.random), type, createdAt: now, requestId, entityId: null,
			data: JSON.stringify(JSON.parse(call.answer.body === '' ? '{}' : call.answer.body)),
		})]);
	}
};
