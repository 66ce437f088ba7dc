import {contentId, idPrefixes} from '../../domain/ids.ts';
import {type BackgroundTask, type Instant} from '../../domain/records.ts';
import {readLastPull} from '../../store/pull/last-pull.ts';
import {type Store} from '../../store/store.ts';
import {createTask} from '../../store/tasks/create-task.ts';
import {readTask} from '../../store/tasks/read-task.ts';
import {readSettings} from '../project-settings.ts';
import {findCredentials} from './credentials.ts';
import {readPause} from './pull-pause.ts';

export type PullParameters = {
	/** ISO 8601; null leaves it at what an earlier pull wanted. */
	readonly since: string | null;
};

const dayMs = 86_400_000;

export const isOpen = ({status}: BackgroundTask): boolean => status === 'scheduled' || status === 'in_progress';

/**
 * The pull that waits or runs, or a new one that waits. However many processes ask, they get the same: the ID of a pull
 * follows from that of the one before. `isNew` is true for the one whose `since` it has.
 */
export const ensurePull = async ({store, now, since, user}: {
	readonly store: Store;
	readonly now: () => Instant;
	readonly since: Instant | null;
	readonly user: string | null;
}): Promise<{readonly task: BackgroundTask; readonly isNew: boolean}> => {
	const last = await readLastPull(store);
	if (last !== null && isOpen(last)) {
		return {task: last, isNew: false};
	}

	const at = now();
	const id = contentId(idPrefixes.task, last === null ? at - at % dayMs : last.created_at + 1, `VOUCHERIFY.PULL ${last?.id ?? ''}`);
	const parameters: PullParameters = {since: since === null ? null : new Date(since).toISOString()};
	const made = await createTask(store, {id, type: 'VOUCHERIFY.PULL', parameters, user, now: at});
	const task = await readTask(store, id) ?? made;
	return {task, isNew: JSON.stringify(task.parameters) === JSON.stringify(parameters)};
};

/** Whether this process has keys for pulls, or ones whose fault a pull would tell. */
export const hasKeys = (environment: Readonly<Record<string, string | undefined>>, dataDirectory: string): boolean => {
	try {
		return findCredentials(environment, dataDirectory) !== null;
	} catch {
		return true;
	}
};

/** When the next pull is due by the setting `pull.every`; null when that is off. */
export const nextPullAt = async (store: Store): Promise<Instant | null> => {
	const pauseMs = readPause((await readSettings(store)).all['pull.every'] ?? 'off');
	return pauseMs === null ? null : ((await readLastPull(store))?.created_at ?? -pauseMs) + pauseMs;
};

/** Creates the next pull when it is due. Only where there are keys, so that it does not wait for a worker that has some. */
export const schedulePull = async ({store, now, environment, dataDirectory}: {
	readonly store: Store;
	readonly now: () => Instant;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly dataDirectory: string;
}): Promise<void> => {
	const due = await nextPullAt(store);
	if (due !== null && due <= now() && hasKeys(environment, dataDirectory)) {
		await ensurePull({store, now, since: null, user: null});
	}
};
