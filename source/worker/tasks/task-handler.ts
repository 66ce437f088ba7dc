import {Fault} from '../../domain/fault.ts';
import {type BackgroundTask} from '../../domain/records.ts';
import {readTask} from '../../store/tasks/read-task.ts';
import {type TaskEnd, type TaskProgress, writeEnd, writeProgress} from '../../store/tasks/write-progress.ts';
import {type Statement, type Store} from '../../store/store.ts';
import {type HeldJob, type JobHandler} from '../job-handler.ts';

/** What the work of a background task is given: the job, and words of tasks. */
export type TaskRun = Omit<HeldJob, 'report'> & {
	readonly task: BackgroundTask;
	/** How far it is, and where another worker could go on. Written at most twice a second. */
	readonly progress: (progress: Omit<TaskProgress, 'processingTimeMs'>, cursor?: unknown) => void;
};

export type TaskOutcome = Omit<TaskEnd, 'processingTimeMs' | 'progress'> & {
	/** Written in the transaction that ends the task. */
	readonly effects?: readonly Statement[];
};

/** Does the work of a task type. Throws a Fault for what a person must put right; it is not tried again then. */
export type TaskWork = (run: TaskRun) => Promise<TaskOutcome>;

/** Makes a handler of jobs out of the work of a background task: reads the task, keeps its row up to date. */
export const taskHandler = (store: Store, work: TaskWork): JobHandler => async ({report, ...held}) => {
	const task = await readTask(store, held.job.id);
	if (task === null) {
		throw new Fault(`there is no background task ${held.job.id}`);
	}

	const startedAt = performance.now();
	const earlierMs = task.processing_time ?? 0;
	const processingTimeMs = (): number => earlierMs + performance.now() - startedAt;
	const {effects = [], ...outcome} = await work({
		...held,
		task,
		progress(progress, cursor) {
			report({cursor, effects: [writeProgress(task.id, {...progress, processingTimeMs: processingTimeMs()})]});
		},
	});
	// The end comes last: what follows from it sees what the work did.
	return [...effects, writeEnd(task.id, {...outcome, progress: 100, processingTimeMs: processingTimeMs()})];
};
