import {createReadStream} from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import {Fault} from '../../domain/fault.ts';
import {type ExportRecord} from '../../domain/records.ts';
import {exportsDirectory} from '../../store/data-directory.ts';
import {readExportPlan} from '../../store/exports/export-plan.ts';
import {readRecord} from '../../store/query/read-record.ts';
import {type Download} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';

/** A file, or bytes that lie in the store. */
export type FoundDownload = Download & {readonly content: () => AsyncIterable<Buffer>};

const fileContent = (file: string) => (): AsyncIterable<Buffer> => createReadStream(file, {highWaterMark: 1 << 18});

const states: Readonly<Record<Exclude<ExportRecord['status'], 'done'>, readonly [what: string, remedy: string]>> = {
	scheduled: ['has not begun', 'wait for it, or run auditty worker'],
	in_progress: ['is being made', 'wait until it is done'],
	error: ['failed', 'run its task again'],
};

const exportDownload = async ({store, dataDirectory}: ServiceContext, record: ExportRecord): Promise<FoundDownload> => {
	if (record.status !== 'done') {
		const [what, remedy] = states[record.status];
		throw new Fault(`the export ${record.id} ${what}${record.error === null ? '' : ` (${record.error})`}`, {
			remedy: record.status === 'error' && record.task_id !== null ? `${remedy}: auditty task rerun ${record.task_id}` : remedy,
		});
	}

	const plan = await readExportPlan(store, record.id);
	const file = plan?.file ?? null;
	const found = file === null ? null : path.join(exportsDirectory(dataDirectory), file);
	const bytes = found === null ? null : await fs.stat(found).then(stats => stats.size, () => null);
	if (found === null || bytes === null) {
		throw new Fault(`the file of the export ${record.id} is not in ${exportsDirectory(dataDirectory)}`, {
			remedy: record.origin === 'voucherify' ? 'download it from Voucherify' : `make it again: auditty task rerun ${record.task_id ?? ''}`,
		});
	}

	return {kind: 'export', name: `${record.id}.csv`, path: found, bytes, isText: true, secretsReplaced: 0, content: fileContent(found)};
};

/** The file that belongs to a record. Throws a `Fault` that says why there is none. */
export const findDownload = async (context: ServiceContext, {id}: {readonly id: string}): Promise<FoundDownload> => {
	const {store} = context;
	const exported = await readRecord(store, 'exports', id);
	if (exported !== null) {
		return exportDownload(context, exported.record);
	}

	const task = await readRecord(store, 'tasks', id);
	if (task !== null && task.record.export_id !== null) {
		const made = await readRecord(store, 'exports', task.record.export_id);
		if (made !== null) {
			return exportDownload(context, made.record);
		}
	}

	throw new Fault(`no file belongs to ${id}`, {remedy: 'name an export, an import or a log that came in by one'});
};
