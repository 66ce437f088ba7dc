import {type Fault} from '../../domain/fault.ts';
import {type PullSource, writeFailure} from '../../store/pull/pull-state.ts';
import {pullExports} from './pull-exports.ts';
import {pullLogs} from './pull-logs.ts';
import {emptyReport, type PullReport} from './pull-report.ts';
import {type PullCheckpoint, type PullRun, type PullStep, pullSteps} from './pull-run.ts';
import {pullResults, pullTasks} from './pull-tasks.ts';
import {VoucherifyFault} from './voucherify-api.ts';
import {WindowFailed} from './window-failed.ts';

export const newCheckpoint: PullCheckpoint = {report: emptyReport, over: [], windows: null, exportId: null, tasks: null, exports: null};

const steps: Readonly<Record<PullStep, {readonly source: PullSource; readonly run: (run: PullRun) => Promise<void>}>> = {
	exports: {source: 'exports', run: pullExports},
	tasks: {source: 'tasks', run: pullTasks},
	logs: {source: 'logs', run: pullLogs},
	results: {source: 'tasks', run: pullResults},
};

/** Whether a fault is one source's alone, so that the others can still be pulled. */
const isOfSource = (error: unknown): error is Fault =>
	error instanceof WindowFailed || (error instanceof VoucherifyFault && error.kind !== 'limit' && error.kind !== 'unreachable');

const textOf = (fault: Fault): string => fault.remedy === undefined ? fault.message : `${fault.message}, ${fault.remedy}`;

const noteFailure = async ({state, save, now}: PullRun, sources: readonly PullSource[], error: string): Promise<void> => {
	const {report} = state.get();
	let next: PullReport = report;
	for (const source of sources) {
		next = {...next, [source]: {...next[source], error}};
	}

	state.set({report: next});
	await save(sources.map(source => writeFailure(source, {at: now(), error})));
};

/**
 * Pulls the records of a Voucherify project into the store: exports, background tasks, logs, and then what only single
 * answers tell of tasks. A source that fails leaves the others be. Throws a `Fault` when the project cannot be asked at
 * all, or the signal's reason; what is in the store by then stays, and the next pull goes on from there.
 */
export const runPull = async (run: PullRun): Promise<PullReport> => {
	const {state, signal, save} = run;
	const faults = new Map<PullSource, Fault>();
	for (const step of pullSteps) {
		const {source, run: pull} = steps[step];
		const {over, report} = state.get();
		if (over.includes(step) || report[source].error !== null) {
			continue;
		}

		try {
			await pull(run);
			state.set({over: [...state.get().over, step]});
			await save([]);
		} catch (error) {
			signal.throwIfAborted();
			if (!isOfSource(error)) {
				if (error instanceof VoucherifyFault) {
					await noteFailure(run, [source], textOf(error));
				}

				throw error;
			}

			faults.set(source, error);
			await noteFailure(run, [source], textOf(error));
		}
	}

	const [first] = faults.values();
	if (faults.size === 3 && first !== undefined) {
		throw first;
	}

	return state.get().report;
};
