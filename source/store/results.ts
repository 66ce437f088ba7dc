import type {InStatement, ResultSet} from '@libsql/client';
import {type SqlArgument, type SqlRow, type Statement, type WriteResult} from './store.ts';

// The client's rows also answer to column numbers; plain objects can go to another process.
const toRow = (result: ResultSet, row: ResultSet['rows'][number]): SqlRow => {
	const plain: Record<string, SqlRow[string]> = {};
	for (const [index, column] of result.columns.entries()) {
		plain[column] = row[index] as SqlRow[string];
	}

	return plain;
};

export const toRows = <Row extends SqlRow>(result: ResultSet): readonly Row[] =>
	result.rows.map(row => toRow(result, row) as Row);

export const toWriteResults = (results: readonly ResultSet[]): readonly WriteResult[] =>
	results.map(result => ({rows: toRows(result), rowsAffected: result.rowsAffected}));

export const toInput = ({sql, args}: Statement): InStatement => ({
	sql,
	args: args === undefined ? [] : (Array.isArray(args) ? [...args as readonly SqlArgument[]] : {...args as Readonly<Record<string, SqlArgument>>}),
});

/** The same for a server, to which bytes would go in base64. */
export const toServerInput = (statement: Statement): InStatement => {
	const {args} = statement;
	return Array.isArray(args) && args.some(argument => argument instanceof Uint8Array)
		? toInput({...statement, args: (args as readonly SqlArgument[]).map(argument => argument instanceof Uint8Array ? new TextDecoder().decode(argument) : argument)})
		: toInput(statement);
};

/** A text as the bytes that it is stored as, for the client makes a string of a text in twice the time. */
export const asBytes = (sql: string): string => `SELECT CAST(text AS BLOB) AS text FROM (${sql})`;

/** The one cell of a result, a BLOB or a text, as bytes. */
export const toBytes = ({rows: [row]}: ResultSet): Uint8Array<ArrayBuffer> => {
	const cell = row?.[0];
	return cell instanceof ArrayBuffer ? new Uint8Array(cell) : new TextEncoder().encode(typeof cell === 'string' ? cell : '');
};
