import {retentionLimit} from '../../domain/retention.ts';
import {readSettings} from '../../services/project-settings.ts';
import {type PurgeCheckpoint, runPurge} from '../../services/purge/run-purge.ts';
import {type PurgeParameters} from '../../services/purge/schedule-purge.ts';
import {type Store} from '../../store/store.ts';
import {type TaskWork} from './task-handler.ts';

/** LOGS.PURGE: deletes what is older than the retention that was in force when it was asked for, and than the one in force now. */
export const purgeTask = ({store, dataDirectory, now}: {readonly store: Store; readonly dataDirectory: string; readonly now: () => number}): TaskWork => async ({task, job, signal, guard, progress}) => {
	const {until} = task.parameters as PurgeParameters;
	const {retention} = await readSettings(store);
	const before = Math.min(Date.parse(until), retentionLimit(retention, now()) ?? 0);
	const report = await runPurge({
		store, dataDirectory, before, task, signal, guard,
		checkpoint: job.cursor as PurgeCheckpoint | null,
		onProgress: ({deleted, total}, checkpoint) =>
			progress({progress: total === 0 ? 0 : Math.min(99.9, Math.floor(deleted / total * 1000) / 10), done: deleted, failed: 0, total}, checkpoint),
	});
	return {done: report.deleted, failed: 0, total: report.deleted, processingStatus: 'success', result: {...report, until: new Date(before).toISOString(), retention}};
};
