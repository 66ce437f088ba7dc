import {type Instant} from '../../domain/records.ts';
import {type Store} from '../store.ts';
import {readSearchParts, uncoveredRanges} from './search-parts.ts';

export type SearchState = {
	/** All there are, and those that still say something of deleted logs. */
	readonly parts: number;
	readonly staleParts: number;
	/** Logs that are not in the index; a few more where logs were deleted. */
	readonly unindexed: number;
	/** The last task that worked on it. */
	readonly lastTask: {readonly id: string; readonly isUnfinished: boolean; readonly isFailed: boolean; readonly updatedAt: Instant} | null;
};

/** How the search index stands. Cheap: no log is read. */
export const readSearchState = async (store: Store): Promise<SearchState> => {
	const parts = await readSearchParts(store);
	const [ends] = await store.read('SELECT coalesce((SELECT min(seq) FROM logs), 0) AS first, coalesce((SELECT max(seq) FROM logs), 0) AS last');
	const [first, last] = [Number(ends?.first), Number(ends?.last)];
	const [task] = await store.read(`SELECT id, status, coalesce(updated_at, created_at) AS updated_at FROM tasks INDEXED BY tasks_by_type WHERE type = 'SEARCH.INDEX' AND origin = 'local' ORDER BY created_at DESC, seq DESC LIMIT 1`);
	let unindexed = 0;
	for (const {after, to} of first === 0 ? [] : uncoveredRanges(parts)) {
		unindexed += Math.max(0, Math.min(to, last) - Math.max(after, first - 1));
	}

	return {
		parts: parts.length,
		staleParts: parts.filter(({isStale}) => isStale).length,
		unindexed,
		lastTask: task === undefined ? null : {
			id: String(task.id), isUnfinished: task.status === 'scheduled' || task.status === 'in_progress', isFailed: task.status === 'failed', updatedAt: Number(task.updated_at),
		},
	};
};

/** Whether logs are being imported just now. */
export const isImporting = async (store: Store): Promise<boolean> =>
	(await store.read(`SELECT 1 FROM jobs WHERE state = 'running' AND lane = 'task:LOGS.IMPORT' LIMIT 1`)).length > 0;
