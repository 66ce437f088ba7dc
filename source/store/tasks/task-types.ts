import {type localTaskTypes} from '../../domain/records.ts';

/** How many tasks of a type run at once, in all workers together. */
const laneSizes: Readonly<Record<(typeof localTaskTypes)[number], number>> = {
	'LOGS.IMPORT': 2,
	'LOGS.EXPORT': 2,
	'LOGS.PURGE': 1,
	'SENDOUTS.RETRY': 1,
	'SEARCH.INDEX': 1,
	'VOUCHERIFY.PULL': 1,
};

export type LocalTaskType = keyof typeof laneSizes;

/** A task that ended its worker, or failed for a passing reason, so often is not tried again. */
const maxAttempts = 10;

/** The job that carries a background task out. */
export const jobOfTask = (id: string, type: LocalTaskType): {readonly id: string; readonly type: string; readonly lane: string; readonly laneSize: number; readonly maxAttempts: number} =>
	({id, type, lane: `task:${type}`, laneSize: laneSizes[type], maxAttempts});
