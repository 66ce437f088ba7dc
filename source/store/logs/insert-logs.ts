import {setTimeout as delay} from 'node:timers/promises';
import {type Instant, type Log} from '../../domain/records.ts';
import {recordTables} from '../query/record-table.ts';
import {toStored} from '../query/stored-record.ts';
import {type SqlValue, type Statement, type Store} from '../store.ts';
import {fitToServer} from './fit-to-server.ts';

type Origin = {
	readonly storedAt: Instant;
	/** The background task that brings them in. */
	readonly taskId?: string | undefined;
	/** Carried out in the transaction of the last logs: how far the source has been read. */
	readonly alongWith?: readonly Statement[];
};

const chunkLogs = 500;
const chunkCharacters = 4_000_000;
// A server takes no value over 4 MB; escaped as JSON, a character can be six bytes.
const serverChunkCharacters = 500_000;
// Other processes get at the write lock between two chunks: their p95 falls from 132 ms to 4 ms.
const breathMs = 5;

const table = recordTables.logs;
const contentColumns = table.content?.columns ?? [];
const ownColumns = ['stored_at', 'import_task_id', 'request_bytes', 'response_bytes'] as const;

const fromArray = (columns: readonly string[], from: number): string => columns.map((_, index) => `value ->> ${index + from}`).join(', ');

const insertRows = `INSERT INTO logs (${[...table.summary, ...ownColumns].join(', ')})
	SELECT ${fromArray([...table.summary, ...ownColumns], 0)} FROM json_each(?) WHERE true
	ON CONFLICT (id) DO NOTHING`;

// A log whose ID was there before keeps the content that it had.
const insertContents = `INSERT INTO log_contents (seq, ${contentColumns.join(', ')})
	SELECT logs.seq, ${fromArray(contentColumns, 1)} FROM json_each(?) CROSS JOIN logs ON logs.id = value ->> 0
	WHERE true ON CONFLICT (seq) DO NOTHING`;

const byteLength = (text: string | null): number => text === null ? 0 : Buffer.byteLength(text);

type Chunk = {readonly rows: SqlValue[][]; readonly contents: SqlValue[][]; characters: number};

const emptyChunk = (): Chunk => ({rows: [], contents: [], characters: 0});

const addTo = (chunk: Chunk, log: Log, {storedAt, taskId}: Origin): void => {
	chunk.rows.push([
		...table.summary.map(column => toStored(table, column, log[column as keyof Log])),
		storedAt, taskId ?? null, byteLength(log.request_body), byteLength(log.response_body),
	]);
	const content = contentColumns.map(column => toStored(table, column, log[column as keyof Log]));
	chunk.contents.push([toStored(table, 'id', log.id), ...content]);
	for (const value of content) {
		chunk.characters += typeof value === 'string' ? value.length : 0;
	}
};

const contentCharacters = (log: Log): number => (log.request_body?.length ?? 0) + (log.response_body?.length ?? 0);

function * chunksOf(logs: readonly Log[], origin: Origin, isRemote: boolean): Generator<Chunk> {
	const most = isRemote ? serverChunkCharacters : chunkCharacters;
	let chunk = emptyChunk();
	for (const log of logs) {
		const fitting = isRemote ? fitToServer(log) : log;
		if (chunk.rows.length > 0 && chunk.characters + contentCharacters(fitting) > most) {
			yield chunk;
			chunk = emptyChunk();
		}

		addTo(chunk, fitting, origin);
		if (chunk.rows.length >= chunkLogs || chunk.characters >= most) {
			yield chunk;
			chunk = emptyChunk();
		}
	}

	if (chunk.rows.length > 0) {
		yield chunk;
	}
}

const statementsOf = ({rows, contents}: Chunk): readonly Statement[] => [
	{sql: insertRows, args: [JSON.stringify(rows)]},
	{sql: insertContents, args: [JSON.stringify(contents)]},
];

/**
 * Stores logs, idempotent by ID: one that is there already stays as it is and counts as a duplicate. Each chunk is a
 * transaction of its own; when a call fails, the same logs can be given again.
 */
export const insertLogs = async (store: Store, logs: readonly Log[], origin: Origin): Promise<{readonly inserted: number; readonly duplicates: number}> => {
	const chunks = [...chunksOf(logs, origin, store.isRemote)];
	let inserted = 0;
	for (const [index, chunk] of chunks.entries()) {
		const isLast = index === chunks.length - 1;
		const [rows] = await store.write([...statementsOf(chunk), ...(isLast ? origin.alongWith ?? [] : [])], {durability: 'relaxed'});
		inserted += rows?.rowsAffected ?? 0;
		if (!isLast) {
			await delay(breathMs);
		}
	}

	if (chunks.length === 0 && origin.alongWith !== undefined) {
		await store.write(origin.alongWith);
	}

	return {inserted, duplicates: logs.length - inserted};
};
