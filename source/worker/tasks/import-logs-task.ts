import {Fault} from '../../domain/fault.ts';
import {isoInstant} from '../../domain/time/iso-instant.ts';
import {stateOfReadable} from '../../intake/input/open-bytes.ts';
import {openLogSource} from '../../intake/open-log-source.ts';
import {type ImportCheckpoint, type ImportReport} from '../../services/import/import-report.ts';
import {importLogs, type ImportOptions} from '../../services/import/import-logs.ts';
import {readSettings} from '../../services/project-settings.ts';
import {exportSample} from '../../services/sample/export-sample.ts';
import {loadSample} from '../../services/sample/load-sample.ts';
import {type ImportFormat} from '../../services/services.ts';
import {writeCheckpoint} from '../../store/queue/queue.ts';
import {countImported} from '../../store/logs/count-imported.ts';
import {readFingerprintKey} from '../../store/fingerprint-key.ts';
import {type Store} from '../../store/store.ts';
import {type OriginalFile} from '../../services/originals/keep-original.ts';
import {createSecretLedger} from '../../services/originals/secret-ledger.ts';
import {prepareInThread} from '../intake-thread/prepare-in-thread.ts';
import {keepImportOriginal, originalOfFile} from './keep-import-original.ts';
import {type TaskOutcome, type TaskRun, type TaskWork} from './task-handler.ts';

export type ImportParameters =
	| {readonly path: string; readonly format?: ImportFormat}
	| {readonly sample: true}
	/** Standard input of the command that created the task. */
	| {readonly input: string};

type Import = (options: Omit<ImportOptions, 'source'>) => Promise<ImportReport>;

const percentOf = ({bytes_read: read, bytes_total: total}: ImportReport): number =>
	total === null || total === 0 ? 0 : Math.min(99, Math.floor(read / total * 1000) / 10);

// `bytes` is how far any try came: one that came no further than those before it counts as one that came to nothing.
const cursorOf = ({bytes, resumption}: ImportCheckpoint, earlier: ImportCheckpoint | null): ImportCheckpoint =>
	({bytes: Math.max(bytes, earlier?.bytes ?? 0), resumption});

const describe = (report: ImportReport): TaskOutcome => ({
	done: report.inserted + report.duplicates,
	failed: report.rejected,
	total: report.read,
	processingStatus: report.rejected === 0 && report.truncated === null ? 'success' : 'failure',
	result: {...report, oldest: isoInstant(report.oldest), newest: isoInstant(report.newest)},
});

/**
 * Runs an import as the work of a task: with its lease in each transaction, its progress, and right counts at the end.
 * What is in the store already is not stored again, and what earlier tries stored counts as stored by this import.
 */
export const runImportTask = async ({store, now, dataDirectory, run, begin, original = null, isResumed = false, onProgress}: {
	readonly store: Store;
	readonly now: () => number;
	readonly dataDirectory: string;
	readonly run: TaskRun;
	readonly begin: Import;
	/** What is read, which is kept unless the settings say otherwise. */
	readonly original?: OriginalFile | null;
	/** Earlier tries read a part of it. */
	readonly isResumed?: boolean;
	readonly onProgress?: (report: ImportReport) => void;
}): Promise<TaskOutcome> => {
	const {redactKeys, all} = await readSettings(store);
	if (all['originals'] === 'none') {
		await original?.drop?.();
	}

	const secrets = createSecretLedger();
	const redaction = {fingerprintKey: readFingerprintKey(dataDirectory), extraKeys: redactKeys};
	const report = await begin({
		store,
		now,
		redaction: {...redaction, onSecret: secrets.add},
		signal: run.signal,
		taskId: run.task.id,
		alongWith: checkpoint => run.guard(() => cursorOf(checkpoint(), run.job.cursor as ImportCheckpoint | null)),
		onProgress(soFar) {
			run.progress({progress: percentOf(soFar), done: soFar.inserted + soFar.duplicates, failed: soFar.rejected, total: null});
			onProgress?.(soFar);
		},
	});
	run.signal.throwIfAborted();
	// It can be long, and nothing goes on from it any more.
	const forget = writeCheckpoint(run.job, null);
	const kept = original === null || all['originals'] === 'none'
		? {result: {}, effects: []}
		: await keepImportOriginal({store, now, dataDirectory, run, report, original, redaction, secrets, isResumed});
	const withOriginal = (outcome: TaskOutcome): TaskOutcome => ({...outcome, result: {...outcome.result as object, ...kept.result}, effects: [...kept.effects, forget]});
	if (run.job.fence === 1) {
		return withOriginal(describe(report));
	}

	const inserted = await countImported(store, run.task.id);
	return withOriginal(describe({...report, inserted, duplicates: Math.max(0, report.read - report.rejected - inserted)}));
};

/**
 * LOGS.IMPORT: a file, or the sample project. A try after a crash goes on after the last chunk that was stored with a
 * checkpoint. A compressed file, and one that was written since, it reads from the start.
 */
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

	const {path, format} = parameters;
	if (await stateOfReadable(path) === null) {
		throw new Fault(`${path} is no plain file, and a worker cannot read it`, {remedy: 'run auditty import without --detach'});
	}

	const earlier = (run.job.cursor as ImportCheckpoint | null)?.resumption ?? null;
	const source = await openLogSource({from: {path}, format, signal: run.signal, after: earlier?.at});
	const resumption = source.isResumed === true ? earlier : null;
	return runImportTask({
		store, now, dataDirectory, run, original: source.file ? originalOfFile(path, source.file) : null, isResumed: resumption !== null,
		begin: async options => importLogs({...options, source, resumption, prepare: prepareInThread}),
	});
};
