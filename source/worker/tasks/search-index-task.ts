import {buildSearchIndex} from '../../services/search/build-search-index.ts';
import {writeCheckpoint} from '../../store/queue/queue.ts';
import {type Store} from '../../store/store.ts';
import {type TaskWork} from './task-handler.ts';

/** SEARCH.INDEX: brings the index of text search up to date. */
export const searchIndexTask = ({store}: {readonly store: Store}): TaskWork => async ({job, signal, guard, progress}) => {
	const report = await buildSearchIndex({
		store, signal, guard,
		indexedBefore: (job.cursor as {readonly indexed: number} | null)?.indexed ?? 0,
		checkpoint: indexed => [writeCheckpoint(job, {indexed})],
		onProgress: ({indexed, total}) => progress({progress: total === 0 ? 0 : Math.min(99.9, Math.floor(indexed / total * 1000) / 10), done: indexed, failed: 0, total}),
	});
	return {done: report.indexed, failed: 0, total: report.indexed, processingStatus: 'success', result: report};
};
