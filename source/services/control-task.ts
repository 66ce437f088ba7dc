import {createQueue} from '../store/queue/queue.ts';
import {type Store} from '../store/store.ts';
import {readTask} from '../store/tasks/read-task.ts';
import {resetTask} from '../store/tasks/write-progress.ts';
import {type TaskChange} from './services.ts';

const unknown: TaskChange = {kind: 'refused', reason: 'is not in the store', remedy: 'see the list with auditty tasks'};

// Neither claims nor extends: how long a lease lasts does not matter here.
const queueOf = (store: Store) => createQueue({store, leaseMs: 30_000});

const changed = async (store: Store, id: string, text: string): Promise<TaskChange> => {
	const task = await readTask(store, id);
	return task === null ? unknown : {kind: 'changed', task, text};
};

/** Cancels a task that waits at once; one that runs is asked to stop, which takes its worker a moment. */
export const cancelTask = async ({store}: {readonly store: Store}, {id}: {readonly id: string}): Promise<TaskChange> => {
	const task = await readTask(store, id);
	if (task === null) {
		return unknown;
	}

	switch (await queueOf(store).cancel(id)) {
		case 'cancelled': {
			return changed(store, id, 'cancelled');
		}

		case 'asked': {
			return changed(store, id, 'is asked to stop');
		}

		case 'ended': {
			return {kind: 'refused', reason: `has ended (${(await readTask(store, id))?.status ?? task.status})`, remedy: 'only a task that waits or runs can be cancelled'};
		}

		case 'unknown': {
			return {kind: 'refused', reason: 'is not carried out by auditty', remedy: 'cancel it where it runs'};
		}
	}
};

/** Puts a task that ended back to its beginning. */
export const rerunTask = async ({store}: {readonly store: Store}, {id}: {readonly id: string}): Promise<TaskChange> => {
	const task = await readTask(store, id);
	if (task === null) {
		return unknown;
	}

	if (await queueOf(store).rerun(id, [resetTask(id)])) {
		return changed(store, id, 'is scheduled again');
	}

	const isOwn = (await store.read('SELECT 1 FROM jobs WHERE id = ?', [id])).length > 0;
	return isOwn
		? {kind: 'refused', reason: 'has not ended', remedy: 'wait for it, or cancel it first'}
		: {kind: 'refused', reason: 'is not carried out by auditty', remedy: 'start it where it ran'};
};
