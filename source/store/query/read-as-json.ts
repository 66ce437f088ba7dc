import {type SqlValue, type Store} from '../store.ts';

/** Numbers that JSON of SQLite rounds to 15 digits come as text of 17, which is exact. */
export const exactNumber = (column: string): string => `CASE typeof(${column}) WHEN 'real' THEN format('%!.17g', ${column}) ELSE ${column} END`;

type RowsQuery = {
	/** The query's columns, in the order of the answer's cells. */
	readonly columns: readonly string[];
	readonly sql: string;
	readonly args: readonly SqlValue[];
};

/**
 * The rows of a query as one text, which the client carries over at once: a quarter of the cost of as many cells. A line for
 * each row, which is a JSON array of its cells. `parseRows` reads it, also in another thread.
 */
export const readRowsAsText = (store: Store, {columns, sql, args}: RowsQuery): Promise<Uint8Array<ArrayBuffer>> =>
	store.readText(`SELECT group_concat(json_array(${columns.join(', ')}), char(10)) AS text FROM (${sql})`, args);

const lineFeed = 0x0a;

/** Row by row: what lives for a moment only costs the collector nothing, where a whole page would be moved about. */
export const parseRows = function * (text: Uint8Array): Generator<readonly SqlValue[]> {
	const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
	for (let from = 0; from < bytes.length;) {
		const found = bytes.indexOf(lineFeed, from);
		const end = found === -1 ? bytes.length : found;
		yield JSON.parse(bytes.toString('utf8', from, end)) as readonly SqlValue[];
		from = end + 1;
	}
};

/** The rows of a query by one text. */
export const readAsJson = async (store: Store, query: RowsQuery): Promise<ReadonlyArray<readonly SqlValue[]>> => [...parseRows(await readRowsAsText(store, query))];
