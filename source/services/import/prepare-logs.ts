import {prepareLog} from '../../domain/derive/prepare-log.ts';
import {type Instant, type Log} from '../../domain/records.ts';
import {type Redaction} from '../../domain/redaction/redaction.ts';
import {createLogEncoder, type EncodedLogs} from '../../store/logs/encode-logs.ts';
import {type LogSource, type SourceItem, type SourcePosition} from './log-source.ts';
import {createRepeatNumbering} from './number-repeats.ts';
import {type ImportReport, type ImportResumption, type Rejection} from './import-report.ts';

/** Logs that are ready to be stored, and what was read of the source with them. Plain data: it can come from another thread. */
export type PreparedLogs = {
	/** A transaction each. */
	readonly chunks: readonly EncodedLogs[];
	/** From the start of the source on. */
	readonly soFar: Pick<ImportReport, 'read' | 'rejected' | 'secrets_replaced' | 'oldest' | 'newest' | 'truncated' | 'bytes_read'>;
	/** Since the ones before, as are `derivedIds`. */
	readonly rejections: readonly Rejection[];
	/** IDs of those that came without one, before their repeats were numbered. */
	readonly derivedIds: readonly string[];
	/** Where the source can be read on after them; null where it can only be read from its start. */
	readonly at: SourcePosition | null;
};

export type Preparation = {
	/** Begins after `resumption.at` where that is given. */
	readonly source: LogSource;
	readonly resumption: ImportResumption | null;
	readonly now: () => Instant;
	/** Null where the data are redacted already. */
	readonly redaction: Redaction | null;
	/** They go to a server, which takes less at once. */
	readonly isRemote: boolean;
	readonly signal: AbortSignal | undefined;
};

/** Makes logs of a source, chunk by chunk. When `signal` aborts, it throws; it may give what it has before. */
export type PrepareLogs = (preparation: Preparation) => AsyncIterable<PreparedLogs>;

/** Where most records are rejected, so many come to a checkpoint. */
const chunkRecords = 5000;

type SoFar = {-readonly [K in keyof PreparedLogs['soFar']]: PreparedLogs['soFar'][K]};

const startOf = (resumption: ImportResumption | null): SoFar => {
	if (resumption === null) {
		return {read: 0, rejected: 0, secrets_replaced: 0, oldest: null, newest: null, truncated: null, bytes_read: 0};
	}

	const {read, rejected, secrets_replaced, oldest, newest, at} = resumption;
	return {read, rejected, secrets_replaced, oldest, newest, truncated: null, bytes_read: at.offset};
};

/** Makes a stored log of each item, counts, and gathers them. */
const createIntake = ({source, now, redaction, resumption, isRemote}: Preparation) => {
	const soFar = startOf(resumption);
	const repeats = createRepeatNumbering(resumption?.repeats);
	let reached: SourceItem | null = null;
	const encoder = createLogEncoder({isRemote});
	let chunks: EncodedLogs[] = [];
	let rejections: Rejection[] = [];
	let derivedIds: string[] = [];
	let readBefore = soFar.read;

	const reject = ({place}: SourceItem, reason: string): void => {
		soFar.rejected++;
		rejections.push({place, reason});
	};

	const add = (log: Log): void => {
		const before = encoder.add(log);
		if (before !== null) {
			chunks.push(before);
		}

		soFar.oldest = Math.min(soFar.oldest ?? log.created_at, log.created_at);
		soFar.newest = Math.max(soFar.newest ?? log.created_at, log.created_at);
	};

	return {
		take(item: SourceItem): void {
			soFar.bytes_read = item.bytesRead;
			if (item.kind === 'truncated') {
				soFar.truncated = {place: item.place, reason: item.reason};
				return;
			}

			reached = item;
			soFar.read++;
			if (item.kind === 'rejected') {
				reject(item, item.reason);
				return;
			}

			const prepared = prepareLog(item.log, {now: now(), redaction});
			if (!prepared.ok) {
				reject(item, prepared.reason);
				return;
			}

			soFar.secrets_replaced += prepared.secretsReplaced;
			if (typeof item.log.id === 'string' && item.log.id !== '') {
				add(prepared.log);
			} else {
				derivedIds.push(prepared.log.id);
				add(repeats.number(prepared.log));
			}
		},
		isFull: (): boolean => encoder.isFull() || chunks.length > 0 || soFar.read - readBefore >= chunkRecords,
		/** Null when nothing was taken since. */
		give(): PreparedLogs | null {
			if (soFar.read === readBefore && soFar.truncated === null) {
				return null;
			}

			const at = reached === null ? null : source.positionAfter?.(reached) ?? null;
			const last = encoder.end();
			const given = {chunks: last === null ? chunks : [...chunks, last], soFar: {...soFar}, rejections, derivedIds, at};
			chunks = [];
			rejections = [];
			derivedIds = [];
			readBefore = soFar.read;
			return given;
		},
	};
};

/** Prepares in this thread. A bad record costs only itself; of a source that ends in the middle what was whole is given before its error. */
export const prepareLogs: PrepareLogs = async function * (preparation) {
	const {source, signal} = preparation;
	const intake = createIntake(preparation);
	let failure: {readonly error: unknown} | null = null;
	try {
		for await (const items of source.items) {
			for (const item of items) {
				signal?.throwIfAborted();
				intake.take(item);
				if (intake.isFull()) {
					const given = intake.give();
					if (given !== null) {
						yield given;
					}
				}
			}
		}
	} catch (error) {
		failure = {error};
	}

	const rest = intake.give();
	if (rest !== null) {
		yield rest;
	}

	if (failure !== null) {
		throw failure.error;
	}
};
