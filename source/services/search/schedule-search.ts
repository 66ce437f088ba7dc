import {contentId, idPrefixes} from '../../domain/ids.ts';
import {type Instant} from '../../domain/records.ts';
import {readSearchState} from '../../store/search/search-state.ts';
import {type Store} from '../../store/store.ts';
import {createTask} from '../../store/tasks/create-task.ts';
import {readSettings} from '../project-settings.ts';

/** Fewer logs than these are read in 30 ms without an index. */
const worthIndexing = 10_000;
const retryAfterMs = 3_600_000;
const dayMs = 86_400_000;

/** Whether the setting `search.index` lets a store have a search index: `auto` does, for a store in a file. */
export const isSearchIndexed = async (store: Store): Promise<boolean> =>
	!store.isRemote && (await readSettings(store)).all['search.index'] !== 'off';

/**
 * Creates the task that brings the search index up to date, or takes it away when it was turned off; when there is
 * enough to do, none is at it, and none failed or was cancelled within the last hour. One task, however many workers ask:
 * its ID follows from the day and the one before.
 */
export const scheduleSearch = async ({store, now}: {readonly store: Store; readonly now: () => Instant}): Promise<void> => {
	const {parts, staleParts, unindexed, lastTask} = await readSearchState(store);
	const isWorth = await isSearchIndexed(store) ? staleParts > 0 || unindexed >= worthIndexing : parts > 0;
	const at = now();
	const isHeldUp = lastTask !== null && (lastTask.isUnfinished || (lastTask.isFailed && at - lastTask.updatedAt < retryAfterMs));
	if (isWorth && !isHeldUp) {
		await createTask(store, {id: contentId(idPrefixes.task, at - at % dayMs, `SEARCH.INDEX ${lastTask?.id ?? ''}`), type: 'SEARCH.INDEX', parameters: null, user: null, now: at});
	}
};
