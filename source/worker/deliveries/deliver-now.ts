import {setTimeout as delay} from 'node:timers/promises';
import {type Redactor} from '../../domain/redaction/redactor.ts';
import {type Attempt} from '../../domain/records.ts';
import {databaseClock} from '../../store/queue/queue-clock.ts';
import {attemptsOf} from '../../store/query/read-record.ts';
import {type Statement, type Store} from '../../store/store.ts';
import {type ClaimedDelivery, claimOne, readDeliveries, toClaimed} from '../../store/webhooks/claim-deliveries.ts';
import {extendDeliveries, recordDeliveries, releaseDeliveries} from '../../store/webhooks/record-deliveries.ts';
import {workerName} from '../worker-name.ts';
import {attemptDelivery} from './attempt-delivery.ts';
import {type Sender} from './send-request.ts';

type DeliverNow = {
	readonly store: Store;
	readonly id: string;
	/** Written in the transaction that claims it: what puts it into the queue. */
	readonly before?: readonly Statement[];
	readonly sender: Sender;
	readonly rules: {readonly redactor: Redactor; readonly isPrivateAllowed: boolean};
	readonly leaseMs: number;
	readonly signal: AbortSignal;
};

/** Longer than any attempt: who sends it then did not record it. */
const waitForOtherMs = 20_000;

const sendClaimed = async ({store, sender, rules, leaseMs, signal}: DeliverNow, delivery: ClaimedDelivery): Promise<void> => {
	const claimedAt = performance.now();
	const beat = setInterval(() => {
		void store.write([extendDeliveries([delivery], leaseMs, databaseClock)]).catch(() => undefined);
	}, leaseMs / 3);
	try {
		const content = (await readDeliveries(store, [delivery.id], databaseClock)).get(delivery.id);
		const now = (): number => delivery.claimedAt + Math.round(performance.now() - claimedAt);
		const result = await attemptDelivery({delivery, content, sender, ...rules, now, random: Math.random, signal});
		await store.write(recordDeliveries([result], databaseClock));
	} catch (error) {
		await store.write([releaseDeliveries([delivery], databaseClock)]).catch(() => undefined);
		throw error;
	} finally {
		clearInterval(beat);
	}
};

/**
 * Sends one sendout in this process, at once, whatever waits before it, and gives the attempt as it was recorded; null when
 * nothing came of it. Where a worker took it first, its attempt is waited for.
 */
export const deliverNow = async (options: DeliverNow): Promise<Attempt | null> => {
	const {store, id, before = [], leaseMs, signal} = options;
	const earlier = (await attemptsOf(store, id)).length;
	const results = await store.write([...before, claimOne({id, claim: `${workerName()}/now`, leaseMs, clock: databaseClock})]);
	const [row] = results.at(-1)?.rows ?? [];
	if (row !== undefined) {
		await sendClaimed(options, toClaimed(row));
	}

	for (const until = performance.now() + (row === undefined ? waitForOtherMs : 0); ;) {
		const attempt = (await attemptsOf(store, id))[earlier];
		if (attempt !== undefined || performance.now() >= until) {
			return attempt ?? null;
		}

		await delay(50, undefined, {signal});
	}
};
