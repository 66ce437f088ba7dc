import {type Store} from '../store/store.ts';
import {type JobHandlers} from './job-handler.ts';
import {exportTask} from './tasks/export-task.ts';
import {importLogsTask} from './tasks/import-logs-task.ts';
import {purgeTask} from './tasks/purge-task.ts';
import {searchIndexTask} from './tasks/search-index-task.ts';
import {taskHandler} from './tasks/task-handler.ts';

/** What a worker can do, by type of job. */
export const createTaskHandlers = (context: {readonly store: Store; readonly now: () => number; readonly dataDirectory: string}): JobHandlers => ({
	'LOGS.IMPORT': taskHandler(context.store, importLogsTask(context)),
	'LOGS.EXPORT': taskHandler(context.store, exportTask(context)),
	'LOGS.PURGE': taskHandler(context.store, purgeTask(context)),
	'SEARCH.INDEX': taskHandler(context.store, searchIndexTask(context)),
});
