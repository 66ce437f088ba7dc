import {Fault} from '../../domain/fault.ts';
import {type Redactor} from '../../domain/redaction/redactor.ts';
import {databaseClock, type QueueClock} from '../../store/queue/queue-clock.ts';
import {createQueue} from '../../store/queue/queue.ts';
import {type Statement, type Store} from '../../store/store.ts';
import {type ClaimedDelivery, claimOfLane, dueLanes, readDeliveries, toClaimed} from '../../store/webhooks/claim-deliveries.ts';
import {type DeliveryResult, extendDeliveries, recordDeliveries, releaseDeliveries} from '../../store/webhooks/record-deliveries.ts';
import {createWaker} from '../waker.ts';
import {workerName} from '../worker-name.ts';
import {attemptDelivery} from './attempt-delivery.ts';
import {createSender, type Sender} from './send-request.ts';
import {sharePlaces} from './share-places.ts';

export type DeliveryEvent =
	| {readonly kind: 'delivered'; readonly result: DeliveryResult}
	| {readonly kind: 'store-fault'; readonly error: unknown};

export type DeliveryLoop = {
	readonly store: Store;
	readonly leaseMs: number;
	readonly signal: AbortSignal;
	/** What deliveries may do now; read before each batch. */
	readonly readRules: () => Promise<{readonly redactor: Redactor; readonly isPrivateAllowed: boolean}>;
	/** Ends when nothing waits or runs. */
	readonly isIdle?: () => Promise<boolean>;
	readonly log: (event: DeliveryEvent) => void;
	readonly clock?: QueueClock;
	readonly random?: () => number;
	readonly sender?: Sender;
	readonly pollMs?: {readonly least: number; readonly most: number};
};

/** So many attempts under way at once. */
const capacity = 512;
const lanesAtOnce = 64;
const resultsAtOnce = 128;
const gatherMs = 3;
const quietMs = 1;
/** Before it ends, a worker gives attempts under way so long. */
const graceMs = 2000;

const countByLane = (deliveries: Iterable<{readonly lane: string}>): ReadonlyMap<string, number> => {
	const counts = new Map<string, number>();
	for (const {lane} of deliveries) {
		counts.set(lane, (counts.get(lane) ?? 0) + 1);
	}

	return counts;
};

/**
 * Delivers sendouts until `signal` aborts, or, with `isIdle`, until that says so. Results are recorded many in one
 * transaction, which also claims the next. When asked to end it waits a moment for what is under way, and gives the rest back.
 * Throws a Fault only with `isIdle`, when the store cannot be used.
 */
