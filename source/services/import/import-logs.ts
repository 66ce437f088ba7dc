import {setTimeout as delay} from 'node:timers/promises';
import {type Instant} from '../../domain/records.ts';
import {type Redaction} from '../../domain/redaction/redaction.ts';
import {breathMs, insertEncodedLogs} from '../../store/logs/insert-logs.ts';
import {type Statement, type Store} from '../../store/store.ts';
import {type ImportCheckpoint, type ImportReport, type ImportResumption, type Rejection} from './import-report.ts';
import {prepareLogs, type PreparedLogs, type PrepareLogs} from './prepare-logs.ts';
import {type LogSource, type SourcePosition} from './log-source.ts';
import {createRepeatNumbering} from './number-repeats.ts';

export type ImportOptions = {
	readonly store: Store;
	/** Begins after `resumption.at` where that is given. */
	readonly source: LogSource;
	readonly resumption?: ImportResumption | null | undefined;
	readonly now: () => Instant;
	/** Null where the data are redacted already. */
	readonly redaction: Redaction | null;
	readonly signal?: AbortSignal | undefined;
	/** After each chunk that was stored. */
	readonly onProgress?: (report: ImportReport) => void;
	/** The background task that the logs came in by. */
	readonly taskId?: string | undefined;
	/** Carried out in the transaction of the chunk: the task's lease, and how far the import is with this chunk. */
	readonly alongWith?: (checkpoint: () => ImportCheckpoint) => readonly Statement[];
	/** Where logs are made of what is read; in this thread unless given. */
	readonly prepare?: PrepareLogs;
};

const keptRejections = 1000;

/** Keeps account of what was read and stored. */
const createTally = ({source, resumption = null}: ImportOptions) => {
	const rejections: Rejection[] = [...resumption?.rejections ?? []];
	const repeats = createRepeatNumbering(resumption?.repeats);
	let at: SourcePosition | null = null;
	let report: ImportReport = {
		format: source.format, place_noun: source.placeNoun, read: 0, inserted: 0, duplicates: 0, rejected: 0, rejections,
		secrets_replaced: 0, oldest: null, newest: null, truncated: null, is_interrupted: false, bytes_read: 0, bytes_total: source.bytesTotal,
	};
	if (resumption !== null) {
		const {read, rejected, secrets_replaced, oldest, newest} = resumption;
		// How many of them were new only the store can tell.
		report = {...report, read, inserted: read - rejected, rejected, secrets_replaced, oldest, newest, bytes_read: resumption.at.offset};
	}

	return {
		report: (): ImportReport => report,
		add(change: Partial<ImportReport>): void {
			report = {...report, ...change};
		},
		take({soFar, rejections: found, derivedIds, at: reached}: PreparedLogs): void {
			rejections.push(...found.slice(0, keptRejections - rejections.length));
			for (const id of derivedIds) {
				repeats.count(id);
			}

			at = reached;
			report = {...report, ...soFar};
		},
		checkpoint: (): ImportCheckpoint => {
			const {bytes_read: bytes, read, rejected, secrets_replaced, oldest, newest} = report;
			return {bytes, resumption: at === null ? null : {at, read, rejected, rejections, secrets_replaced, oldest, newest, repeats: repeats.remembered()}};
		},
	};
};

/**
 * Takes all logs of a source into the store: derives what it does not give, replaces secrets, and stores them in chunks.
 * A bad record costs only itself, a source that ends in the middle keeps what was whole, importing again adds nothing.
 * With `resumption` it goes on from there, and its report tells of all that was read of the source; `inserted` counts what
 * came before as new. When `signal` aborts, what was prepared so far is stored, and the report says that the import was interrupted.
 * Throws a Fault when the source cannot be read or the store not be written; what was read before it stays.
 */
export const importLogs = async (options: ImportOptions): Promise<ImportReport> => {
	const {store, source, resumption = null, redaction, signal, now, taskId, alongWith, onProgress, prepare = prepareLogs} = options;
	const tally = createTally(options);
	let storedAtMs = 0;
	let isStoreAtFault = false;

	const storeNext = async (prepared: PreparedLogs): Promise<void> => {
		tally.take(prepared);
		// Reading and preparing a chunk takes longer than a breath, mostly.
		const restMs = breathMs - (performance.now() - storedAtMs);
		if (restMs > 0) await delay(restMs);
		const statements = alongWith === undefined ? {} : {alongWith: alongWith(tally.checkpoint)};
		isStoreAtFault = true;
		const {inserted, duplicates} = await insertEncodedLogs(store, prepared.chunks, {storedAt: now(), taskId, ...statements});
		isStoreAtFault = false;
		storedAtMs = performance.now();
		const before = tally.report();
		tally.add({inserted: before.inserted + inserted, duplicates: before.duplicates + duplicates});
		onProgress?.(tally.report());
	};

	try {
		for await (const prepared of prepare({source, resumption, now, redaction, isRemote: store.isRemote, signal})) {
			await storeNext(prepared);
		}
	} catch (error) {
		if (isStoreAtFault || signal?.aborted !== true) throw error;
		// Whatever ends the reading then, it is the request to stop that did.
		tally.add({is_interrupted: true});
	}

	return tally.report();
};
