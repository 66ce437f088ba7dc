import {type TestContext} from 'node:test';
import {type BackgroundTask, type Log, type RecordOf} from '../../source/domain/records.ts';
import {defaultStoreUrl} from '../../source/store/data-directory.ts';
import {insertLogs} from '../../source/store/logs/insert-logs.ts';
import {openStore} from '../../source/store/open-store.ts';
import {insertRecord} from '../../source/store/query/stored-record.ts';
import {makeLog} from './make-log.ts';
import {temporaryDirectory} from './temporary-store.ts';

export type Seed = {
	readonly logs?: ReadonlyArray<Partial<Log> & {readonly id: string}>;
	readonly tasks?: ReadonlyArray<RecordOf['tasks']>;
	readonly exports?: ReadonlyArray<RecordOf['exports']>;
	readonly sendouts?: ReadonlyArray<RecordOf['sendouts']>;
};

/** Adds records to the store of a data directory. */
export const addRecords = async (home: string, {logs = [], tasks = [], exports = [], sendouts = []}: Seed): Promise<void> => {
	const store = await openStore({url: defaultStoreUrl(home), isReadOnly: false});
	try {
		await insertLogs(store, logs.map(makeLog), {storedAt: Date.now()});
		await store.write([
			...tasks.flatMap(task => insertRecord('tasks', task)),
			...exports.flatMap(record => insertRecord('exports', record)),
			...sendouts.flatMap(sendout => insertRecord('sendouts', sendout)),
		]);
	} finally {
		await store.close();
	}
};

/** A data directory whose store holds these records; it goes when the test ends. */
export const seedHome = async (context: Pick<TestContext, 'after'>, seed: Seed = {}): Promise<string> => {
	const home = temporaryDirectory(context);
	await addRecords(home, seed);
	return home;
};

export const makeTask = (given: Partial<BackgroundTask> & {readonly id: string}): BackgroundTask => ({
	type: 'LOGS.IMPORT', status: 'done', processing_status: 'success', progress: 100, done_count: 3, failed_count: 0, total_count: 3,
	processing_time: 12, created_at: Date.UTC(2026, 10, 22, 12), updated_at: null, user: null, request_id: null, log_id: null,
	export_id: null, origin: 'local', parameters: null, result: null, error: null, ...given,
});

export const makeExport = (given: Partial<RecordOf['exports']> & {readonly id: string}): RecordOf['exports'] => ({
	resource: 'api_log', status: 'done', created_at: Date.UTC(2026, 10, 22, 12), finished_at: Date.UTC(2026, 10, 22, 12, 1), user: null,
	origin: 'local', query: 'status:failure', fields: ['id', 'status'], order: '-created_at', rows: 2, bytes: 120, sha256: null, task_id: null,
	error: null, ...given,
});

export const makeSendout = (given: Partial<RecordOf['sendouts']> & {readonly id: string}): RecordOf['sendouts'] => ({
	status: 'success', type: 'voucher.published', event_id: 'evt_1', request_id: null, source_id: 'wh_1', target_url: 'https://example.com/hook',
	created_at: Date.UTC(2026, 10, 22, 12), sent_at: Date.UTC(2026, 10, 22, 12), attempts: 1, next_attempt_at: null, error: null, data: {amount: 5},
	attempt_log: [], ...given,
});
