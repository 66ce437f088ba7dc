import {type TestContext} from 'node:test';
import {type BackgroundTask} from '../../../source/domain/records.ts';
import {type PullReport} from '../../../source/services/pull/pull-report.ts';
import {type Store} from '../../../source/store/store.ts';
import {runPullInForeground} from '../../../source/worker/run-pull-in-foreground.ts';
import {pullTask} from '../../../source/worker/tasks/pull-task.ts';
import {startVoucherifyServer, type VoucherifyServer} from '../../helpers/voucherify-server.ts';
import {temporaryDirectory, temporaryStore} from '../../helpers/temporary-store.ts';

export type PullOptions = {
	readonly since?: number;
	readonly now?: () => number;
	readonly signal?: AbortSignal;
	readonly exportMs?: number;
	readonly onWait?: (waiting: {readonly until: number} | null) => void;
};

export type Pulling = {
	readonly server: VoucherifyServer;
	readonly store: Store;
	readonly dataDirectory: string;
	/** Pulls, without the pauses that a person's machine makes. */
	readonly pull: (options?: PullOptions) => Promise<{readonly task: BackgroundTask; readonly report: PullReport}>;
};

/** A server of a project, and a store that pulls it. */
export const openPulling = async (context: TestContext): Promise<Pulling> => {
	const server = await startVoucherifyServer(context);
	const store = await temporaryStore(context);
	const dataDirectory = temporaryDirectory(context);
	return {
		server, store, dataDirectory,
		async pull({since, now = Date.now, signal = new AbortController().signal, exportMs = 60_000, onWait} = {}) {
			const work = pullTask({store, now, dataDirectory, environment: server.environment, timings: {pollMs: 2, exportMs, retryMs: 2}, ...(onWait && {onWait})});
			const task = await runPullInForeground({
				store, now, since: since ?? null, run: work, leaseMs: 30_000, signal,
				onOther() {
					// Nobody else pulls.
				},
			});
			return {task, report: task.result as PullReport};
		},
	};
};

export const countOf = async (store: Store, table: string, where = 'true'): Promise<number> =>
	Number((await store.read(`SELECT count(*) AS count FROM ${table} WHERE ${where}`))[0]?.count);
