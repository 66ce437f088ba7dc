import {pipeline} from 'node:stream/promises';
import {Readable} from 'node:stream';
import {stringify} from 'csv-stringify';
import {recordCells} from '../../domain/csv/record-cells.ts';
import {Fault} from '../../domain/fault.ts';
import {type Field} from '../../domain/fields/field.ts';
import {fieldNamed} from '../../domain/fields/field-tables.ts';
import {type ExportRecord} from '../../domain/records.ts';
import {readExportPlan, writeExportFile} from '../../store/exports/export-plan.ts';
import {readExportRows} from '../../store/exports/read-export-rows.ts';
import {type Place} from '../../store/query/candidates.ts';
import {isNarrow} from '../../store/query/condition-sql.ts';
import {countCandidates} from '../../store/query/count-candidates.ts';
import {type Plan, planFilter} from '../../store/query/plan.ts';
import {readRecord} from '../../store/query/read-record.ts';
import {type Statement, type Store} from '../../store/store.ts';
import {csvFormat} from './csv-format.ts';
import {beginExportFile, type ExportFile} from './export-file.ts';
import {removeEarlierTries} from './leftovers.ts';

/** How far an export is. `total` is null while it is not known. */
export type ExportProgress = {readonly rows: number; readonly total: number | null};

/** Where another worker can go on: so much of that file is on the disk, and holds the records up to that place. */
export type ExportCheckpoint = {
	readonly part: string;
	readonly bytes: number;
	readonly rows: number;
	readonly end: Place | null;
	readonly total: number | null;
};

export type ExportOutcome = {
	readonly file: string;
	readonly rows: number;
	readonly bytes: number;
	readonly sha256: string;
	/** To be written in the transaction that ends the task. */
	readonly effects: readonly Statement[];
};

export type ExportRun = {
	readonly store: Store;
	/** Of the files. */
	readonly directory: string;
	readonly exportId: string;
	/** Of this try; no other try of the export has it. */
	readonly tryNumber: number;
	readonly checkpoint: ExportCheckpoint | null;
	readonly signal: AbortSignal;
	readonly onProgress: (progress: ExportProgress, checkpoint: ExportCheckpoint | null) => void;
};

const syncEveryMs = 2000;
const charactersAtOnce = 1 << 18;
const rowsInFlight = 200;

const appendCsv = async (records: ReadonlyArray<Readonly<Record<string, unknown>>>, {fields, isRaw, file, hasHeading}: {
	readonly fields: readonly Field[];
	readonly isRaw: boolean;
	readonly file: ExportFile;
	readonly hasHeading: boolean;
}): Promise<void> => {
	const cellsOf = recordCells(fields, {isRaw});
	// Its rows stay texts until there are enough of them: a buffer for each would cost as much as the CSV itself.
	const stringifier = stringify({...csvFormat(fields.map(({name}) => name), {hasHeading}), readableObjectMode: true, readableHighWaterMark: rowsInFlight});
	await pipeline(Readable.from(records.map(cellsOf)), stringifier, async source => {
		let text = '';
		for await (const row of source as AsyncIterable<string>) {
			text += row;
			if (text.length >= charactersAtOnce) {
				await file.write(Buffer.from(text));
				text = '';
			}
		}

		await file.write(Buffer.from(text));
	});
};

/** What can be counted by the rows alone takes a moment; a search through bodies would take as long as the export. */
const countRows = async (store: Store, plan: Plan, signal: AbortSignal): Promise<number | null> => {
	if (!plan.rest.every(condition => isNarrow(plan.table, condition))) {
		return null;
	}

	let count = 0;
	for (let start: Place | undefined; ;) {
		signal.throwIfAborted();
		const {count: found, next} = await countCandidates(store, plan, {cap: Number.MAX_SAFE_INTEGER, start, signal});
		count += found;
		if (next === null) {
			return count;
		}

		start = next;
	}
};

const load = async (store: Store, exportId: string): Promise<{readonly record: ExportRecord; readonly plan: Plan; readonly isRaw: boolean; readonly fields: readonly Field[]; readonly file: string | null}> => {
	const found = await readRecord(store, 'exports', exportId);
	const settled = await readExportPlan(store, exportId);
	if (found === null || settled === null) {
		throw new Fault(`there is no export ${exportId} to be made`, {remedy: 'start a new one'});
	}

	const fields = found.record.fields.map(name => {
		const field = fieldNamed(settled.tab, name);
		if (field === undefined) {
			throw new Fault(`the export ${exportId} has a field ${name}, which this auditty does not know`, {remedy: 'update auditty'});
		}

		return field;
	});
	const plan = {...await planFilter(store, settled.tab, settled.filter), upToSeq: settled.upToSeq};
	return {record: found.record, plan, isRaw: settled.isRaw, fields, file: settled.file};
};

/**
 * Writes the file of an export: the records that match and were there when it was asked for, as CSV. The file appears
 * under its name when it is whole. After a crash it goes on from the checkpoint.
 * Throws a `Fault` when the file cannot be written, and the signal's reason.
 */
export const runExport = async ({store, directory, exportId, tryNumber, checkpoint, signal, onProgress}: ExportRun): Promise<ExportOutcome> => {
	const {record, plan, isRaw, fields, file: earlierFile} = await load(store, exportId);
	const name = `${exportId}-${tryNumber}.csv`;
	const {file, part, isResumed} = await beginExportFile({directory, name, resume: checkpoint ?? undefined});
	let saved: ExportCheckpoint | null = null;
	let isKept = false;
	try {
		if (isResumed) {
			saved = checkpoint;
		}

		const total = saved === null ? await countRows(store, plan, signal) : saved.total;
		let rows = saved?.rows ?? 0;
		let end = saved?.end ?? null;
		let syncedAt = performance.now();
		const save = async (): Promise<void> => {
			await file.sync();
			saved = {part, bytes: file.size(), rows, end, total};
			syncedAt = performance.now();
		};

		if (saved === null) {
			await appendCsv([], {fields, isRaw, file, hasHeading: true});
		} else {
			await save();
		}

		onProgress({rows, total}, saved);
		const direction = record.order === 'created_at' ? 'newer' : 'older';
		for await (const page of readExportRows(store, plan, {fields: record.fields, direction, start: end ?? undefined, signal})) {
			await appendCsv(page.records, {fields, isRaw, file, hasHeading: false});
			rows += page.records.length;
			({end} = page);
			if (performance.now() - syncedAt >= syncEveryMs) {
				await save();
			}

			onProgress({rows, total}, saved);
		}

		signal.throwIfAborted();
		const {bytes, sha256} = await file.publish();
		return {file: name, rows, bytes, sha256, effects: writeExportFile(exportId, {file: name, rows, bytes, sha256})};
	} catch (error) {
		// Whoever takes it up again goes on with it; a fault that a person must put right begins anew.
		isKept = saved?.part === part && !(error instanceof Fault);
		throw error;
	} finally {
		await file.close({isKept});
		if (!isKept) {
			await removeEarlierTries(directory, {exportId, tryNumber, but: earlierFile});
		}
	}
};
