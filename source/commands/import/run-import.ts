import path from 'node:path';
import {type ImportReport} from '../../services/import/import-report.ts';
import {importLogs} from '../../services/import/import-logs.ts';
import {type LogSource} from '../../services/import/log-source.ts';
import {type OriginalFile} from '../../services/originals/keep-original.ts';
import {readSettings} from '../../services/project-settings.ts';
import {type ImportFormat} from '../../services/services.ts';
import {openStore} from '../../store/open-store.ts';
import {leaseMsOf} from '../../worker/worker-name.ts';
import {prepareInThread} from '../../worker/intake-thread/prepare-in-thread.ts';
import {runTaskInForeground} from '../../worker/run-task-in-foreground.ts';
import {runImportTask} from '../../worker/tasks/import-logs-task.ts';
import {type CommandContext} from '../command-context.ts';

export type ImportRun = {
	/** Null when it failed before the first chunk was stored. */
	readonly report: ImportReport | null;
	readonly timezone: string;
	readonly taskId: string | null;
	/** Why it ended before the end of the source; null when it did not. */
	readonly failure: unknown;
};

/** Opens the store and imports the source into it, as a background task that runs in this process. */
export const runImport = async (context: CommandContext, options: {
	readonly source: LogSource;
	/** The path as given; null for what no other process can read, or not again. */
	readonly file: string | null;
	readonly original: OriginalFile;
	readonly format: ImportFormat | undefined;
	/** Ends the reading of the source. */
	readonly stopReading: (reason: unknown) => void;
	readonly onProgress: (report: ImportReport) => void;
}): Promise<ImportRun> => {
	const {storeLocation, dataDirectory, environment, now, signal} = context;
	const {source, file, original, format, stopReading} = options;
	const store = await openStore({...storeLocation, home: dataDirectory});
	let report: ImportReport | null = null;
	let taskId: string | null = null;
	const onProgress = (soFar: ImportReport): void => {
		report = soFar;
		options.onProgress(soFar);
	};

	try {
		const {timezone} = await readSettings(store);
		const parameters = file === null ? {input: 'standard input'} : {path: path.resolve(file), ...(format !== undefined && {format})};
		let failure: unknown = null;
		try {
			await runTaskInForeground({
				store, type: 'LOGS.IMPORT', parameters, now, leaseMs: leaseMsOf(environment), signal,
				run: async run => {
					taskId = run.task.id;
					run.signal.addEventListener('abort', () => stopReading(run.signal.reason));
					return runImportTask({store, now, dataDirectory, run, onProgress, original, begin: async given => {
						report = await importLogs({...given, source, prepare: prepareInThread});
						return report;
					}});
				},
			});
		} catch (error) {
			failure = error;
		}

		return {report, timezone, taskId, failure};
	} finally {
		await store.close();
	}
};
