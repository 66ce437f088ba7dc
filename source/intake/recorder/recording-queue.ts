import {type Exchange} from './exchange.ts';

/** Exchanges on their way to the store: those that wait to be sent, and those that were sent and are not yet settled. */
export type RecordingQueue = {
	/** False when there is no room: the exchange is then gone. */
	readonly add: (exchange: Exchange) => boolean;
	/** The oldest `count` of those sent are settled. */
	readonly settle: (count: number) => void;
	/** What was sent went to a process that has ended: all of it is sent again. */
	readonly sendAgain: () => void;
	/** Sends what waits, now. */
	readonly flush: () => void;
	readonly length: () => number;
	/** Resolves when all is settled. */
	readonly emptied: () => Promise<void>;
};

const mostExchanges = 10_000;
const mostBytes = 64 * 1024 * 1024;
const flushEveryMs = 50;
const flushBytes = 1024 * 1024;
/** What an exchange takes beside its bodies, about. */
const overheadBytes = 2048;

const sizeOf = ({request_body: asked, response_body: answered}: Exchange): number =>
	overheadBytes + (asked?.bytes.length ?? 0) + (answered?.bytes.length ?? 0);

/**
 * Collects exchanges for 50 ms, or up to 1 MiB, before it sends them together; holds at most 10,000 of them and 64 MiB.
 * @param send False when nobody can take them just now: they are sent again after `sendAgain`.
 */
export const createRecordingQueue = (send: (exchanges: readonly Exchange[]) => boolean): RecordingQueue => {
	const held: Exchange[] = [];
	const waitingForEnd: Array<() => void> = [];
	let sentCount = 0;
	let heldBytes = 0;
	let unsentBytes = 0;
	let timer: NodeJS.Timeout | undefined;

	const flush = (): void => {
		clearTimeout(timer);
		timer = undefined;
		const unsent = held.slice(sentCount);
		if (unsent.length > 0 && send(unsent)) {
			sentCount = held.length;
			unsentBytes = 0;
		}
	};

	const flushSoon = (): void => {
		timer ??= setTimeout(flush, flushEveryMs).unref();
	};

	return {
		add(exchange) {
			const size = sizeOf(exchange);
			if (held.length >= mostExchanges || heldBytes + size > mostBytes) return false;
			held.push(exchange);
			heldBytes += size;
			unsentBytes += size;
			if (unsentBytes >= flushBytes && unsentBytes - size < flushBytes) setImmediate(flush);
			else flushSoon();
			return true;
		},
		settle(count) {
			for (const exchange of held.splice(0, count)) heldBytes -= sizeOf(exchange);
			sentCount = Math.max(0, sentCount - count);
			if (held.length === 0) for (const resolve of waitingForEnd.splice(0)) resolve();
		},
		sendAgain() {
			sentCount = 0;
			flush();
		},
		flush,
		length: () => held.length,
		emptied: async () => held.length === 0 ? undefined : new Promise(resolve => {
			waitingForEnd.push(resolve);
		}),
	};
};
