import {logsAPart} from '../search/part-size.ts';

/*
 * The search index: full-text tables of trigrams, `log_search_<number>`, each of so many logs in the order of their
 * arrival, made when the index is built. They hold no text, and what they say of a log that was deleted cannot be taken
 * out of them at a bearable cost (90 ms a log); so a part that lost a log is stale, and is dropped whole and built again.
 */

// Logs of (number * size, indexed_to] are in it. `oldest_at` and `newest_at` are of their `created_at`.
const parts = `CREATE TABLE search_parts (
	number INTEGER PRIMARY KEY,
	indexed_to INTEGER NOT NULL,
	oldest_at INTEGER,
	newest_at INTEGER,
	is_merged INTEGER NOT NULL DEFAULT 0,
	is_stale INTEGER NOT NULL DEFAULT 0
) STRICT`;

// Logs that are too large for the index: each search looks at them.
const skipped = `CREATE TABLE search_skipped (seq INTEGER PRIMARY KEY) STRICT`;

const noticeDelete = `CREATE TRIGGER logs_delete_search AFTER DELETE ON logs
	BEGIN UPDATE search_parts SET is_stale = 1 WHERE number = (OLD.seq - 1) / ${logsAPart} AND is_stale = 0; END`;

export const searchSchema: readonly string[] = [parts, skipped, noticeDelete];
