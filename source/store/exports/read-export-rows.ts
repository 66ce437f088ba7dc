import {parseExact} from '../../domain/json/parse-exact.ts';
import {unescapeUnstorable} from '../../domain/text/storable.ts';
import {type Direction, type Place} from '../query/candidates.ts';
import {type Sql} from '../query/condition-sql.ts';
import {type Plan} from '../query/plan.ts';
import {exactNumber, parseRows, readAsJson, readRowsAsText} from '../query/read-as-json.ts';
import {readPage} from '../query/read-page.ts';
import {attemptsOf} from '../query/read-record.ts';
import {columnOf, type RecordTable} from '../query/record-table.ts';
import {type SqlRow, type SqlValue, type Store} from '../store.ts';

const rowsAtOnce = 500;
/** Contents that are held at once, beside the last record. */
const bytesAtOnce = 1_000_000;
/** What the rows do not say, guessed high. */
const sendoutBytes = 10_000;
const headersBytes = 20_000;

const attempts = 'attempt_log';

/** Records in their order, and where they end. */
export type ExportPage = {
	/** As `readRowsAsText` gives them, a row for each record; `exportValue` says what each cell means. One that was deleted meanwhile is left out. */
	readonly rows: Uint8Array<ArrayBuffer>;
	readonly end: Place;
};

type Candidate = Place & {readonly bytes: number};

const bytesOf = ({tab}: RecordTable, fields: readonly string[], hasContent: boolean): Sql => {
	const headers = fields.some(field => field.endsWith('_headers')) ? headersBytes : 0;
	const bytes = tab === 'logs' ? `r.request_bytes + r.response_bytes + ${headers}` : String(sendoutBytes);
	return {sql: `${hasContent ? bytes : '0'} AS bytes`, args: []};
};

/** The next records whose contents together are not too much to hold. */
const nextPart = (candidates: readonly Candidate[], from: number): readonly Candidate[] => {
	let bytes = 0;
	let end = from;
	while (end < candidates.length && (end === from || bytes < bytesAtOnce)) {
		bytes += candidates[end]?.bytes ?? 0;
		end++;
	}

	return candidates.slice(from, end);
};

/** The value of a field, out of its cell in a page. */
export const exportValue = (table: RecordTable, field: string): (cell: SqlValue) => unknown => {
	if (table.numbers.has(field)) {
		return cell => cell === null ? null : Number(cell);
	}

	if (field === attempts) {
		return cell => JSON.parse(String(cell)) as unknown;
	}

	const isJson = table.json.has(field);
	return cell => {
		if (typeof cell !== 'string') {
			return cell;
		}

		const text = unescapeUnstorable(cell);
		return isJson ? parseExact(text) : text;
	};
};

/** Reads whole records, of these columns alone. */
const readRecords = async (store: Store, table: RecordTable, columns: readonly string[], seqs: readonly number[]): Promise<Uint8Array<ArrayBuffer>> => {
	const hasContent = columns.some(column => table.content?.columns.includes(column));
	const cells = columns.map((column, index) => {
		const name = columnOf(table, column);
		return `${table.numbers.has(column) ? exactNumber(name) : name} AS c${index}`;
	});
	// CROSS JOIN: the order of the list is that of the answer.
	return readRowsAsText(store, {
		columns: columns.map((_, index) => `c${index}`),
		sql: `SELECT ${cells.join(', ')} FROM json_each(?) AS k CROSS JOIN ${table.tab} AS r ON r.seq = k.value
			${hasContent ? `LEFT JOIN ${table.content?.table} AS c ON c.seq = r.seq` : ''}`,
		args: [JSON.stringify(seqs)],
	});
};

/** The same with the attempts of each sendout, which are rows of their own: their IDs are read in their place. */
const readSendouts = async (store: Store, table: RecordTable, fields: readonly string[], seqs: readonly number[]): Promise<Uint8Array<ArrayBuffer>> => {
	const at = fields.indexOf(attempts);
	const whole = [];
	for (const row of parseRows(await readRecords(store, table, fields.with(at, 'id'), seqs))) {
		whole.push(row.with(at, JSON.stringify(await attemptsOf(store, unescapeUnstorable(String(row[at]))))));
	}

	return new TextEncoder().encode(whole.map(row => JSON.stringify(row)).join('\n'));
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
}): AsyncGenerator<ExportPage> {
	const {table} = plan;
	const read = fields.includes(attempts) ? readSendouts : readRecords;
	const hasContent = fields.some(field => field === attempts || table.content?.columns.includes(field));
	const readRows = async (sql: string, args: readonly SqlValue[]): Promise<readonly SqlRow[]> => {
		const rows = await readAsJson(store, {columns: ['created_at', 'seq', 'bytes'], sql, args});
		return rows.map(([created_at = null, seq = null, bytes = null]) => ({created_at, seq, bytes}));
	};

	let next: Place | null | undefined = start;
	while (next !== null) {
		signal.throwIfAborted();
		const page = await readPage(store, plan, {direction, start: next, limit: rowsAtOnce, columns: [bytesOf(table, fields, hasContent)], readRows, signal});
		({next} = page);
		const found = page.rows.map((row): Candidate => ({at: Number(row.created_at), seq: Number(row.seq), bytes: Number(row.bytes)}));
		for (let from = 0; from < found.length;) {
			signal.throwIfAborted();
			const part = nextPart(found, from);
			const {at, seq} = part.at(-1) as Candidate;
			yield {rows: await read(store, table, fields, part.map(place => place.seq)), end: {at, seq}};
			from += part.length;
		}
	}
};
