import {type Instant} from '../../domain/records.ts';
import {type Redaction} from '../../domain/redaction/redaction.ts';
import {type Statement, type Store, type WriteResult} from '../../store/store.ts';
import {type LogSource} from '../import/log-source.ts';
import {type PullReport} from './pull-report.ts';
import {type VoucherifyApi} from './voucherify-api.ts';
import {type LogWindow} from './log-windows.ts';

/** Where another worker can go on. What is done of a source is in the store besides. */
export type PullCheckpoint = {
	readonly report: PullReport;
	/** Steps that are over. */
	readonly over: readonly PullStep[];
	/** Logs: what is left, in its order; the export of the first of them where one was made. Null until they are planned. */
	readonly windows: readonly LogWindow[] | null;
	readonly exportId: string | null;
	/** The list of tasks goes on from this end date, with the newest of it that was seen. */
	readonly tasks: {readonly endDate: Instant; readonly newest: Instant} | null;
	/** The page of the list of exports to go on with, and the newest that was seen. */
	readonly exports: {readonly page: number; readonly newest: Instant} | null;
};

export const pullSteps = ['exports', 'tasks', 'logs', 'results'] as const;
export type PullStep = (typeof pullSteps)[number];

/** What a pull works with. */
export type PullRun = {
	readonly store: Store;
	readonly api: VoucherifyApi;
	readonly now: () => Instant;
	readonly signal: AbortSignal;
	readonly taskId: string;
	readonly redaction: Redaction;
	/** How far back the logs are wanted; null leaves it at what an earlier pull wanted, else at 7 days. */
	readonly since: Instant | null;
	/** The logs of a file. Throws a Fault when it holds none. */
	readonly openLogs: (url: string, signal: AbortSignal) => Promise<LogSource>;
	/** Goes first into each batch: the lease of the task. */
	readonly guard: () => readonly Statement[];
	/** Writes in one transaction under the lease, together with the checkpoint as it is then. Gives the results of the statements. */
	readonly save: (statements: readonly Statement[]) => Promise<readonly WriteResult[]>;
	readonly state: {
		readonly get: () => PullCheckpoint;
		/** Takes effect in the store with the next `save`. */
		readonly set: (change: Partial<PullCheckpoint>) => void;
	};
	readonly timings: PullTimings;
};

export type PullTimings = {
	/** First pause before an export is asked for; each is twice as long as the one before, up to 30 s. */
	readonly pollMs: number;
	/** An export that is not done by then counts as failed. */
	readonly exportMs: number;
};

export const usualTimings: PullTimings = {pollMs: 300, exportMs: 30 * 60_000};
