import {type Tab} from '../../domain/records.ts';
import {type Direction, type Place} from '../query/candidates.ts';
import {type Sql} from '../query/condition-sql.ts';
import {type Plan} from '../query/plan.ts';
import {placeOf, readPage} from '../query/read-page.ts';
import {readContents, withContent} from '../query/read-record.ts';
import {toSummary} from '../query/stored-record.ts';
import {type SqlRow, type Store} from '../store.ts';

const rowsAtOnce = 2000;
/** Contents that are held at once, beside the last record. */
const bytesAtOnce = 6_000_000;

/** Records in their order, each as an object of the fields that were asked for, and where they end. */
export type ExportRows = {readonly records: ReadonlyArray<Readonly<Record<string, unknown>>>; readonly end: Place};

type Choice = {readonly summary: readonly string[]; readonly content: readonly string[]};

const chosenColumns = (plan: Plan, fields: readonly string[]): Choice => {
	const content = plan.table.content?.columns ?? [];
	return {
		summary: plan.table.summary.filter(column => fields.includes(column)),
		content: fields.filter(field => content.includes(field) || field === 'attempt_log'),
	};
};

/** Bytes of a row's content, as far as the row says so; else a guess that keeps memory small. */
const contentBytes = (tab: Tab, row: SqlRow): number => tab === 'logs' ? Number(row.content_bytes) : 20_000;

/** The next rows whose contents together are not too much to hold. */
const nextPart = (tab: Tab, rows: readonly SqlRow[], from: number): number => {
	let bytes = 0;
	let end = from;
	while (end < rows.length && (end === from || bytes < bytesAtOnce)) {
		bytes += contentBytes(tab, rows[end] as SqlRow);
		end++;
	}

	return end;
};

const addContents = async (store: Store, tab: Tab, rows: readonly SqlRow[], fields: readonly string[]): Promise<ExportRows['records']> => {
	const contents = await readContents(store, tab, rows.map(row => Number(row.seq)), fields.filter(field => field !== 'attempt_log'));
	return Promise.all(rows.map(async row => withContent(store, tab, toSummary(tab, row), contents.get(Number(row.seq)))));
};

/**
 * All records of a plan by keyset pages, from a place on. No transaction is held between pages; memory stays flat
 * however large the records are.
 */
export const readExportRows = async function * (store: Store, plan: Plan, {fields, direction, start, signal}: {
	readonly fields: readonly string[];
	readonly direction: Direction;
	readonly start: Place | undefined;
	readonly signal: AbortSignal;
}): AsyncGenerator<ExportRows> {
	const {tab} = plan.table;
	const {summary, content} = chosenColumns(plan, fields);
	const columns: Sql[] = summary.filter(column => column !== 'created_at').map(column => ({sql: `r."${column}" AS "${column}"`, args: []}));
	if (tab === 'logs' && content.length > 0) {
		columns.push({sql: 'r.request_bytes + r.response_bytes AS content_bytes', args: []});
	}

	// Attempts are found by the sendout's ID.
	if (content.includes('attempt_log') && !summary.includes('id')) {
		columns.push({sql: 'r.id AS id', args: []});
	}

	let next: Place | null | undefined = start;
	while (next !== null) {
		signal.throwIfAborted();
		const page = await readPage(store, plan, {direction, start: next, limit: rowsAtOnce, columns, signal});
		({next} = page);
		for (let from = 0; from < page.rows.length;) {
			signal.throwIfAborted();
			const to = content.length === 0 ? page.rows.length : nextPart(tab, page.rows, from);
			const part = page.rows.slice(from, to);
			yield {
				records: content.length === 0 ? part.map(row => toSummary(tab, row) as never) : await addContents(store, tab, part, content),
				end: placeOf(part.at(-1) as SqlRow),
			};
			from = to;
		}
	}
};
