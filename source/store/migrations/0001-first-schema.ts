/*
 * Lists are ordered by (created_at, seq): `seq` is the order of arrival, and SQLite ends every index with it, so that an
 * index of (column, created_at) gives one value's records in the order of the list. Where a column is mostly empty, its
 * index holds only what is filled.
 */

const logs = `CREATE TABLE logs (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	stored_at INTEGER NOT NULL,
	status INTEGER,
	outcome TEXT NOT NULL,
	request_id TEXT,
	channel TEXT,
	method TEXT,
	endpoint TEXT,
	url TEXT,
	user_email TEXT,
	customer TEXT,
	campaign TEXT,
	incentive TEXT,
	app_id TEXT,
	client_app_id TEXT,
	request_duration REAL,
	task_id TEXT,
	error_key TEXT,
	import_task_id TEXT,
	request_bytes INTEGER NOT NULL DEFAULT 0,
	response_bytes INTEGER NOT NULL DEFAULT 0
) STRICT`;

// Apart, so that a scan of the rows above does not read the bodies.
const logContents = `CREATE TABLE log_contents (
	seq INTEGER PRIMARY KEY REFERENCES logs (seq) ON DELETE CASCADE,
	request_headers TEXT,
	response_headers TEXT,
	request_body TEXT,
	response_body TEXT
) STRICT`;

const tasks = `CREATE TABLE tasks (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	type TEXT NOT NULL,
	status TEXT NOT NULL,
	processing_status TEXT NOT NULL,
	progress REAL NOT NULL DEFAULT 0,
	done_count INTEGER NOT NULL DEFAULT 0,
	failed_count INTEGER NOT NULL DEFAULT 0,
	total_count INTEGER,
	processing_time REAL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER,
	user TEXT,
	request_id TEXT,
	log_id TEXT,
	export_id TEXT,
	origin TEXT NOT NULL,
	parameters TEXT,
	result TEXT,
	error TEXT
) STRICT`;

const exports = `CREATE TABLE exports (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	resource TEXT NOT NULL,
	status TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	finished_at INTEGER,
	user TEXT,
	origin TEXT NOT NULL,
	query TEXT,
	fields TEXT NOT NULL DEFAULT '[]',
	"order" TEXT,
	rows INTEGER,
	bytes INTEGER,
	sha256 TEXT,
	task_id TEXT,
	error TEXT
) STRICT`;

const events = `CREATE TABLE events (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	type TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	request_id TEXT,
	data TEXT NOT NULL
) STRICT`;

const endpoints = `CREATE TABLE endpoints (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	url TEXT NOT NULL,
	is_enabled INTEGER NOT NULL DEFAULT 1,
	event_types TEXT NOT NULL DEFAULT '[]',
	created_at INTEGER NOT NULL
) STRICT`;

const sendouts = `CREATE TABLE sendouts (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	status TEXT NOT NULL,
	type TEXT NOT NULL,
	event_id TEXT,
	request_id TEXT,
	source_id TEXT,
	target_url TEXT,
	created_at INTEGER NOT NULL,
	sent_at INTEGER,
	attempts INTEGER NOT NULL DEFAULT 0,
	next_attempt_at INTEGER,
	error TEXT
) STRICT`;

const sendoutContents = `CREATE TABLE sendout_contents (
	seq INTEGER PRIMARY KEY REFERENCES sendouts (seq) ON DELETE CASCADE,
	data TEXT
) STRICT`;

const attempts = `CREATE TABLE attempts (
	sendout_id TEXT NOT NULL,
	number INTEGER NOT NULL,
	started_at INTEGER NOT NULL,
	duration REAL,
	status INTEGER,
	response_headers TEXT,
	response_body TEXT,
	error TEXT,
	PRIMARY KEY (sendout_id, number)
) STRICT, WITHOUT ROWID`;

const settings = `CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`;

const views = `CREATE TABLE views (
	tab TEXT NOT NULL,
	name TEXT NOT NULL,
	query TEXT NOT NULL,
	PRIMARY KEY (tab, name)
) STRICT, WITHOUT ROWID`;

// How often records were changed in place or deleted, so that a screen sees that it must ask again.
const changes = `CREATE TABLE changes (tab TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID`;

const countChange = (table: string, event: 'UPDATE' | 'DELETE'): string =>
	`CREATE TRIGGER ${table}_${event.toLowerCase()} AFTER ${event} ON ${table} BEGIN
		UPDATE changes SET count = count + 1 WHERE tab = '${table}';
	END`;

const byTime = (table: string): string => `CREATE INDEX ${table}_by_created_at ON ${table} (created_at)`;
const byId = (table: string): string => `CREATE UNIQUE INDEX ${table}_by_id ON ${table} (id)`;
const by = (table: string, column: string): string => `CREATE INDEX ${table}_by_${column} ON ${table} (${column}, created_at)`;
const byFilled = (table: string, column: string): string => `${by(table, column)} WHERE ${column} IS NOT NULL`;

export const firstSchema: readonly string[] = [
	logs, logContents, tasks, exports, events, endpoints, sendouts, sendoutContents, attempts, settings, views, changes,
	`INSERT INTO changes (tab, count) VALUES ('logs', 0), ('tasks', 0), ('exports', 0), ('sendouts', 0)`,
	...['tasks', 'exports', 'sendouts'].flatMap(table => [countChange(table, 'UPDATE'), countChange(table, 'DELETE')]),
	...['logs', 'tasks', 'exports', 'sendouts'].flatMap(table => [byId(table), byTime(table)]),
	...['status', 'outcome', 'channel', 'method', 'endpoint'].map(column => by('logs', column)),
	...['request_id', 'user_email', 'customer', 'campaign', 'app_id', 'client_app_id', 'error_key', 'task_id'].map(column => byFilled('logs', column)),
	...['type', 'status'].map(column => by('tasks', column)),
	...['request_id', 'log_id'].map(column => byFilled('tasks', column)),
	byFilled('exports', 'task_id'),
	...['status', 'type'].map(column => by('sendouts', column)),
	...['request_id', 'source_id', 'target_url', 'event_id', 'sent_at', 'next_attempt_at'].map(column => byFilled('sendouts', column)),
];
