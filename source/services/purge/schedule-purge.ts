import {contentId, idPrefixes} from '../../domain/ids.ts';
import {type Instant} from '../../domain/records.ts';
import {retentionLimit} from '../../domain/retention.ts';
import {hasOldLogs} from '../../store/purge/purge-logs.ts';
import {type Store} from '../../store/store.ts';
import {createTask} from '../../store/tasks/create-task.ts';
import {readSettings} from '../project-settings.ts';

/** What a purge is asked to do: the setting, and the instant before which logs are old, as it was when it was asked. */
export type PurgeParameters = {readonly retention: string; readonly until: string};

/** What a purge would do now; null when all is kept. */
export const purgeParameters = async (store: Store, now: Instant): Promise<PurgeParameters | null> => {
	const {retention} = await readSettings(store);
	const limit = retentionLimit(retention, now);
	return limit === null ? null : {retention, until: new Date(limit).toISOString()};
};

const dayMs = 86_400_000;

/**
 * Creates the day's purge when there is something to purge; once a day, however many workers ask: the task's ID follows
 * from the day.
 */
export const schedulePurge = async ({store, now}: {readonly store: Store; readonly now: () => Instant}): Promise<void> => {
	const at = now();
	const parameters = await purgeParameters(store, at);
	if (parameters === null || !await hasOldLogs(store, Date.parse(parameters.until))) {
		return;
	}

	const day = at - at % dayMs;
	await createTask(store, {id: contentId(idPrefixes.task, day, 'LOGS.PURGE'), type: 'LOGS.PURGE', parameters, user: null, now: at});
};
