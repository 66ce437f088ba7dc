/*
 * The files that imports read. Several stores may share a data directory: each keeps its files in a directory of its own,
 * named by its identity, so that what nothing refers to any more is known by one store alone.
 */

const identity = `CREATE TABLE store_identity (id TEXT NOT NULL) STRICT`;

const originals = `CREATE TABLE originals (
	task_id TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	is_compressed INTEGER NOT NULL,
	secrets_replaced INTEGER NOT NULL,
	newest_log_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID`;

export const originalsSchema: readonly string[] = [
	identity,
	'INSERT INTO store_identity (id) VALUES (lower(hex(randomblob(8))))',
	originals,
];
