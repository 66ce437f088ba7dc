import {type BackgroundTask, type Instant} from '../../domain/records.ts';

/** The Voucherify project whose records are pulled. */
export type PullServices = {
	/** How the pulls of the Voucherify project stand. */
	pulls: () => Promise<PullOverview>;
	/** Creates the pull that a worker carries out, or gives the one that waits or runs. Throws a Fault when there are no keys for it. */
	startPull: () => Promise<BackgroundTask>;
};

/** Of the Voucherify project whose records are pulled. */
export type PullOverview = {
	/** Region and address, as a person reads them. */
	readonly project: string;
	/** Where the keys come from; null where there are none. */
	readonly keysFrom: string | null;
	/** Why no pull can run, beside missing keys. */
	readonly problem: string | null;
	readonly sources: readonly PulledSource[];
	/** Ranges of logs that are missing, the oldest first; both ends belong to them. */
	readonly gaps: ReadonlyArray<{readonly from: Instant; readonly until: Instant; readonly error: string; readonly failedAt: Instant}>;
	readonly last: BackgroundTask | null;
	/** `last` waits or runs. */
	readonly isRunning: boolean;
	/** The setting. */
	readonly every: string;
	readonly nextAt: Instant | null;
};

export type PulledSource = {
	readonly source: 'logs' | 'tasks' | 'exports';
	/** The range that was pulled; null while nothing was. */
	readonly reachedFrom: Instant | null;
	readonly reachedUntil: Instant | null;
	/** When it was pulled last without a failure, and how many records that added. */
	readonly pulledAt: Instant | null;
	readonly added: number;
	/** The failure since then. */
	readonly failedAt: Instant | null;
	readonly error: string | null;
};
