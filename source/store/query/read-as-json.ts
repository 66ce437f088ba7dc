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
 * The rows of a query as one text of JSON, an array of arrays of cells, which the client carries over at once: a
 * quarter of the cost of as many cells. `parseRows` reads it, also in another thread.
 */
export const readRowsAsText = (store: Store, {columns, sql, args}: RowsQuery): Promise<Uint8Array<ArrayBuffer>> =>
	store.readText(`SELECT json_group_array(json_array(${columns.join(', ')})) AS text FROM (${sql})`, args);

export const parseRows = (text: Uint8Array): ReadonlyArray<readonly SqlValue[]> =>
	JSON.parse(Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString()) as ReadonlyArray<readonly SqlValue[]>;

/** The rows of a query by one text of JSON. */
export const readAsJson = async (store: Store, query: RowsQuery): Promise<ReadonlyArray<readonly SqlValue[]>> => parseRows(await readRowsAsText(store, query));
