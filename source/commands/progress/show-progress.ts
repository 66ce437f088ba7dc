import {type TaskWork} from '../../worker/tasks/task-handler.ts';

type Progress = Parameters<Parameters<TaskWork>[0]['progress']>[0];

/** The work of a background task that also tells whoever waits for it how far it is. */
export const showProgress = (work: TaskWork, show: (progress: Progress) => void): TaskWork => async run => work({
	...run,
	progress(state, cursor) {
		show(state);
		run.progress(state, cursor);
	},
});
