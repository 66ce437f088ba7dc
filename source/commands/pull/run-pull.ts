import {type BackgroundTask, type Instant} from '../../domain/records.ts';
import {type PullReport} from '../../services/pull/pull-report.ts';
import {type Store} from '../../store/store.ts';
import {runPullInForeground} from '../../worker/run-pull-in-foreground.ts';
import {pullTask} from '../../worker/tasks/pull-task.ts';
import {leaseMsOf} from '../../worker/worker-name.ts';
import {type CommandContext} from '../command-context.ts';
import {type PullProgress} from './pull-text.ts';

/** Pulls once in this process, and tells how far it is. */
export const runPull = async ({context: {dataDirectory, environment, now, signal}, store, since, isGivenBack, onProgress}: {
	readonly context: Pick<CommandContext, 'dataDirectory' | 'environment' | 'now' | 'signal'>;
	readonly store: Store;
	readonly since: Instant | null;
	readonly isGivenBack: boolean;
	readonly onProgress: (progress: PullProgress) => void;
}): Promise<BackgroundTask> => {
	let report: PullReport | null = null;
	let progress = 0;
	let waitingUntil: Instant | null = null;
	const tell = (isElsewhere: boolean): void => onProgress({progress, report, waitingUntil, isElsewhere, now: now()});
	// A wait for a limit is long, and nothing else happens meanwhile.
	const timer = setInterval(() => {
		if (waitingUntil !== null) tell(false);
	}, 1000);
	const work = pullTask({
		store, now, dataDirectory, environment,
		onState(state) {
			({report} = state);
			tell(false);
		},
		onWait(waiting) {
			waitingUntil = waiting?.until ?? null;
			tell(false);
		},
	});
	try {
		return await runPullInForeground({
			store, now, since, leaseMs: leaseMsOf(environment), signal, isGivenBack,
			run: async run => work({
				...run,
				progress(state, cursor) {
					({progress} = state);
					run.progress(state, cursor);
				},
			}),
			onOther(task) {
				({progress} = task);
				tell(true);
			},
		});
	} finally {
		clearInterval(timer);
	}
};
