import path from 'node:path';
import {browseDays, isTooOldToBrowse} from '../../domain/browse/browsable.ts';
import {resourceOf} from '../../domain/fields/exportable.ts';
import {Fault} from '../../domain/fault.ts';
import {type ExportRecord, type Instant, type Tab, tabs} from '../../domain/records.ts';
import {readExportPlan} from '../../store/exports/export-plan.ts';
import {readRecord} from '../../store/query/read-record.ts';
import {findDownload} from '../downloads/find-download.ts';
import {type BrowseSource} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';

/** The file to browse. */
export type FoundSource = {
	readonly name: string;
	readonly path: string;
	readonly export: ExportRecord | null;
	/** Whose records an export holds. */
	readonly tab: Tab | undefined;
	/** Its cells are as they were, without apostrophes before what a spreadsheet would run. */
	readonly isRaw: boolean;
};

const requireRecent = (record: ExportRecord, now: Instant): void => {
	if (isTooOldToBrowse(record, now)) {
		throw new Fault(`the export ${record.id} is older than ${browseDays} days`, {
			remedy: `save it and browse the file (auditty download ${record.id} --output FILE.csv), or export anew`,
		});
	}
};

const findExport = async (context: ServiceContext, id: string): Promise<FoundSource> => {
	const task = await readRecord(context.store, 'tasks', id);
	const found = await readRecord(context.store, 'exports', task?.record.export_id ?? id);
	if (found === null) {
		throw new Fault(`no export has the ID ${id}`, {remedy: 'find it with auditty exports, or name a CSV file'});
	}

	const {record} = found;
	// Of another resource, such as vouchers: its columns have keys of their own.
	const tab = tabs.find(one => resourceOf[one] === record.resource);
	// A file that is not here yet would be fetched in vain.
	if (record.origin === 'voucherify' && record.status === 'done') {
		requireRecent(record, context.now());
	}

	// Says itself why there is no file.
	const {path: file} = await findDownload(context, {id: record.id});
	requireRecent(record, context.now());
	const plan = await readExportPlan(context.store, record.id);
	return {name: record.id, path: file ?? '', export: record, tab, isRaw: plan?.isRaw === true};
};

/** A file that was named, of which no store tells anything. */
export const sourceOfPath = (file: string): FoundSource => ({name: path.basename(file), path: path.resolve(file), export: null, tab: undefined, isRaw: false});

/** The file that is meant. Throws a `Fault` that says why it may not be browsed, and what to do. */
export const findSource = async (context: ServiceContext, source: BrowseSource): Promise<FoundSource> => 'id' in source
	? findExport(context, source.id)
	: sourceOfPath(source.path);
