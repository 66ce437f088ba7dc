import {countImported} from '../../store/logs/count-imported.ts';
import {readFingerprintKey} from '../../store/fingerprint-key.ts';
import {writeCheckpoint} from '../../store/queue/queue.ts';
import {type Store} from '../../store/store.ts';
import {requireCredentials} from '../../services/pull/credentials.ts';
import {projectAddress} from '../../services/pull/project-address.ts';
import {isWhole, type PullReport} from '../../services/pull/pull-report.ts';
import {type PullCheckpoint, type PullTimings, usualTimings} from '../../services/pull/pull-run.ts';
import {withDuplicates} from '../../services/pull/pull-logs.ts';
import {newCheckpoint, runPull} from '../../services/pull/run-pull.ts';
import {type PullParameters} from '../../services/pull/schedule-pull.ts';
import {readSettings} from '../../services/project-settings.ts';
import {type TaskOutcome, type TaskWork} from './task-handler.ts';

const shares = {exports: 5, tasks: 10, logs: 75, results: 10} as const;

const percentOf = ({over, windows, report}: PullCheckpoint): number => {
	const done = over.reduce((sum, step) => sum + shares[step], 0);
	const handled = report.logs.windows + report.logs.gaps.length;
	const part = windows === null || over.includes('logs') ? 0 : shares.logs * handled / Math.max(1, handled + windows.length);
	return Math.min(99.9, Math.floor((done + part) * 10) / 10);
};

const countsOf = ({logs, tasks, exports}: PullReport): Pick<TaskOutcome, 'done' | 'failed'> =>
	({done: logs.inserted + logs.duplicates + tasks.read + exports.read, failed: logs.rejected + logs.gaps.length});

/** VOUCHERIFY.PULL: takes in what is new in the Voucherify project. */
export const pullTask = ({store, now, dataDirectory, environment, timings = usualTimings, onState, onWait}: {
	readonly store: Store;
	readonly now: () => number;
	readonly dataDirectory: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly timings?: PullTimings & {readonly retryMs?: number};
	readonly onState?: (state: PullCheckpoint) => void;
	readonly onWait?: (waiting: {readonly until: number} | null) => void;
}): TaskWork => async ({task, job, signal, guard, progress}) => {
	const {redactKeys, all} = await readSettings(store);
	const address = projectAddress(all, environment);
	const credentials = requireCredentials(environment, dataDirectory);
	const [{createVoucherifyApi}, {openExportLogs}] = await Promise.all([
		import('../../intake/voucherify/create-voucherify-api.ts'), import('../../intake/voucherify/open-export-logs.ts'),
	]);
	const {since} = task.parameters as PullParameters;
	const api = createVoucherifyApi({address, credentials, now, retryMs: timings.retryMs, ...(onWait && {onWait})});
	let state = job.cursor as PullCheckpoint | null ?? newCheckpoint;
	const tell = (): void => {
		progress({progress: percentOf(state), ...countsOf(state.report), total: null});
		onState?.(state);
	};

	try {
		const report = await runPull({
			store, api, now, signal, guard, timings,
			taskId: task.id,
			redaction: {fingerprintKey: readFingerprintKey(dataDirectory), extraKeys: redactKeys},
			since: since === null ? null : Date.parse(since),
			openLogs: async (url, within) => openExportLogs(await api.download(url, within), within),
			async save(statements) {
				const results = await store.write([...guard(), writeCheckpoint(job, state), ...statements]);
				return results.slice(results.length - statements.length);
			},
			state: {
				get: () => state,
				set(change) {
					state = {...state, ...change};
					tell();
				},
			},
		});
		// Logs that a try before this one stored count too.
		const inserted = job.fence === 1 ? report.logs.inserted : await countImported(store, task.id);
		const logs = withDuplicates({...report.logs, inserted});
		const whole: PullReport = {...report, logs};
		const {done, failed} = countsOf(whole);
		return {done, failed, total: done + failed, processingStatus: isWhole(whole) && logs.rejected === 0 ? 'success' : 'failure', result: whole};
	} finally {
		await api.close();
	}
};
