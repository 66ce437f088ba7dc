import {type BackgroundTask} from '../domain/records.ts';
import {userName} from '../services/import/start-import.ts';
import {createQueue} from '../store/queue/queue.ts';
import {type Store} from '../store/store.ts';
import {createTask} from '../store/tasks/create-task.ts';
import {readTask} from '../store/tasks/read-task.ts';
import {type LocalTaskType} from '../store/tasks/task-types.ts';
import {Fault} from '../domain/fault.ts';
import {runJob} from './run-job.ts';
import {taskHandler, type TaskWork} from './tasks/task-handler.ts';
import {workerName} from './worker-name.ts';

/** The lease under which a command creates the task that it runs itself. */
export const foregroundLease = (leaseMs: number): {readonly leaseBy: string; readonly leaseMs: number} => ({leaseBy: workerName(), leaseMs});

/**
 * Runs a background task in this process, as a command that waits does: the task was created under a lease of its own,
 * so that no worker takes it while this one lives, and any worker goes on with it when it does not. When `signal`
 * aborts, the task is cancelled, and the signal's reason thrown. Throws what the work throws; the task has failed then.
 */
export const runLeasedTask = async ({store, task, run, leaseMs, signal}: {
	readonly store: Store;
	/** Just created, under `foregroundLease`. */
	readonly task: BackgroundTask;
	readonly run: TaskWork;
	readonly leaseMs: number;
	readonly signal: AbortSignal;
}): Promise<BackgroundTask> => {
	const end = await runJob({
		queue: createQueue({store, leaseMs}),
		job: {id: task.id, type: task.type, lane: '', fence: 1, attempt: 1, maxAttempts: 1, cursor: null},
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

/** Creates a background task and runs it in this process. */
export const runTaskInForeground = async ({type, parameters, now, ...options}: Omit<Parameters<typeof runLeasedTask>[0], 'task'> & {
	readonly type: LocalTaskType;
	readonly parameters: unknown;
	readonly now: () => number;
}): Promise<BackgroundTask> => {
	options.signal.throwIfAborted();
	const task = await createTask(options.store, {type, parameters, user: userName(), now: now(), lease: foregroundLease(options.leaseMs)});
	return runLeasedTask({...options, task});
};
