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

const contentCharacters = (log: Log): number => (log.request_body?.length ?? 0) + (log.response_body?.length ?? 0);

const encode = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));

const encodeChunk = (logs: readonly Log[]): EncodedLogs => ({
	rows: encode(logs.map(log => [...cellsOf(log, table.summary), byteLength(log.request_body), byteLength(log.response_body)])),
	contents: encode(logs.map(log => cellsOf(log, ['id', ...contentColumns]))),
	count: logs.length,
});

/** Parts logs into chunks, each small enough for a transaction, and encodes them. Of a body that no server takes, only the beginning. */
export const encodeLogs = function * (logs: readonly Log[], {isRemote}: {readonly isRemote: boolean}): Generator<EncodedLogs> {
	const most = isRemote ? mostServerCharacters : mostCharacters;
	let chunk: Log[] = [];
	let characters = 0;
	for (const log of logs) {
		const fitting = isRemote ? fitToServer(log) : log;
		const added = contentCharacters(fitting);
		if (chunk.length >= mostLogs || (chunk.length > 0 && characters + added > most)) {
			yield encodeChunk(chunk);
			chunk = [];
			characters = 0;
		}

		chunk.push(fitting);
		characters += added;
	}

	if (chunk.length > 0) {
		yield encodeChunk(chunk);
	}
};
