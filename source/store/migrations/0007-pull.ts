/*
 * How far the records of a Voucherify project were pulled. Of each source: the range that was (logs: whole but for the
 * gaps; tasks and exports: of their lists), when that was, and what went wrong last.
 */

const sources = `CREATE TABLE pull_sources (
	source TEXT PRIMARY KEY,
	wanted_from INTEGER,
	reached_from INTEGER,
	reached_until INTEGER,
	is_complete INTEGER NOT NULL DEFAULT 0,
	pulled_at INTEGER,
	added INTEGER NOT NULL DEFAULT 0,
	failed_at INTEGER,
	error TEXT
) STRICT, WITHOUT ROWID`;

// Ranges of logs that could not be pulled: the next pull tries them again.
const gaps = `CREATE TABLE pull_gaps (
	from_at INTEGER PRIMARY KEY,
	until_at INTEGER NOT NULL,
	error TEXT NOT NULL,
	failed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID`;

// Exports that pulls made in the project to read its logs: they are no exports of anybody.
const ownExports = `CREATE TABLE pull_own_exports (export_id TEXT PRIMARY KEY, created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID`;

// Background tasks of the project that are to be asked for singly: not at their end, or without what only that answer tells.
const openTasks = `CREATE TABLE pull_open_tasks (task_id TEXT PRIMARY KEY, is_finished INTEGER NOT NULL) STRICT, WITHOUT ROWID`;

export const pullSchema: readonly string[] = [sources, gaps, ownExports, openTasks];
