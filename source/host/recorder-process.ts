import {setTimeout as delay} from 'node:timers/promises';
import {type FactRules} from '../domain/derive/fact-rules.ts';
import {type Redaction} from '../domain/redaction/redaction.ts';
import {type Log} from '../domain/records.ts';
import {unpackExchanges} from '../intake/recorder/exchange-message.ts';
import {type Exchange} from '../intake/recorder/exchange.ts';
import {logOfExchange} from '../intake/recorder/log-of-exchange.ts';
import {readSettings} from '../services/project-settings.ts';
import {prepareCalls, recordLogs} from '../services/record-logs.ts';
import {readRecordSettings, type RecordSettings} from '../services/recording/record-settings.ts';
import {readFingerprintKey} from '../store/fingerprint-key.ts';
import {type StoreOptions} from '../store/open-store.ts';
import {type Store} from '../store/store.ts';
import {type FromChild} from './messages.ts';
import {databaseAndHome} from './opening.ts';
import {runChild, type ChildPart} from './run-child.ts';
import {workBelowOthers} from './priority.ts';

/** What whoever records asks for beyond the settings of the project. */
export type RecordOverrides = {
	readonly bodyLimit?: number;
	readonly rules?: FactRules;
	readonly redactKeys?: readonly string[];
};

export type RecorderOpening = StoreOptions & {readonly overrides?: RecordOverrides};

const batchSize = 200;
const batchBytes = 4_000_000;
const settingsHoldMs = 5000;
const longestPauseMs = 2000;
/** When the traffic is over, a store that cannot be written is tried for so long. */
const closingMs = 8000;

const bytesOf = ({request_body: asked, response_body: answered}: Exchange): number => (asked?.bytes.length ?? 0) + (answered?.bytes.length ?? 0);

/** The project's settings, read again when they are older than five seconds, with what was asked for beyond them. */
const createPolicy = (store: Store, home: string, overrides: RecordOverrides, send: (message: FromChild) => void) => {
	const fingerprintKey = readFingerprintKey(home);
	let readAt = Number.NEGATIVE_INFINITY;
	let known = '';
	let policy: {readonly settings: RecordSettings; readonly prepare: ReturnType<typeof prepareCalls>} | null = null;
	return async () => {
		if (policy !== null && performance.now() - readAt < settingsHoldMs) {
			return policy;
		}

		const {redactKeys, all} = await readSettings(store);
		const set = readRecordSettings(all);
		const settings = {...set, bodyLimit: overrides.bodyLimit ?? set.bodyLimit, rules: {...set.rules, ...overrides.rules}};
		const extraKeys = [...redactKeys, ...overrides.redactKeys ?? []];
		readAt = performance.now();
		const now = JSON.stringify({settings, extraKeys});
		if (policy === null || now !== known) {
			known = now;
			const redaction: Redaction = {fingerprintKey, extraKeys};
			policy = {settings, prepare: prepareCalls({redaction, rules: settings.rules, now: () => Date.now()})};
			send({kind: 'record-settings', settings});
		}

		return policy;
	};
};

const createRecording = (store: Store, policyOf: ReturnType<typeof createPolicy>, send: (message: FromChild) => void): ChildPart => {
	const waiting: Exchange[] = [];
	let running: Promise<void> | null = null;
	let closingAt = Number.POSITIVE_INFINITY;

	const nextBatch = (): readonly Exchange[] => {
		let count = 0;
		for (let bytes = 0; count < Math.min(waiting.length, batchSize) && (count === 0 || bytes < batchBytes); count++) {
			bytes += bytesOf(waiting[count] as Exchange);
		}

		return waiting.splice(0, count);
	};

	/** One that cannot be made a log costs only itself. */
	const prepareBatch = async (batch: readonly Exchange[]): Promise<readonly Log[]> => {
		const {settings, prepare} = await policyOf();
		const logs: Log[] = [];
		for (const exchange of batch) {
			try {
				logs.push(...prepare([await logOfExchange(exchange, settings)]));
			} catch {
				// Counted by its absence.
			}
		}

		return logs;
	};

	/** Tries until the store takes them, or recording has been over for too long. */
	const storeBatch = async (batch: readonly Exchange[]): Promise<number> => {
		let isFaulty = false;
		for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
			try {
				const logs = await prepareBatch(batch);
				await recordLogs(store, logs, () => Date.now());
				if (isFaulty) {
					send({kind: 'record-fault', message: null});
				}

				return batch.length - logs.length;
			} catch (error) {
				isFaulty = true;
				send({kind: 'record-fault', message: error instanceof Error ? error.message : String(error)});
				if (performance.now() > closingAt) {
					return batch.length;
				}

				await delay(pauseMs);
			}
		}
	};

	const run = async (): Promise<void> => {
		while (waiting.length > 0) {
			const batch = nextBatch();
			const refused = await storeBatch(batch);
			send({kind: 'recorded', count: batch.length, refused});
		}
	};

	return {
		receive(message) {
			if (message.kind === 'record') {
				waiting.push(...unpackExchanges(message));
				running ??= run().finally(() => {
					running = null;
				});
			}
		},
		async close() {
			closingAt = performance.now() + closingMs;
			await running;
			await store.close();
		},
	};
};

/**
 * The recorder's process: makes logs of the exchanges that its parent sends and stores them, so that neither the work on
 * bodies nor a wait for the store's lock ever stands in the way of the traffic. When its parent ends, however, it stores
 * what has arrived.
 */
export const runRecorderProcess = (): void => {
	// On a machine that is busy the traffic comes first.
	workBelowOthers();
	runChild(async (opening, send) => {
		const {store, home} = await databaseAndHome(opening);
		const policyOf = createPolicy(store, home, (opening as RecorderOpening).overrides ?? {}, send);
		await policyOf();
		return createRecording(store, policyOf, send);
	});
};
