import {setTimeout as delay} from 'node:timers/promises';
import {prepareLog} from '../domain/derive/prepare-log.ts';
import {type Instant, type Log} from '../domain/records.ts';
import {type Redaction} from '../domain/redaction/redaction.ts';
import {insertLogs} from '../store/logs/insert-logs.ts';
import {type Statement, type Store} from '../store/store.ts';
import {type LogSource, type SourceItem, type SourcePosition} from './log-source.ts';
import {createRepeatNumbering} from './number-repeats.ts';

export type Rejection = {readonly place: number; readonly reason: string};

/** What an import has done so far, and at its end. Plain JSON: it becomes the result of the background task. */
export type ImportReport = {
	readonly format: LogSource['format'];
	/** What places count. */
	readonly place_noun: LogSource['placeNoun'];
	/** Records, rejected ones included. */
	readonly read: number;
	readonly inserted: number;
	/** Were in the store already. */
	readonly duplicates: number;
	readonly rejected: number;
	/** The first of them. */
	readonly rejections: readonly Rejection[];
	readonly secrets_replaced: number;
	/** Of the logs that were taken in or were there already, by when they occurred. */
	readonly oldest: Instant | null;
	readonly newest: Instant | null;
	/** Where and why the source ended in the middle. */
	readonly truncated: Rejection | null;
	/** The import was asked to stop before the end of the source. */
	readonly is_interrupted: boolean;
	/** As stored, so compressed where it is. */
	readonly bytes_read: number;
	readonly bytes_total: number | null;
};

/** What an import that goes on at a position must know of what came before it. Plain JSON. */
export type ImportResumption = Pick<ImportReport, 'read' | 'rejected' | 'rejections' | 'secrets_replaced' | 'oldest' | 'newest'> & {
	readonly at: SourcePosition;
	/** Of `createRepeatNumbering`. */
	readonly repeats: string;
};

/** How far an import has come. */
export type ImportCheckpoint = {
	/** As stored, so compressed where it is. */
	readonly bytes: number;
	/** Null when the source can only be read from its start. */
	readonly resumption: ImportResumption | null;
};

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
};

const chunkLogs = 500;
const chunkCharacters = 4_000_000;
/** Where most records are rejected, so many come to a checkpoint. */
const chunkRecords = 5000;
const keptRejections = 1000;
// Between two chunks the store is left alone so long, that other processes get at its lock.
const breathMs = 5;

type Tally = {-readonly [K in keyof ImportReport]: ImportReport[K]};

const bodyLength = (log: Log): number => (log.request_body?.length ?? 0) + (log.response_body?.length ?? 0);

/** Makes a stored log of each item, and counts. */
const createIntake = ({source, now, redaction, resumption}: ImportOptions) => {
	const rejections = [...resumption?.rejections ?? []];
	const tally: Tally = {
		format: source.format, place_noun: source.placeNoun, read: 0, inserted: 0, duplicates: 0, rejected: 0, rejections,
		secrets_replaced: 0, oldest: null, newest: null, truncated: null, is_interrupted: false, bytes_read: 0, bytes_total: source.bytesTotal,
	};
	if (resumption) {
		const {read, rejected, secrets_replaced, oldest, newest, at} = resumption;
		// How many of them were new only the store can tell.
		Object.assign(tally, {read, inserted: read - rejected, rejected, secrets_replaced, oldest, newest, bytes_read: at.offset});
	}

	const repeats = createRepeatNumbering(resumption?.repeats);
	let reached: SourceItem | null = null;

	const reject = ({place}: SourceItem, reason: string): null => {
		tally.rejected++;
		if (rejections.length < keptRejections) rejections.push({place, reason});
		return null;
	};

	const take = (item: SourceItem): Log | null => {
		tally.bytes_read = item.bytesRead;
		if (item.kind === 'truncated') {
			tally.truncated = {place: item.place, reason: item.reason};
			return null;
		}

		reached = item;
		tally.read++;
		if (item.kind === 'rejected') return reject(item, item.reason);
		const prepared = prepareLog(item.log, {now: now(), redaction});
		if (!prepared.ok) return reject(item, prepared.reason);
		const {log} = prepared;
		tally.secrets_replaced += prepared.secretsReplaced;
		tally.oldest = Math.min(tally.oldest ?? log.created_at, log.created_at);
		tally.newest = Math.max(tally.newest ?? log.created_at, log.created_at);
		return typeof item.log.id === 'string' && item.log.id !== '' ? log : repeats.number(log);
	};

	const checkpoint = (): ImportCheckpoint => {
		const {bytes_read: bytes, read, rejected, secrets_replaced, oldest, newest} = tally;
		const at = reached === null ? null : source.positionAfter?.(reached) ?? null;
		return {bytes, resumption: at === null ? null : {at, read, rejected, rejections, secrets_replaced, oldest, newest, repeats: repeats.remembered()}};
	};

	return {tally, take, checkpoint};
};

/**
 * Takes all logs of a source into the store: derives what it does not give, replaces secrets, and stores them in chunks.
 * A bad record costs only itself, a source that ends in the middle keeps what was whole, importing again adds nothing.
 * With `resumption` it goes on from there, and its report tells of all that was read of the source; `inserted` counts what
 * came before as new. When `signal` aborts, what was read so far is stored, and the report says that the import was interrupted.
 * Throws a Fault when the source cannot be read or the store not be written; what was read before it stays.
 */
export const importLogs = async (options: ImportOptions): Promise<ImportReport> => {
	const {store, source, signal, now, taskId, alongWith, onProgress} = options;
	const {tally, take, checkpoint} = createIntake(options);
	let chunk: Log[] = [];
	let chunkLength = 0;
	let storedAtMs = 0;
	let storedRead = tally.read;
	let isStoreAtFault = false;

	const storeChunk = async (): Promise<void> => {
		const logs = chunk;
		chunk = [];
		chunkLength = 0;
		storedRead = tally.read;
		// Reading and preparing a chunk takes longer than a breath, mostly.
		const restMs = breathMs - (performance.now() - storedAtMs);
		if (restMs > 0) await delay(restMs);
		const statements = alongWith === undefined ? {} : {alongWith: alongWith(checkpoint)};
		isStoreAtFault = true;
		const {inserted, duplicates} = await insertLogs(store, logs, {storedAt: now(), taskId, ...statements});
		isStoreAtFault = false;
		storedAtMs = performance.now();
		tally.inserted += inserted;
		tally.duplicates += duplicates;
		onProgress?.({...tally});
	};

	try {
		for await (const items of source.items) {
			for (const item of items) {
				signal?.throwIfAborted();
				const log = take(item);
				if (log !== null) {
					chunk.push(log);
					chunkLength += bodyLength(log);
				}

				if (chunk.length >= chunkLogs || chunkLength >= chunkCharacters || tally.read - storedRead >= chunkRecords) await storeChunk();
			}
		}
	} catch (error) {
		if (isStoreAtFault) throw error;
		if (signal?.aborted !== true) {
			if (chunk.length > 0) await storeChunk();
			throw error;
		}

		// Whatever ends the reading then, it is the request to stop that did.
		tally.is_interrupted = true;
	}

	if (chunk.length > 0) await storeChunk();
	return {...tally};
};
