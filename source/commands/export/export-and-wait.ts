import path from 'node:path';
import {Fault} from '../../domain/fault.ts';
import {findDownload} from '../../services/downloads/find-download.ts';
import {checkTarget, saveFile} from '../../services/export/publish-file.ts';
import {startExport} from '../../services/export/start-export.ts';
import {type ExportRequest} from '../../services/services.ts';
import {openStore} from '../../store/open-store.ts';
import {readRecord} from '../../store/query/read-record.ts';
import {exportTask} from '../../worker/tasks/export-task.ts';
import {foregroundLease, runLeasedTask} from '../../worker/run-task-in-foreground.ts';
import {leaseMsOf} from '../../worker/worker-name.ts';
import {type ExitCode} from '../command.ts';
import {type CommandContext} from '../command-context.ts';
import {followProgress} from '../progress/follow-progress.ts';
import {showProgress} from '../progress/show-progress.ts';
import {exportProgress, exportText, madeText} from './export-text.ts';
import {sendFile} from './send-file.ts';

/**
 * Makes an export in this process and hands its file over. The target is looked at before any work is done. When
 * `signal` aborts, the task is cancelled, and no part of a file is left.
 */
export const exportAndWait = async (context: CommandContext, request: ExportRequest, {target, isForced}: {
	readonly target: string | null;
	readonly isForced: boolean;
}): Promise<ExitCode> => {
	const {dataDirectory, storeLocation, environment, errors, output, format, now, signal} = context;
	const copy = target === null ? null : path.resolve(target);
	if (copy !== null) {
		await checkTarget(copy, {isForced});
	}

	const store = await openStore({...storeLocation, home: dataDirectory});
	try {
		const services = {store, dataDirectory, now};
		const leaseMs = leaseMsOf(environment);
		signal.throwIfAborted();
		const {export: {id}, task} = await startExport(services, request, foregroundLease(leaseMs));
		const progress = await followProgress({errors, environment, now, text: exportProgress});
		const work = exportTask({store, dataDirectory});
		await runLeasedTask({
			store, task, leaseMs, signal,
			run: showProgress(work, progress.update),
		}).finally(progress.end);
		const made = await readRecord(store, 'exports', id);
		if (made === null) {
			throw new Fault(`the export ${id} is no longer there`, {remedy: 'export again'});
		}

		const {content} = await findDownload(services, {id});
		if (copy !== null) {
			await saveFile(copy, {content: content(), isForced, signal});
			await errors.write(madeText(made.record, target));
		}

		if (format === 'json') {
			await output.write(exportText(made.record));
		} else if (copy === null) {
			await sendFile(content(), output);
			await errors.write(madeText(made.record, null));
		}

		return 0;
	} finally {
		await store.close();
	}
};
