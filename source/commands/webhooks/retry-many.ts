import {type BackgroundTask} from '../../domain/records.ts';
import {type ServiceContext} from '../../services/service-context.ts';
import {type RetryReport} from '../../services/webhooks/run-retry.ts';
import {type NewTask} from '../../store/tasks/create-task.ts';
import {type TaskProgress} from '../../store/tasks/write-progress.ts';
import {readRetryOutcome, type RetryOutcome} from '../../store/webhooks/retry-outcome.ts';
import {runDeliveries} from '../../worker/deliveries/run-deliveries.ts';
import {foregroundLease, runLeasedTask} from '../../worker/run-task-in-foreground.ts';
import {createDeliveryRules} from '../../worker/run-tasks-and-deliveries.ts';
import {retryTask} from '../../worker/tasks/retry-task.ts';
import {leaseMsOf} from '../../worker/worker-name.ts';
import {type ExitCode} from '../command.ts';
import {type CommandContext} from '../command-context.ts';
import {jsonText} from '../print/json-text.ts';
import {barLine} from '../progress/bar-line.ts';
import {followProgress, type ProgressText} from '../progress/follow-progress.ts';
import {showProgress} from '../progress/show-progress.ts';

type Progress = Omit<TaskProgress, 'processingTimeMs'>;
type Start = (lease?: NewTask['lease']) => Promise<BackgroundTask>;

const number = (count: number): string => count.toLocaleString('en-US');
const partsOf = ({progress, done, failed}: Progress): readonly string[] => [`${Math.floor(progress)} %`, `${number(done)} sent off`, ...failed === 0 ? [] : [`${number(failed)} passed over`]];

const retryProgress: ProgressText<Progress> = {
	line: state => `auditty: sending, ${partsOf(state).join(', ')}`,
	bar: (state, _, look) => barLine(state.progress / 100, partsOf(state), look),
};

const outcomeText = (task: BackgroundTask, {skipped}: RetryReport, {delivered, failed, waiting}: RetryOutcome): string => [
	`${number(delivered)} delivered, ${number(failed)} failed${waiting === 0 ? '' : `, ${number(waiting)} wait since the breaker of their endpoint is open: a worker sends them`} (background task ${task.id})`,
	...Object.entries(skipped).map(([reason, count]) => `${number(count)} not sent: ${reason}`),
].map(line => `${line}\n`).join('');

/** Leaves it to a worker. */
export const retryDetached = async ({output, format}: CommandContext, start: Start): Promise<ExitCode> => {
	const task = await start();
	await output.write(format === 'json' ? `${jsonText({task_id: task.id})}\n` : `${task.id} is scheduled: a worker sends them off (auditty worker --until-idle)\n`);
	return 0;
};

/**
 * Runs the background task in this process and delivers meanwhile, until each sendout was tried, but for those that a
 * breaker holds back. Exits 1 when not all were delivered.
 */
export const retryAndWait = async (context: CommandContext, {store, dataDirectory}: ServiceContext, start: Start): Promise<ExitCode> => {
	const {environment, errors, output, format, now, signal} = context;
	const leaseMs = leaseMsOf(environment);
	signal.throwIfAborted();
	const task = await start(foregroundLease(leaseMs));
	const scheduled: string[] = [];
	let hasTaskEnded = false;
	const progress = await followProgress({errors, environment, now, text: retryProgress});
	const work = retryTask({store, onScheduled: ids => scheduled.push(...ids)});
	const stopping = new AbortController();
	const deliveries = runDeliveries({
		store, leaseMs, signal: AbortSignal.any([signal, stopping.signal]), readRules: createDeliveryRules({store, dataDirectory}),
		async isIdle() {
			const {waiting, held} = hasTaskEnded ? await readRetryOutcome(store, scheduled) : {waiting: 1, held: 0};
			return waiting === held;
		},
		log() {
			// The outcome is told at the end.
		},
	});
	let ended: BackgroundTask;
	try {
		ended = await runLeasedTask({
			store, task, leaseMs, signal,
			run: showProgress(work, progress.update),
		});
		hasTaskEnded = true;
		await deliveries;
	} finally {
		stopping.abort();
		await deliveries.catch(() => undefined);
		await progress.end();
	}

	signal.throwIfAborted();
	const report = ended.result as RetryReport;
	const outcome = await readRetryOutcome(store, scheduled);
	await output.write(format === 'json'
		? `${jsonText({task_id: task.id, scheduled: report.scheduled, skipped: report.skipped, delivered: outcome.delivered, failed: outcome.failed, waiting: outcome.waiting})}\n`
		: outcomeText(task, report, outcome));
	return outcome.delivered === scheduled.length ? 0 : 1;
};
