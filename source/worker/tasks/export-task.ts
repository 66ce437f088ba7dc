import {Fault} from '../../domain/fault.ts';
import {type ExportCheckpoint, runExport} from '../../services/export/run-export.ts';
import {removeEarlierTries} from '../../services/export/leftovers.ts';
import {exportsDirectory} from '../../store/data-directory.ts';
import {type Store} from '../../store/store.ts';
import {openCsvThread} from '../csv-thread/open-csv-thread.ts';
import {JobCancelled} from '../job-handler.ts';
import {type TaskWork} from './task-handler.ts';

const percentOf = (rows: number, total: number | null): number =>
	total === null || total === 0 ? 0 : Math.min(99.9, Math.floor(rows / total * 1000) / 10);

/** LOGS.EXPORT: makes the file of an export. */
export const exportTask = ({store, dataDirectory}: {readonly store: Store; readonly dataDirectory: string}): TaskWork => async ({task, job, signal, progress}) => {
	const {export_id: exportId} = task;
	if (exportId === null) {
		throw new Fault(`the background task ${task.id} names no export`, {remedy: 'start a new one'});
	}

	const directory = exportsDirectory(dataDirectory);
	try {
		const {rows, bytes, sha256, effects} = await runExport({
			store, directory, exportId, tryNumber: job.fence, checkpoint: job.cursor as ExportCheckpoint | null, signal, openFormatter: openCsvThread,
			onProgress: ({rows: done, total}, checkpoint) => progress({progress: percentOf(done, total), done, failed: 0, total}, checkpoint ?? undefined),
		});
		return {done: rows, failed: 0, total: rows, processingStatus: 'success', result: {rows, bytes, sha256}, effects};
	} catch (error) {
		if (signal.reason instanceof JobCancelled) {
			await removeEarlierTries(directory, {exportId, tryNumber: job.fence + 1, but: null});
		}

		throw error;
	}
};
