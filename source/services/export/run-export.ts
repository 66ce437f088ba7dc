import {Fault} from '../../domain/fault.ts';
import {type ExportRecord} from '../../domain/records.ts';
import {readExportPlan, writeExportFile} from '../../store/exports/export-plan.ts';
import {type ExportPage, readExportRows} from '../../store/exports/read-export-rows.ts';
import {type Place} from '../../store/query/candidates.ts';
import {isNarrow} from '../../store/query/condition-sql.ts';
import {countCandidates} from '../../store/query/count-candidates.ts';
import {type Plan, planFilter} from '../../store/query/plan.ts';
import {readRecord} from '../../store/query/read-record.ts';
import {type Statement, type Store} from '../../store/store.ts';
import {createCsvFormatter, csvHeading, type CsvFormatter, type CsvLayout, type CsvPage} from './csv-formatter.ts';
import {beginExportFile} from './export-file.ts';
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
	/** Where CSV is made; in this thread unless given. */
	readonly openFormatter?: (layout: CsvLayout) => CsvFormatter;
};

const syncEveryMs = 2000;
/** Pages that are formatted, or wait to be written, while the next is read. */
const pagesUnderway = 4;

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

const load = async (store: Store, exportId: string): Promise<{readonly record: ExportRecord; readonly plan: Plan; readonly layout: CsvLayout; readonly file: string | null}> => {
	const found = await readRecord(store, 'exports', exportId);
	const settled = await readExportPlan(store, exportId);
	if (found === null || settled === null) {
		throw new Fault(`there is no export ${exportId} to be made`, {remedy: 'start a new one'});
	}

	const {record} = found;
	const plan = {...await planFilter(store, settled.tab, settled.filter), upToSeq: settled.upToSeq};
	return {record, plan, layout: {tab: settled.tab, fields: record.fields, isRaw: settled.isRaw}, file: settled.file};
};

/** Pages as CSV, in their order, each while those after it are read and formatted. */
const formatAhead = async function * (pages: AsyncIterable<ExportPage>, formatter: CsvFormatter): AsyncGenerator<CsvPage & {readonly end: Place}> {
	const underway: Array<Promise<CsvPage & {readonly end: Place}>> = [];
	for await (const {rows, end} of pages) {
		const formatting = formatter.format(rows).then(page => ({...page, end}));
		// Its error is thrown when its turn comes, if it comes.
		formatting.catch(() => undefined);
		if (underway.push(formatting) > pagesUnderway) {
			yield await (underway.shift() as typeof formatting);
		}
	}

	for (const formatting of underway) {
		yield await formatting;
	}
};

/**
 * Writes the file of an export: the records that match and were there when it was asked for, as CSV. The file appears
 * under its name when it is whole. After a crash it goes on from the checkpoint.
 * Throws a `Fault` when the file cannot be written, and the signal's reason.
 */
export const runExport = async ({store, directory, exportId, tryNumber, checkpoint, signal, onProgress, openFormatter = createCsvFormatter}: ExportRun): Promise<ExportOutcome> => {
	const {record, plan, layout, file: earlierFile} = await load(store, exportId);
	const formatter = openFormatter(layout);
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
			await file.write(await csvHeading(layout));
		} else {
			await save();
		}

		onProgress({rows, total}, saved);
		const direction = record.order === 'created_at' ? 'newer' : 'older';
		const pages = readExportRows(store, plan, {fields: layout.fields, direction, start: end ?? undefined, signal});
		for await (const page of formatAhead(pages, formatter)) {
			await file.write(page.csv);
			// Its memory goes now: the collector, which has little else to do here, would let a hundred of them gather.
			page.csv.buffer.transfer(0);
			rows += page.rows;
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
		await formatter.close();
		await file.close({isKept});
		if (!isKept) {
			await removeEarlierTries(directory, {exportId, tryNumber, but: earlierFile});
		}
	}
};
