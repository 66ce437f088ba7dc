import {type BackgroundTask} from '../domain/records.ts';
import {userName} from '../services/start-import.ts';
import {createQueue} from '../store/queue/queue.ts';
import {type Store} from '../store/store.ts';
import {createTask} from '../store/tasks/create-task.ts';
import {readTask} from '../store/tasks/read-task.ts';
import {type LocalTaskType} from '../store/tasks/task-types.ts';
import {Fault} from '../domain/fault.ts';
import {runJob} from './run-job.ts';
import {taskHandler, type TaskWork} from './tasks/task-handler.ts';
import {workerName} from './worker-name.ts';

/**
 * Runs a background task in this process, as a command that waits does: the task is created under a lease of its own,
 * so that no worker takes it while this one lives, and any worker goes on with it when it does not. When `signal`
 * aborts, the task is cancelled, and the signal's reason thrown. Throws what the work throws; the task has failed then.
 */
export const runTaskInForeground = async ({store, type, parameters, run, now, leaseMs, signal}: {
	readonly store: Store;
	readonly type: LocalTaskType;
	readonly parameters: unknown;
	readonly run: TaskWork;
	readonly now: () => number;
	readonly leaseMs: number;
	readonly signal: AbortSignal;
}): Promise<BackgroundTask> => {
	signal.throwIfAborted();
	const queue = createQueue({store, leaseMs});
	const task = await createTask(store, {type, parameters, user: userName(), now: now(), lease: {leaseBy: workerName(), leaseMs}});
	const end = await runJob({
		queue,
		job: {id: task.id, type, lane: '', fence: 1, attempt: 1, maxAttempts: 1, cursor: null},
		// No second try: whoever waits for the command sees its fault now.
		handler: taskHandler(store, run),
		isOnlyTry: true,
		leaseMs,
		cancelling: signal,
	});
	if (end.kind === 'failed' || end.kind === 'dead') {
		throw end.error;
	}

	signal.throwIfAborted();
	if (end.kind === 'cancelled') {
		throw new Fault(`the background task ${task.id} was cancelled`);
	}

	if (end.kind === 'lost') {
		throw new Fault(`the background task ${task.id} was taken over by a worker`, {remedy: `see it with auditty show ${task.id}`});
	}

	return await readTask(store, task.id) ?? task;
};
