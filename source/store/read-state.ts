import {tabs, type BackgroundTask, type Tab} from '../domain/records.ts';
import {recordTables} from './query/record-table.ts';
import {toSummary} from './query/stored-record.ts';
import {type Store} from './store.ts';

export type StoreState = {
	readonly ranges: {readonly [T in Tab]: {readonly oldest: number; readonly newest: number} | null};
	readonly revisions: {readonly [T in Tab]: number};
	readonly runningTasks: readonly BackgroundTask[];
	readonly failedSendouts: number;
};

const mostCounted = 10_000;
const mostTasks = 20;

const perTab = tabs.map(tab => `SELECT '${tab}' AS tab,
	(SELECT min(created_at) FROM ${tab}) AS oldest,
	(SELECT max(created_at) FROM ${tab}) AS newest,
	coalesce((SELECT seq FROM sqlite_sequence WHERE name = '${tab}'), 0) + (SELECT count FROM changes WHERE tab = '${tab}') AS revision`).join(' UNION ALL ');

/** The state of the store at a glance: some seeks in indexes, however much it holds. */
export const readState = async (store: Store): Promise<StoreState> => {
	const rows = await store.read(perTab);
	const ranges: Record<string, {oldest: number; newest: number} | null> = {};
	const revisions: Record<string, number> = {};
	for (const {tab, oldest, newest, revision} of rows) {
		ranges[String(tab)] = oldest === null ? null : {oldest: Number(oldest), newest: Number(newest)};
		revisions[String(tab)] = Number(revision);
	}

	const [failed] = await store.read(`SELECT count(*) AS count FROM (SELECT 1 FROM sendouts WHERE status = 'failed' LIMIT ${mostCounted})`);
	const columns = recordTables.tasks.summary.map(column => `"${column}"`).join(', ');
	const running = await store.read(`SELECT ${columns} FROM tasks INDEXED BY tasks_by_status WHERE status IN ('in_progress', 'scheduled') AND origin = 'local' ORDER BY status, created_at LIMIT ${mostTasks}`);
	return {
		ranges: ranges as StoreState['ranges'],
		revisions: revisions as StoreState['revisions'],
		runningTasks: running.map(row => toSummary('tasks', row)),
		failedSendouts: Number(failed?.count),
	};
};
