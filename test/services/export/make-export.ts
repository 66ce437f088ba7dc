import {readFileSync} from 'node:fs';
import path from 'node:path';
import {findDownload} from '../../../source/services/downloads/find-download.ts';
import {startExport} from '../../../source/services/export/start-export.ts';
import {type ExportRequest} from '../../../source/services/services.ts';
import {type ServiceContext} from '../../../source/services/service-context.ts';
import {createTaskHandlers} from '../../../source/worker/task-handlers.ts';
import {runWorker} from '../../../source/worker/run-worker.ts';

/** Does all work that waits in the store. */
export const work = async ({store, dataDirectory, now}: ServiceContext): Promise<void> => runWorker({
	store, handlers: createTaskHandlers({store, dataDirectory, now}), leaseMs: 5000, signal: new AbortController().signal, isUntilIdle: true,
	log() {
		// Its end is seen in the store.
	},
	pollMs: {least: 5, most: 20},
});

/** Makes an export, and gives its ID and its file's text. */
export const makeExport = async (context: ServiceContext, request: Partial<ExportRequest> = {}): Promise<{readonly id: string; readonly taskId: string; readonly text: string}> => {
	const {export: {id}, task} = await startExport(context, {tab: 'logs', query: 'since:2000-01-01', ...request});
	await work(context);
	const {path: file} = await findDownload(context, {id});
	return {id, taskId: task.id, text: readFileSync(path.resolve(file ?? ''), 'utf8')};
};
