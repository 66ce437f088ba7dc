import fs from 'node:fs/promises';
import path from 'node:path';
import {Readable} from 'node:stream';
import {Fault} from '../../domain/fault.ts';
import {type BackgroundTask, type ExportRecord} from '../../domain/records.ts';
import {exportsDirectory, originalsDirectory} from '../../store/data-directory.ts';
import {readExportPlan} from '../../store/exports/export-plan.ts';
import {readRecord} from '../../store/query/read-record.ts';
import {readImportOfLog, readOriginal} from '../../store/originals/originals.ts';
import {fileContent} from '../file-content.ts';
import {originalsOf} from '../originals/original-files.ts';
import {type Download} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';
import {uploadedFile} from './uploaded-file.ts';

/** A file, or bytes that lie in the store. */
export type FoundDownload = Download & {
	/** Each piece is good until the next is asked for. */
	readonly content: () => AsyncIterable<Buffer>;
};

const states: Readonly<Record<Exclude<ExportRecord['status'], 'done'>, readonly [what: string, remedy: string]>> = {
	scheduled: ['has not begun', 'wait for it, or run auditty worker'],
	in_progress: ['is being made', 'wait until it is done'],
	error: ['failed', 'run its task again'],
};

const fileOf = async ({store, dataDirectory}: ServiceContext, exportId: string): Promise<{readonly path: string; readonly bytes: number} | null> => {
	const file = (await readExportPlan(store, exportId))?.file ?? null;
	const found = file === null ? null : path.join(exportsDirectory(dataDirectory), file);
	const bytes = found === null ? null : await fs.stat(found).then(stats => stats.size, () => null);
	return found === null || bytes === null ? null : {path: found, bytes};
};

/** A file of the project's comes here when it is first wanted. */
const fetchedFileOf = async (context: ServiceContext, exportId: string, signal: AbortSignal | undefined): ReturnType<typeof fileOf> => {
	if (context.store.isReadOnly) {
		throw new Fault(`the file of the export ${exportId} is still at Voucherify, and --read-only leaves the store as it is`, {remedy: 'leave it out to fetch the file'});
	}

	await context.fetchExport?.(exportId, signal);
	return fileOf(context, exportId);
};

const exportDownload = async (context: ServiceContext, record: ExportRecord, signal: AbortSignal | undefined): Promise<FoundDownload> => {
	const {dataDirectory} = context;
	if (record.status !== 'done') {
		const [what, remedy] = states[record.status];
		throw new Fault(`the export ${record.id} ${what}${record.error === null ? '' : ` (${record.error})`}`, {
			remedy: record.status === 'error' && record.task_id !== null ? `${remedy}: auditty task rerun ${record.task_id}` : remedy,
		});
	}

	const found = await fileOf(context, record.id) ?? (record.origin === 'voucherify' ? await fetchedFileOf(context, record.id, signal) : null);
	if (found === null) {
		throw new Fault(`the file of the export ${record.id} is not in ${exportsDirectory(dataDirectory)}`, {
			remedy: record.origin === 'voucherify' ? 'download it from Voucherify' : `make it again: auditty task rerun ${record.task_id ?? ''}`,
		});
	}

	return {kind: 'export', name: `${record.id}.csv`, ...found, isText: true, secretsReplaced: 0, content: () => fileContent(found.path)};
};

const originalDownload = async ({store, dataDirectory}: ServiceContext, task: BackgroundTask): Promise<FoundDownload> => {
	const original = await readOriginal(store, task.id);
	if (original === null) {
		const {original_not_kept: reason} = (task.result ?? {}) as {readonly original_not_kept?: string};
		throw new Fault(`no file belongs to the background task ${task.id}${reason === undefined ? '' : ` (${reason})`}`, {
			remedy: task.type === 'LOGS.IMPORT' ? 'see that it is done, and that auditty settings originals is keep' : 'name an import or an export',
		});
	}

	const {name, sha256, bytes, isCompressed, secretsReplaced} = original;
	const file = path.join(await originalsOf(store, dataDirectory), sha256);
	if (!await fs.access(file).then(() => true, () => false)) {
		throw new Fault(`the original file of ${task.id} is not in ${originalsDirectory(dataDirectory)}`, {remedy: 'it was imported on another machine, or its logs are purged'});
	}

	return {kind: 'original', name, path: file, bytes, isText: !isCompressed, secretsReplaced, content: () => fileContent(file)};
};

/** What the request of a log uploaded, else the file that the log came in by. */
const logDownload = async (context: ServiceContext, id: string): Promise<FoundDownload> => {
	const log = await readRecord(context.store, 'logs', id);
	if (log === null) {
		throw new Fault(`no record has the ID ${id}`, {remedy: 'name an export, an import or a log that came in by one'});
	}

	const upload = uploadedFile(log.record);
	if (upload !== null) {
		const bytes = Buffer.from(upload.text);
		return {
			kind: 'upload', name: upload.name, path: null, bytes: bytes.length, isText: true, secretsReplaced: 0,
			content: () => Readable.from([bytes]),
		};
	}

	const importId = await readImportOfLog(context.store, id);
	const task = importId === null ? null : await readRecord(context.store, 'tasks', importId);
	if (task === null) {
		throw new Fault(`the log ${id} did not come in by a file, and its request sent none`, {remedy: 'name an export, an import or a log that came in by one'});
	}

	return originalDownload(context, task.record);
};

/** The file that belongs to a record. Throws a `Fault` that says why there is none. */
export const findDownload = async (context: ServiceContext, {id}: {readonly id: string}, signal?: AbortSignal): Promise<FoundDownload> => {
	const {store} = context;
	const exported = await readRecord(store, 'exports', id);
	if (exported !== null) {
		return exportDownload(context, exported.record, signal);
	}

	const task = await readRecord(store, 'tasks', id);
	if (task !== null && task.record.export_id !== null) {
		const made = await readRecord(store, 'exports', task.record.export_id);
		if (made !== null) {
			return exportDownload(context, made.record, signal);
		}
	}

	if (task !== null) {
		return originalDownload(context, task.record);
	}

	return logDownload(context, id);
};