export const runDeliveries = async ({store, leaseMs, signal, readRules, isIdle, log, clock = databaseClock, random = Math.random, sender = createSender(), pollMs = {least: 10, most: store.isRemote ? 500 : 200}}: DeliveryLoop): Promise<void> => {
	const by = workerName();
	const queue = createQueue({store, leaseMs, clock});
	const underway = new Map<string, ClaimedDelivery>();
	const ending = new AbortController();
	let results: DeliveryResult[] = [];
	let claims = 0;
	let beatenAt = performance.now();
	const waker = createWaker(signal);

	const begin = async (claimed: readonly ClaimedDelivery[]): Promise<void> => {
		const claimedAt = performance.now();
		const [contents, rules] = await Promise.all([readDeliveries(store, claimed.map(({id}) => id), clock), readRules()]);
		for (const delivery of claimed) {
			const send = async (): Promise<void> => {
				try {
					const now = (): number => delivery.claimedAt + Math.round(performance.now() - claimedAt);
					const result = await attemptDelivery({delivery, content: contents.get(delivery.id), sender, ...rules, now, random, signal: ending.signal});
					results.push(result);
				} catch (error) {
					// Told to end: what is still under way then is given back. Anything else is a bug: the lease lapses, and the try counts.
					if (!ending.signal.aborted) {
						underway.delete(delivery.id);
						log({kind: 'store-fault', error});
					}
				}

				waker.wake();
			};

			void send();
		}
	};

	/** True when there may be more to do at once. */
	const step = async (): Promise<boolean> => {
		const taken = results.slice(0, resultsAtOnce);
		const free = capacity - underway.size + taken.length;
		const finished = countByLane(taken);
		// All of them: the first ones may be such as hang already.
		const due = signal.aborted || free <= 0 ? [] : await dueLanes(store, clock, {finishing: finished.keys(), limit: capacity});
		const running = countByLane(underway.values());
		const claimable = sharePlaces(due.map(({name, room}) => {
			const ended = finished.get(name) ?? 0;
			return {name, room: room + ended, running: (running.get(name) ?? 0) - ended};
		}), free).slice(0, lanesAtOnce);
		if (taken.length === 0 && claimable.length === 0) {
			return false;
		}

		const claim = `${by}/${++claims}`;
		const record = recordDeliveries(taken, clock);
		const claiming = claimable.map(({name, limit}) => claimOfLane({lane: name, limit, claim, leaseMs, clock}));
		const statements: readonly Statement[] = [...record, ...claiming.flat()];
		const answers = await store.write(statements);
		results = results.slice(taken.length);
		const recorded = new Set(answers.slice(0, record.length).flatMap(({rows}) => rows.map(row => row.recorded)));
		for (const result of taken) {
			underway.delete(result.id);
			if (recorded.has(result.id)) {
				log({kind: 'delivered', result});
			}
		}

		const claimed = answers.slice(record.length).flatMap(({rows}) => rows.map(row => toClaimed(row)));
		for (const delivery of claimed) {
			underway.set(delivery.id, delivery);
		}

		try {
			await (claimed.length > 0 ? begin(claimed) : undefined);
		} catch (error) {
			// Nothing of it is under way: the leases lapse, and it is claimed again.
			for (const {id} of claimed) {
				underway.delete(id);
			}

			throw error;
		}

		return claimed.length > 0 || results.length > 0;
	};

	const beat = async (): Promise<void> => {
		if (underway.size > 0 && performance.now() - beatenAt >= leaseMs / 3) {
			beatenAt = performance.now();
			await store.write([extendDeliveries([...underway.values()], leaseMs, clock)]);
		}
	};

	/** How many answers are to come from endpoints of which one has come. */
	const expected = (): number => {
		const answering = new Set(results.map(({lane}) => lane));
		return underway.values().reduce((sum, {lane}) => answering.has(lane) ? sum + 1 : sum, 0) - results.length;
	};

	/**
	 * Answers that come nearly together are recorded together; an endpoint that hangs is not waited for. On a file a write
	 * turns no event loop: this does.
	 */
	const gather = async (): Promise<void> => {
		const until = performance.now() + gatherMs;
		let count = 0;
		let quietAt = until;
		do {
			await new Promise<void>(resolve => {
				setImmediate(resolve);
			});
			if (results.length > count) {
				count = results.length;
				quietAt = performance.now() + quietMs;
			}
		} while (count > 0 && expected() > 0 && performance.now() < Math.min(until, quietAt));
	};

	/** Leases of workers that ended without a word. */
	const reap = async (): Promise<void> => {
		if (await queue.isLapsed()) {
			await queue.claim({by, types: [], limit: 1});
		}
	};

	let waitMs = pollMs.least;
	let reapedAt = -Infinity;
	try {
		while (!signal.aborted) {
			try {
				if (performance.now() - reapedAt >= Math.min(1000, leaseMs / 2)) {
					reapedAt = performance.now();
					await reap();
				}

				await beat();
				if (await step()) {
					waitMs = pollMs.least;
					waker.wake();
				} else if (isIdle !== undefined && underway.size === 0 && await isIdle()) {
					break;
				}
			} catch (error) {
				if (isIdle !== undefined || !(error instanceof Fault)) {
					throw error;
				}

				log({kind: 'store-fault', error});
				await waker.rest(pollMs.most);
			}

			// What is under way changes nothing: how soon others are looked for does not hang on one that answers late.
			await waker.rest(Math.min(waitMs, leaseMs / 4));
			await gather();
			waitMs = Math.min(waitMs * 1.5, pollMs.most);
		}
	} finally {
		const endsAt = performance.now() + graceMs;
		while (underway.size > results.length && performance.now() < endsAt) {
			await waker.rest(Math.min(50, endsAt - performance.now()));
		}

		ending.abort();
		// When even that cannot be written, the leases lapse, and others take the deliveries up.
		await store.write([...recordDeliveries(results, clock), releaseDeliveries([...underway.values()], clock)]).catch(() => undefined);
		for (const result of results) {
			log({kind: 'delivered', result});
		}

		await sender.close();
	}
};
