import {type Statement, type Store} from '../store.ts';
import {partOf, rangeOf, readSearchParts, type SearchPart, type SeqRange, tableOf} from './search-parts.ts';

// A step holds the write lock for some 30 ms, of which the text decides: 6,000 logs of a kilobyte a second.
const logsAtOnce = 250;
const bytesAtOnce = 120_000;
/** A log with more text is searched without the index: it alone would hold the lock for a quarter of a second. */
const mostBytes = 1_000_000;
/** Some three times what a step adds, so that segments stay few. */
const pagesAStep = 48;
const mergePages = 50;

const text = `coalesce(logs.url, '') || char(10) || coalesce(log_contents.request_body, '') || char(10) || coalesce(log_contents.response_body, '')`;

/** Of the bodies; a URL is short. */
const bytes = 'logs.request_bytes + logs.response_bytes';

// `detail=none` holds which logs have a trigram, and no more: half a byte a byte of text.
const create = (number: number): Statement => ({
	sql: `CREATE VIRTUAL TABLE IF NOT EXISTS ${tableOf(number)} USING fts5 (content_text, content='', columnsize=0, detail=none, tokenize='trigram')`,
});

/**
 * What a step adds is one segment, and segments are merged by transactions of their own: FTS5 would merge many now and
 * then within a step, which then holds the lock six times as long.
 */
const configure = (number: number): readonly Statement[] => [`'hashsize', 33554432`, `'automerge', 0`, `'crisismerge', 1000`].map(setting => ({
	sql: `INSERT INTO ${tableOf(number)} (${tableOf(number)}, rank) VALUES (${setting})`,
}));

// FTS5 wants whole numbers, and the client binds others.
const merge = (number: number, pages: number): readonly Statement[] => [create(number), {
	sql: `INSERT INTO ${tableOf(number)} (${tableOf(number)}, rank) SELECT 'merge', ${pages} WHERE EXISTS (SELECT 1 FROM search_parts WHERE number = ${number} AND is_stale = 0)`,
}];

/** The next logs that are not in the index; null when all are. */
const nextRange = async (store: Store): Promise<SeqRange & {readonly number: number} | null> => {
	const [ends] = await store.read('SELECT (SELECT min(seq) FROM logs) AS first, (SELECT max(seq) FROM logs) AS last');
	if (ends === undefined || ends.first === null || ends.last === null) {
		return null;
	}

	const parts = new Map((await readSearchParts(store)).map(part => [part.number, part]));
	for (let number = partOf(Number(ends.first)); number <= partOf(Number(ends.last)); number++) {
		const range = rangeOf(number);
		const part = parts.get(number);
		const after = part?.indexedTo ?? range.after;
		const to = Math.min(range.to, Number(ends.last));
		// A stale part takes no more: it is thrown away first. The last log of a part that is not whole may be gone.
		if (after < to && part?.isStale !== true) {
			return {number, after, to: partOf(Number(ends.last)) > number ? range.to : to};
		}
	}

	return null;
};

/**
 * Puts the next logs into the index, in one short transaction; `guard` goes first, `alongWith` is told how many they are.
 * Gives that too; null when all are in.
 * Where somebody else changed the part meanwhile nothing happens, and the next call sees how it stands.
 */
