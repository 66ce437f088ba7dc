import {sendoutOfWebhook} from '../domain/derive/sendout-of-webhook.ts';
import {type Instant, type Sendout} from '../domain/records.ts';
import {type Redaction} from '../domain/redaction/redaction.ts';
import {insertReceived, type ReceivedSendout} from '../store/sendouts/insert-received.ts';
import {type Store} from '../store/store.ts';

export type ReceivedWebhook = {
	/** As it came. */
	readonly body: string;
	readonly receivedAt: Instant;
	/** What the sender is answered once it is stored. */
	readonly status: number;
};

export type StoredWebhook = {readonly sendout: Sendout; /** It was not in the store before. */ readonly isNew: boolean};

export type WebhookReceiver = {
	/** Resolves when it is in the store. Rejects with a `Fault` when it cannot be stored: the sender is to try again. */
	readonly receive: (webhook: ReceivedWebhook) => Promise<StoredWebhook>;
	/** Resolves when nothing waits any more. */
	readonly settled: () => Promise<void>;
};

const gatherMs = 5;
const mostTogether = 200;

type Waiting = {readonly received: ReceivedSendout; readonly resolve: (stored: StoredWebhook) => void; readonly reject: (error: unknown) => void};

/**
 * Stores webhooks as received sendouts: what comes within a few milliseconds goes in one transaction.
 * @param options.isPassedOn Each also becomes an event for the endpoints of this store.
 */
export const createWebhookReceiver = ({store, redaction, isPassedOn = false}: {
	readonly store: Store;
	readonly redaction: Redaction;
	readonly isPassedOn?: boolean;
}): WebhookReceiver => {
	const waiting: Waiting[] = [];
	let running: Promise<void> | null = null;

	const run = async (): Promise<void> => {
		await new Promise(resolve => {
			setTimeout(resolve, gatherMs);
		});
		while (waiting.length > 0) {
			const batch = waiting.splice(0, mostTogether);
			try {
				const areNew = await insertReceived(store, batch.map(({received}) => received), isPassedOn);
				for (const [index, {received: {sendout}, resolve}] of batch.entries()) {
					resolve({sendout, isNew: areNew[index] === true});
				}
			} catch (error) {
				for (const {reject} of batch) {
					reject(error);
				}
			}
		}
	};

	return {
		async receive({body, receivedAt, status}) {
			const received = sendoutOfWebhook(body, {receivedAt, status, redaction});
			return new Promise((resolve, reject) => {
				waiting.push({received, resolve, reject});
				running ??= run().finally(() => {
					running = null;
				});
			});
		},
		async settled() {
			while (running !== null) {
				await running;
			}
		},
	};
};
