import {type Log} from '../../domain/records.ts';
import {recordTables} from '../query/record-table.ts';
import {toStored} from '../query/stored-record.ts';
import {type SqlValue} from '../store.ts';
import {fitToServer} from './fit-to-server.ts';

/** Logs as one transaction stores them: JSON in UTF-8, an array of cells for each log. Plain data: it can come from another thread. */
export type EncodedLogs = {
	/** Columns of `logs`. */
	readonly rows: Uint8Array<ArrayBuffer>;
	/** The ID, and columns of `log_contents`. */
	readonly contents: Uint8Array<ArrayBuffer>;
	readonly count: number;
};

const mostLogs = 500;
const mostCharacters = 4_000_000;
// A server takes no value over 4 MB; escaped as JSON, a character can be six bytes.
const mostServerCharacters = 500_000;

const table = recordTables.logs;

/** Columns of a row, in the order of its cells. */
export const rowColumns: readonly string[] = [...table.summary, 'request_bytes', 'response_bytes'];
/** Columns of a content, in the order of its cells after the ID. */
export const contentColumns: readonly string[] = table.content?.columns ?? [];

const byteLength = (text: string | null): number => text === null ? 0 : Buffer.byteLength(text);

const cellsOf = (log: Log, columns: readonly string[]): SqlValue[] => columns.map(column => toStored(table, column, log[column as keyof Log]));

const lengthOf = (cells: readonly SqlValue[]): number => cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 0), 0);

const encode = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));

/** Gathers logs until they are as many as one transaction takes. */
export type LogEncoder = {
	/** Of a body that no server takes, only the beginning is kept. Gives the logs before it where this one does not go with them. */
	readonly add: (log: Log) => EncodedLogs | null;
	/** Whether they are enough for a transaction. */
	readonly isFull: () => boolean;
	/** What is left; null when nothing is. */
	readonly end: () => EncodedLogs | null;
};

export const createLogEncoder = ({isRemote}: {readonly isRemote: boolean}): LogEncoder => {
	const enough = isRemote ? mostServerCharacters : mostCharacters;
	// A file takes what goes beyond by one log; a server refuses it.
	const most = isRemote ? mostServerCharacters : Number.POSITIVE_INFINITY;
	let rows: SqlValue[][] = [];
	let contents: SqlValue[][] = [];
	let characters = 0;

	const isFull = (): boolean => rows.length >= mostLogs || characters >= enough;

	const end = (): EncodedLogs | null => {
		if (rows.length === 0) {
			return null;
		}

		const encoded = {rows: encode(rows), contents: encode(contents), count: rows.length};
		rows = [];
		contents = [];
		characters = 0;
		return encoded;
	};

	return {
		add(given) {
			const log = isRemote ? fitToServer(given) : given;
			const row = [...cellsOf(log, table.summary), byteLength(log.request_body), byteLength(log.response_body)];
			const content = cellsOf(log, ['id', ...contentColumns]);
			const added = lengthOf(row) + lengthOf(content);
			const before = isFull() || characters + added > most ? end() : null;
			rows.push(row);
			contents.push(content);
			characters += added;
			return before;
		},
		isFull,
		end,
	};
};

/** Parts logs into what one transaction each takes. */
export const encodeLogs = (logs: Iterable<Log>, {isRemote}: {readonly isRemote: boolean}): readonly EncodedLogs[] => {
	const encoder = createLogEncoder({isRemote});
	const chunks = [...logs].map(log => encoder.add(log));
	return [...chunks, encoder.end()].filter(chunk => chunk !== null);
};
