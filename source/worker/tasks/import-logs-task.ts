import path from 'node:path';
import {Fault} from '../../domain/fault.ts';
import {isoInstant} from '../../domain/time/iso-instant.ts';
import {openLogSource} from '../../intake/open-log-source.ts';
import {importLogs, type ImportOptions, type ImportReport} from '../../services/import-logs.ts';
import {type LogSource} from '../../services/log-source.ts';
import {readSettings} from '../../services/project-settings.ts';
import {exportSample} from '../../services/sample/export-sample.ts';
import {loadSample} from '../../services/sample/load-sample.ts';
import {type ImportFormat} from '../../services/services.ts';
import {countImported} from '../../store/logs/count-imported.ts';
import {readFingerprintKey} from '../../store/fingerprint-key.ts';
import {type Store} from '../../store/store.ts';
import {createSecretLedger} from '../../services/originals/secret-ledger.ts';
import {keepImportOriginal, type OriginalFile} from './keep-import-original.ts';
import {type TaskOutcome, type TaskRun, type TaskWork} from './task-handler.ts';

export type ImportParameters =
	| {readonly path: string; readonly format?: ImportFormat}
	| {readonly sample: true}
	/** Standard input of the command that created the task. */
	| {readonly input: string};

type Import = (options: Omit<ImportOptions, 'source'>) => Promise<ImportReport>;

const percentOf = ({bytes_read: read, bytes_total: total}: ImportReport): number =>
	total === null || total === 0 ? 0 : Math.min(99, Math.floor(read / total * 1000) / 10);

// How far any try came, so that a try that came no further than those before counts as one that came to nothing.
const furthest = (cursor: unknown, {bytes_read: read}: ImportReport): number =>
	Math.max(read, Number((cursor as {readonly bytes?: number} | null)?.bytes ?? 0));

const describe = (report: ImportReport): TaskOutcome => ({
	done: report.inserted + report.duplicates,
	failed: report.rejected,
	total: report.read,
	processingStatus: report.rejected === 0 && report.truncated === null ? 'success' : 'failure',
	result: {...report, oldest: isoInstant(report.oldest), newest: isoInstant(report.newest)},
});

/**
 * Runs an import as the work of a task: with its lease in each transaction, its progress, and right counts at the end.
 * A try after a crash reads the source from its start; what is in the store already is not stored again, and what
 * earlier tries stored counts as stored by this import.
 */
export const runImportTask = async ({store, now, dataDirectory, run, begin, original = null, onProgress}: {
	readonly store: Store;
	readonly now: () => number;
	readonly dataDirectory: string;
	readonly run: TaskRun;
	readonly begin: Import;
	/** The file, which is kept unless the settings say otherwise. */
	readonly original?: OriginalFile | null;
	readonly onProgress?: (report: ImportReport) => void;
}): Promise<TaskOutcome> => {
	const {redactKeys, all} = await readSettings(store);
	const secrets = createSecretLedger();
	const redaction = {fingerprintKey: readFingerprintKey(dataDirectory), extraKeys: redactKeys};
	const report = await begin({
		store,
		now,
		redaction: {...redaction, onSecret: secrets.add},
		signal: run.signal,
		taskId: run.task.id,
		alongWith: () => run.guard(),
		onProgress(soFar) {
			run.progress({progress: percentOf(soFar), done: soFar.inserted + soFar.duplicates, failed: soFar.rejected, total: null}, {bytes: furthest(run.job.cursor, soFar)});
			onProgress?.(soFar);
		},
	});
	run.signal.throwIfAborted();
	const kept = original === null || all['originals'] === 'none'
		? {result: {}, effects: []}
		: await keepImportOriginal({store, now, dataDirectory, run, report, original, redaction, secrets});
	const withOriginal = (outcome: TaskOutcome): TaskOutcome => ({...outcome, result: {...outcome.result as object, ...kept.result}, effects: kept.effects});
	if (run.job.fence === 1) {
		return withOriginal(describe(report));
	}

	const inserted = await countImported(store, run.task.id);
	return withOriginal(describe({...report, inserted, duplicates: Math.max(0, report.read - report.rejected - inserted)}));
};

/** LOGS.IMPORT: a file, or the sample project. */
export const importLogsTask = ({store, now, dataDirectory}: {readonly store: Store; readonly now: () => number; readonly dataDirectory: string}): TaskWork => async run => {
	const parameters = run.task.parameters as ImportParameters;
	if ('sample' in parameters) {
		return runImportTask({store, now, dataDirectory, run, begin: async options => {
			const report = await loadSample(options);
			await exportSample({store, now, dataDirectory});
			return report;
		}});
	}

	if ('input' in parameters) {
		throw new Fault(`${parameters.input} ended with the command that read it`, {remedy: 'import it again'});
	}

	const source: LogSource = await openLogSource({from: {path: parameters.path}, format: parameters.format, signal: run.signal});
	return runImportTask({store, now, dataDirectory, run, original: {path: parameters.path, name: path.basename(parameters.path)}, begin: async options => importLogs({...options, source})});
};
