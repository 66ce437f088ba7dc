import {setTimeout as delay} from 'node:timers/promises';
import {Fault} from '../domain/fault.ts';
import {type BackgroundTask, type Instant} from '../domain/records.ts';
import {ensurePull, isOpen} from '../services/pull/schedule-pull.ts';
import {userName} from '../services/import/start-import.ts';
import {createQueue} from '../store/queue/queue.ts';
import {type Store} from '../store/store.ts';
import {readTask} from '../store/tasks/read-task.ts';
import {type JobEnd, runJob} from './run-job.ts';
import {taskHandler, type TaskWork} from './tasks/task-handler.ts';
import {workerName} from './worker-name.ts';

const lookMs = 200;
const types = ['VOUCHERIFY.PULL'];

/**
 * Pulls in this process, and gives the background task at its end. One pull runs at a time: the one that another process has
 * is waited for, and gone on with when that process lets go of it or dies. Throws what the pull throws, and a `Fault` for
 * one that failed elsewhere. When `signal` aborts, the pull is cancelled, or with `isGivenBack` left to any worker; the
 * signal's reason is thrown.
 */
export const runPullInForeground = async ({store, now, since, run, leaseMs, signal, isGivenBack = false, onOther}: {
	readonly store: Store;
	readonly now: () => Instant;
	readonly since: Instant | null;
	readonly run: TaskWork;
	readonly leaseMs: number;
	readonly signal: AbortSignal;
	readonly isGivenBack?: boolean;
	/** Another process has the pull; called again and again while it is waited for. */
	readonly onOther: (task: BackgroundTask) => void;
}): Promise<BackgroundTask> => {
	const queue = createQueue({store, leaseMs});
	const by = workerName();

	const finish = async (task: BackgroundTask): Promise<BackgroundTask> => {
		for (let current = task; ;) {
			signal.throwIfAborted();
			const [job] = await queue.isWorkDue(types) ? await queue.claim({by, types, limit: 1}) : [];
			if (job !== undefined) {
				const end: JobEnd = await runJob({queue, job, handler: taskHandler(store, run), isOnlyTry: true, leaseMs, ...(isGivenBack ? {stopping: signal} : {cancelling: signal})});
				signal.throwIfAborted();
				if (job.id === task.id && 'error' in end) {
					throw end.error;
				}
			}

			current = await readTask(store, task.id) ?? current;
			if (!isOpen(current)) {
				return current;
			}

			if (job === undefined) {
				onOther(current);
				await delay(lookMs, undefined, {signal}).catch(() => signal.throwIfAborted());
			}
		}
	};

	for (;;) {
		const {task, isNew} = await ensurePull({store, now, since, user: userName()});
		const ended = await finish(task);
		// One that was there already need not reach as far back as was asked for.
		if (isNew || since === null) {
			if (ended.status === 'failed') {
				throw new Fault(`the pull ${ended.id} failed: ${ended.error ?? 'nobody said why'}`, {remedy: 'pull again'});
			}

			return ended;
		}
	}
};
