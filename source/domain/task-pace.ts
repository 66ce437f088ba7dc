import {type BackgroundTask} from './records.ts';

/** How fast a background task gets on. */
export type TaskPace = {
	/** Items a second. */
	readonly perSecond: number;
	/** Milliseconds that the rest takes at this pace; null while it is not known how much there is. */
	readonly leftMs: number | null;
};

/** Less work than this tells nothing of the pace, in milliseconds. */
const leastWork = 1000;

/**
 * The pace of a task that auditty works on, by all the work that it did so far; null where that cannot be told: of one
 * that waits or has ended, that has just begun, or that another system works on.
 */
export const paceOf = ({status, origin, progress, done_count: done, failed_count: failed, processing_time: worked}: BackgroundTask): TaskPace | null => {
	if (status !== 'in_progress' || origin !== 'local' || worked === null || worked < leastWork) {
		return null;
	}

	return {perSecond: (done + failed) / worked * 1000, leftMs: progress > 0 ? worked * (100 - progress) / progress : null};
};
