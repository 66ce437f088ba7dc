import {type RetryCheckpoint, runRetry} from '../../services/webhooks/run-retry.ts';
import {type RetryParameters} from '../../services/webhooks/start-retry.ts';
import {writeCheckpoint} from '../../store/queue/queue.ts';
import {type Store} from '../../store/store.ts';
import {type TaskWork} from './task-handler.ts';

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, count) => total + count, 0);

/** SENDOUTS.RETRY: puts sendouts into the queue again. What was passed over is told in its result: it is no failure. */
export const retryTask = ({store, onScheduled}: {readonly store: Store; readonly onScheduled?: (ids: readonly string[]) => void}): TaskWork => async ({task, job, signal, guard, progress}) => {
	const report = await runRetry({
		store, parameters: task.parameters as RetryParameters, checkpoint: job.cursor as RetryCheckpoint | null, signal, guard, onScheduled,
		saving: checkpoint => writeCheckpoint(job, checkpoint),
		onProgress({scheduled, skipped}, total) {
			const seen = scheduled + sum(skipped);
			progress({progress: total === null || total === 0 ? 0 : Math.min(99.9, Math.floor(seen / total * 1000) / 10), done: scheduled, failed: 0, total});
		},
	});
	return {done: report.scheduled, failed: 0, total: report.scheduled, processingStatus: 'success', result: report};
};