export const indexNextLogs = async (store: Store, guard: readonly Statement[], alongWith: (count: number) => readonly Statement[] = () => []): Promise<number | null> => {
	const range = await nextRange(store);
	if (range === null) {
		return null;
	}

	const {number, after, to} = range;
	const rows = await store.read(`SELECT seq, created_at, ${bytes} AS bytes FROM logs WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`, [after, to, logsAtOnce]);
	let size = 0;
	let count = 0;
	while (count < rows.length && (count === 0 || size < bytesAtOnce)) {
		const own = Number(rows[count]?.bytes);
		size += own > mostBytes ? 0 : own;
		count++;
	}

	const taken = rows.slice(0, count);
	const times = taken.map(row => Number(row.created_at));
	const end = count < rows.length || rows.length === logsAtOnce ? Number(taken.at(-1)?.seq) : to;
	const isUnchanged = 'coalesce((SELECT CASE is_stale WHEN 0 THEN indexed_to END FROM search_parts WHERE number = :number), CASE WHEN NOT EXISTS (SELECT 1 FROM search_parts WHERE number = :number) THEN :first END) IS :after';
	const place = {number, after, end, first: rangeOf(number).after};
	await store.write([
		...guard,
		create(number),
		...after === place.first ? configure(number) : [],
		{
			sql: `INSERT INTO ${tableOf(number)} (rowid, content_text) SELECT logs.seq, ${text} FROM logs LEFT JOIN log_contents ON log_contents.seq = logs.seq
				WHERE logs.seq > :after AND logs.seq <= :end AND ${bytes} <= ${mostBytes} AND ${isUnchanged} ORDER BY logs.seq`,
			args: place,
		},
		{sql: `INSERT INTO search_skipped (seq) SELECT seq FROM logs WHERE seq > :after AND seq <= :end AND ${bytes} > ${mostBytes} AND ${isUnchanged} ON CONFLICT (seq) DO NOTHING`, args: place},
		{
			sql: `INSERT INTO search_parts (number, indexed_to, oldest_at, newest_at) SELECT :number, :end, :oldest, :newest WHERE ${isUnchanged}
				ON CONFLICT (number) DO UPDATE SET indexed_to = excluded.indexed_to,
					oldest_at = min(coalesce(oldest_at, excluded.oldest_at), coalesce(excluded.oldest_at, oldest_at)),
					newest_at = max(coalesce(newest_at, excluded.newest_at), coalesce(excluded.newest_at, newest_at))`,
			args: {...place, oldest: times.length === 0 ? null : Math.min(...times), newest: times.length === 0 ? null : Math.max(...times)},
		},
		...alongWith(count),
	], {durability: 'relaxed'});
	await store.write([...guard, ...merge(number, pagesAStep)], {durability: 'relaxed'});
	return count;
};

/** Makes a whole part compact, some pages at a time; false when there is none. A search then reads a quarter of the pages. */
export const mergeNextPart = async (store: Store, guard: readonly Statement[]): Promise<boolean> => {
	const part = (await readSearchParts(store)).find(({number, indexedTo, isMerged, isStale}) => !isMerged && !isStale && indexedTo === rangeOf(number).to);
	if (part === undefined) {
		return false;
	}

	const {number} = part;
	const count = {sql: 'SELECT total_changes() AS count'};
	const results = await store.write([...guard, count, ...merge(number, -mergePages), count], {durability: 'relaxed'});
	const [before, , , after] = results.slice(guard.length).map(({rows}) => Number(rows[0]?.count));
	// FTS5 documents that nothing was left to do when fewer than two rows changed.
	if (Number(after) - Number(before) < 2) {
		await store.write([...guard, {sql: 'UPDATE search_parts SET is_merged = 1 WHERE number = ?', args: [number]}], {durability: 'relaxed'});
	}

	return true;
};

/** Pages of a part that are deleted at once: a part that is dropped whole holds the lock for up to half a second. */
const pagesAtOnce = 500;

/** From then on no search asks the part. */
const withdraw = ({number}: SearchPart): readonly Statement[] => [
	{sql: 'UPDATE search_parts SET indexed_to = ?, oldest_at = NULL, newest_at = NULL, is_stale = 1 WHERE number = ?', args: [rangeOf(number).after, number]},
	{sql: 'DELETE FROM search_skipped WHERE seq > ? AND seq <= ?', args: [rangeOf(number).after, rangeOf(number).to]},
];

/**
 * Drops the first part that is stale, or, with `isAll`, the first part, a bit at a time; says when it is gone, null when
 * there is none. With `secure_delete` nothing of it stays in the file; it does in the log of writes until that is emptied.
 */
export const dropNextPart = async (store: Store, {guard, isAll = false}: {readonly guard: readonly Statement[]; readonly isAll?: boolean}): Promise<'going' | 'gone' | null> => {
	const part = (await readSearchParts(store)).find(({isStale}) => isStale || isAll);
	if (part === undefined) {
		return null;
	}

	const {number} = part;
	const pages = `${tableOf(number)}_data`;
	// The first ten say how the others lie, and are few.
	const found = await store.read('SELECT name FROM sqlite_schema WHERE name = ?', [pages]);
	const left = found.length === 0 ? [] : await store.read(`SELECT id FROM ${pages} WHERE id > 10 LIMIT ?`, [pagesAtOnce]);
	if (left.length === pagesAtOnce) {
		await store.write([...guard, ...withdraw(part), {sql: `DELETE FROM ${pages} WHERE id IN (SELECT id FROM ${pages} WHERE id > 10 LIMIT ${pagesAtOnce})`}], {durability: 'relaxed'});
		return 'going';
	}

	await store.write([...guard, ...withdraw(part), {sql: `DROP TABLE IF EXISTS ${tableOf(number)}`}, {sql: 'DELETE FROM search_parts WHERE number = ?', args: [number]}], {durability: 'relaxed'});
	return 'gone';
};
