import {type Attempt, type RecordOf, type SummaryOf, type Tab} from '../../domain/records.ts';
import {escapeUnstorable, unescapeUnstorable} from '../../domain/text/storable.ts';
import {type Store} from '../store.ts';
import {type Place} from './candidates.ts';
import {placeOf} from './read-page.ts';
import {recordTables} from './record-table.ts';
import {toContent, toSummary} from './stored-record.ts';

/** Attempts of a sendout, in order. */
export const attemptsOf = async (store: Store, id: string): Promise<readonly Attempt[]> => {
	const rows = await store.read(
		'SELECT number, started_at, duration, status, response_headers, response_body, error FROM attempts WHERE sendout_id = ? ORDER BY number',
		[escapeUnstorable(id)],
	);
	return rows.map(row => ({
		...row,
		response_headers: row.response_headers === null ? null : JSON.parse(String(row.response_headers)) as unknown,
		response_body: row.response_body === null ? null : unescapeUnstorable(String(row.response_body)),
		error: row.error === null ? null : unescapeUnstorable(String(row.error)),
	}) as unknown as Attempt);
};

/** Contents of records by their `seq`, as far as they are there. */
export const readContents = async (store: Store, tab: Tab, seqs: readonly number[]): Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>>> => {
	const {content} = recordTables[tab];
	if (content === null || seqs.length === 0) {
		return new Map();
	}

	const rows = await store.read(
		`SELECT seq, ${content.columns.join(', ')} FROM ${content.table} WHERE seq IN (SELECT value FROM json_each(?))`,
		[JSON.stringify(seqs)],
	);
	return new Map(rows.map(row => [Number(row.seq), toContent(tab, row)]));
};

const emptyContent = (tab: Tab): Readonly<Record<string, unknown>> => toContent(tab, {});

/** A summary with its content; for a sendout with its attempts. */
export const withContent = async <T extends Tab>(store: Store, tab: T, summary: SummaryOf[T], content: Readonly<Record<string, unknown>> | undefined): Promise<RecordOf[T]> => ({
	...summary,
	...(content ?? emptyContent(tab)),
	...(tab === 'sendouts' ? {attempt_log: await attemptsOf(store, summary.id)} : {}),
}) as unknown as RecordOf[T];

export type FoundRecord<T extends Tab = Tab> = {
	readonly place: Place;
	readonly record: RecordOf[T];
	/** For each text that was cut: its whole size in bytes. */
	readonly cut: Readonly<Record<string, number>>;
};

/** Reads contents, of each text at most so many characters, for a body may be larger than an answer of a server. */
const readCut = async (store: Store, tab: Tab, seq: number, characters: number): Promise<{readonly content: Readonly<Record<string, unknown>>; readonly cut: Record<string, number>}> => {
	const {content, json} = recordTables[tab];
	const cut: Record<string, number> = {};
	if (content === null) {
		return {content: {}, cut};
	}

	const columns = content.columns.map(column => json.has(column)
		? column
		: `substr(${column}, 1, ${characters}) AS ${column}, CASE WHEN length(${column}) > ${characters} THEN octet_length(${column}) END AS ${column}_bytes`);
	const [row = {}] = await store.read(`SELECT ${columns.join(', ')} FROM ${content.table} WHERE seq = ?`, [seq]);
	for (const column of content.columns) {
		const bytes = row[`${column}_bytes`];
		if (typeof bytes === 'number') {
			cut[column] = bytes;
		}
	}

	return {content: toContent(tab, row), cut};
};

/** A whole record, or null. Without `cutAt` (characters) its texts are uncut. */
export const readRecord = async <T extends Tab>(store: Store, tab: T, id: string, cutAt = 2 ** 30): Promise<FoundRecord<T> | null> => {
	const names = recordTables[tab].summary.map(column => `"${column}"`).join(', ');
	const [row] = await store.read(`SELECT seq, ${names} FROM ${tab} WHERE id = ?`, [escapeUnstorable(id)]);
	if (row === undefined) {
		return null;
	}

	const place = placeOf(row);
	const {content, cut} = await readCut(store, tab, place.seq, cutAt);
	return {place, record: await withContent(store, tab, toSummary(tab, row), content), cut};
};
