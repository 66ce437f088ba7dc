import process from 'node:process';
import {hasKeys} from '../services/pull/schedule-pull.ts';
import {type Store} from '../store/store.ts';
import {type JobHandlers} from './job-handler.ts';
import {exportTask} from './tasks/export-task.ts';
import {importLogsTask} from './tasks/import-logs-task.ts';
import {pullTask} from './tasks/pull-task.ts';
import {purgeTask} from './tasks/purge-task.ts';
import {retryTask} from './tasks/retry-task.ts';
import {searchIndexTask} from './tasks/search-index-task.ts';
import {taskHandler} from './tasks/task-handler.ts';

type Context = {
	readonly store: Store;
	readonly now: () => number;
	readonly dataDirectory: string;
	/** Where keys and hosts may be; this process's own unless given. */
	readonly environment?: Readonly<Record<string, string | undefined>>;
};

/** Only a worker that has the keys of the project takes a pull: another one would fail it. */
const pullHandlers = ({environment = process.env, ...context}: Context): JobHandlers =>
	hasKeys(environment, context.dataDirectory) ? {'VOUCHERIFY.PULL': taskHandler(context.store, pullTask({...context, environment}))} : {};

/** What a worker can do, by type of job. */
export const createTaskHandlers = (context: Context): JobHandlers => ({
	'LOGS.IMPORT': taskHandler(context.store, importLogsTask(context)),
	'LOGS.EXPORT': taskHandler(context.store, exportTask(context)),
	'LOGS.PURGE': taskHandler(context.store, purgeTask(context)),
	'SENDOUTS.RETRY': taskHandler(context.store, retryTask(context)),
	'SEARCH.INDEX': taskHandler(context.store, searchIndexTask(context)),
	...pullHandlers(context),
});
