import {setTimeout as delay} from 'node:timers/promises';
import {Fault} from '../../domain/fault.ts';
import {toIso} from '../../domain/time/format-time.ts';
import {noteOwnExport} from '../../store/pull/remote-exports.ts';
import {readGaps, readSourceStates, replaceGaps, writePulled, writeReach, writeWanted} from '../../store/pull/pull-state.ts';
import {type ImportReport} from '../import/import-report.ts';
import {importLogs} from '../import/import-logs.ts';
import {type LogSource} from '../import/log-source.ts';
import {halve, type LogWindow, planWindows, reachAfter, wantedFrom} from './log-windows.ts';
import {type PullReport} from './pull-report.ts';
import {type PullRun} from './pull-run.ts';
import {type RemoteExport, VoucherifyFault} from './voucherify-api.ts';
import {WindowFailed} from './window-failed.ts';

const longestPollMs = 30_000;
const downloads = 2;
const keptRejections = 100;
/** So many of the smallest windows in a row, and it is not the windows that are at fault. */
const mostFailures = 3;

/** Faults of one window; others end the pull, or that of logs. */
const isOfWindow = (error: unknown): boolean => error instanceof WindowFailed || (error instanceof VoucherifyFault && (error.kind === 'request' || error.kind === 'server'));

const poll = async ({api, signal, now, timings}: PullRun, id: string): Promise<RemoteExport & {readonly downloadUrl: string}> => {
	const deadline = now() + timings.exportMs;
	for (let waitMs = timings.pollMs; ; waitMs = Math.min(waitMs * 2, longestPollMs)) {
		await delay(waitMs, undefined, {signal}).catch(() => signal.throwIfAborted());
		const made = await api.export(id, signal);
		if (made === null || made.status === 'error') {
			throw new WindowFailed(made === null ? `Voucherify has no export ${id} any more` : 'Voucherify could not make the export');
		}

		if (made.status === 'done' && made.downloadUrl !== null) {
			return {...made, downloadUrl: made.downloadUrl};
		}

		if (now() > deadline) {
			throw new WindowFailed(`the export ${id} was not done in time`);
		}
	}
};

/** What goes wrong with the file is the window's, what goes wrong with the store is not. */
const markFaults = (source: LogSource): LogSource => ({
	...source,
	items: (async function * () {
		try {
			yield * source.items;
		} catch (error) {
			throw error instanceof Fault ? new WindowFailed(error.message, {cause: error}) : error;
		}
	})(),
});

const setLogs = ({state}: PullRun, change: (logs: PullReport['logs']) => PullReport['logs']): void => {
	const {report} = state.get();
	state.set({report: {...report, logs: change(report.logs)}});
};

/** Of all that was read, what this pull did not add was there before. */
export const withDuplicates = (logs: PullReport['logs']): PullReport['logs'] => ({...logs, duplicates: Math.max(0, logs.read - logs.rejected - logs.inserted)});

const counted = (logs: PullReport['logs'], {read, rejected, rejections, secrets_replaced: secrets}: ImportReport): PullReport['logs'] => withDuplicates({
	...logs,
	read: logs.read + read,
	rejected: logs.rejected + rejected,
	rejections: [...logs.rejections, ...rejections].slice(0, keptRejections),
	secrets_replaced: logs.secrets_replaced + secrets,
});

const takeIn = async (run: PullRun, url: string): Promise<ImportReport> => {
	const {store, now, signal, redaction, taskId, guard, openLogs} = run;
	let source: LogSource;
	try {
		source = await openLogs(url, signal);
	} catch (error) {
		throw error instanceof Fault && !(error instanceof VoucherifyFault) ? new WindowFailed(error.message, {cause: error}) : error;
	}

	let inserted = 0;
	try {
		const report = await importLogs({store, source: markFaults(source), now, redaction, signal, taskId, alongWith: () => guard(), onProgress(soFar) {
			({inserted} = soFar);
		}});
		signal.throwIfAborted();
		return report;
	} finally {
		// Also of a file that turns out to be broken, and is had again.
		setLogs(run, logs => withDuplicates({...logs, inserted: logs.inserted + inserted}));
	}
};

/** Exports a window and stores its logs. Throws `WindowFailed` and others; what was stored by then stays. */
const pullWindow = async (run: PullRun, window: LogWindow): Promise<void> => {
	const {api, signal, state, save, now} = run;
	let {exportId} = state.get();
	if (exportId === null) {
		exportId = (await api.createLogExport(window, signal)).id;
		state.set({exportId});
		await save([noteOwnExport(exportId, now())]);
	}

	for (let tries = 1; ; tries++) {
		const {downloadUrl} = await poll(run, exportId);
		try {
			const report = await takeIn(run, downloadUrl);
			if (report.truncated === null) {
				setLogs(run, logs => counted(logs, report));
				return;
			}

			if (tries >= downloads) {
				// What is whole is counted with the export that brings the rest, or here.
				setLogs(run, logs => halve(window) === null ? counted(logs, report) : logs);
				throw new WindowFailed(`the file is broken in line ${report.truncated.place}: ${report.truncated.reason}`);
			}
		} catch (error) {
			if (!(error instanceof WindowFailed) || tries >= downloads) {
				throw error;
			}
		}
	}
};

/** A window is over: nothing of it is left to do, but for the gap that is noted. */
const close = async (run: PullRun, window: LogWindow, failure: string | null): Promise<void> => {
	const {state, save, store, now} = run;
	const {windows} = state.get();
	const {logs} = await readSourceStates(store);
	const reach = reachAfter(logs, window);
	state.set({windows: windows?.slice(1) ?? null, exportId: null});
	setLogs(run, before => failure === null
		? {...before, windows: before.windows + 1}
		: {...before, gaps: [...before.gaps, {from: toIso(window.from), until: toIso(window.until), error: failure}]});
	await save([
		...replaceGaps(window, failure === null ? [] : [{from: window.from, until: window.until, error: failure, failedAt: now()}]),
		writeReach('logs', {...reach, isComplete: true}),
	]);
};

const plan = async (run: PullRun): Promise<void> => {
	const {store, state, save, since, now, api} = run;
	const [{logs}, gaps] = await Promise.all([readSourceStates(store), readGaps(store)]);
	// By the clock of the project, which gave the logs their times.
	const at = now() + api.clockAheadMs();
	const wanted = wantedFrom(logs, since, at);
	state.set({windows: planWindows(logs, gaps, {wanted, now: at})});
	await save([writeWanted(wanted)]);
};

/** Pulls logs by exports of windows. A window that fails is halved, down to one that is noted as a gap. Throws when all fails. */
export const pullLogs = async (run: PullRun): Promise<void> => {
	const {state, save, signal, now} = run;
	if (state.get().windows === null) {
		await plan(run);
	}

	let failures = 0;
	for (let [window, ...rest] = state.get().windows ?? []; window !== undefined; [window, ...rest] = state.get().windows ?? []) {
		signal.throwIfAborted();
		try {
			await pullWindow(run, window);
			await close(run, window, null);
			failures = 0;
		} catch (error) {
			signal.throwIfAborted();
			if (!isOfWindow(error) || !(error instanceof Error)) {
				throw error;
			}

			const halves = halve(window);
			if (halves === null) {
				await close(run, window, error.message);
				failures++;
				if (failures >= mostFailures && state.get().windows?.length !== 0) {
					throw error;
				}
			} else {
				state.set({windows: [...halves, ...rest], exportId: null});
				await save([]);
			}
		}
	}

	await save([writePulled('logs', {at: now(), added: state.get().report.logs.inserted})]);
};
