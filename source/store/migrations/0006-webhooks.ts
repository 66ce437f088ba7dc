/*
 * Endpoints, events and deliveries. What follows from a change of a row is done by triggers, so that it takes place in the
 * same transaction whoever writes: an event becomes sendouts, the end of a task becomes an event, and so does the end of an
 * endpoint or of a sendout.
 */

// Read by delivery alone: no list, export or command shows it. Of a secret that was replaced `valid_until` is set.
const secrets = `CREATE TABLE endpoint_secrets (
	endpoint_id TEXT NOT NULL REFERENCES endpoints (id) ON DELETE CASCADE,
	secret TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	valid_until INTEGER,
	PRIMARY KEY (endpoint_id, secret)
) STRICT, WITHOUT ROWID`;

// How far something that follows the arrival of logs has come.
const positions = `CREATE TABLE positions (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID`;

const now = `CAST(unixepoch('subsec') * 1000 AS INTEGER)`;
/** Later than any clock: the lane of an endpoint that is not active. */
const never = 9_007_199_254_740_991;
const laneOf = (endpoint: string): string => `'endpoint:' || ${endpoint}`;

/** An ID that carries the time: 42 bits of milliseconds since 2016-05-04, 30 random ones. */
export const timedId = (prefix: string, at: string): string =>
	`'${prefix}' || printf('%012x', (${at} - 1462320000000) * 64 + (random() & 63)) || lower(hex(randomblob(3)))`;

/** Whether the row of `endpoints` at hand subscribed to a type. */
export const subscribes = (type: string): string => `EXISTS (SELECT 1 FROM json_each(endpoints.event_types) WHERE value = '*' OR value = ${type}
	OR (substr(value, -2) = '.*' AND substr(${type}, 1, length(value) - 1) = substr(value, 1, length(value) - 1)))`;

const isWanted = (type: string): string => `EXISTS (SELECT 1 FROM endpoints WHERE is_enabled = 1 AND ${subscribes(type)})`;

// A sendout for each endpoint that subscribed, or for the one that the event is meant for. Tests of an endpoint have a
// lane of their own, that a broken endpoint does not block.
const sendEvent = `CREATE TRIGGER events_insert AFTER INSERT ON events BEGIN
	INSERT INTO sendouts (id, status, type, event_id, request_id, source_id, target_url, created_at, next_attempt_at)
		SELECT ${timedId('whs_', 'NEW.created_at')}, 'pending', NEW.type, NEW.id, NEW.request_id, id, url, NEW.created_at, ${now} FROM endpoints
		WHERE CASE WHEN NEW.endpoint_id IS NULL THEN is_enabled = 1 AND ${subscribes('NEW.type')} ELSE id = NEW.endpoint_id END
		ORDER BY seq;
	INSERT INTO sendout_contents (seq, data) SELECT seq, NEW.data FROM sendouts WHERE event_id = NEW.id;
	INSERT INTO lanes (name, max_running) VALUES ('endpoint-tests', 4) ON CONFLICT (name) DO NOTHING;
	INSERT INTO jobs (id, type, lane, run_at, max_attempts)
		SELECT id, 'SENDOUT.DELIVER', CASE WHEN NEW.endpoint_id IS NULL THEN ${laneOf('source_id')} ELSE 'endpoint-tests' END, ${now}, 10
		FROM sendouts WHERE event_id = NEW.id AND status = 'pending';
	END`;

const makeEvent = (type: string, {entity, request = 'NULL', data}: {readonly entity: string; readonly request?: string; readonly data: string}): string =>
	`INSERT INTO events (id, type, created_at, request_id, entity_id, data) SELECT ${timedId('evt_', now)}, ${type}, ${now}, ${request}, ${entity}, ${data} WHERE ${isWanted(type)};`;

const iso = (column: string): string => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`;

const taskEvent = `CREATE TRIGGER tasks_end AFTER UPDATE OF status ON tasks
	WHEN NEW.origin = 'local' AND NEW.status IN ('done', 'failed') AND OLD.status NOT IN ('done', 'failed') BEGIN
	${makeEvent(`'task.' || NEW.status`, {entity: 'NEW.id', request: 'NEW.request_id', data: `json_object(
		'object', 'background_task', 'id', NEW.id, 'type', NEW.type, 'status', NEW.status, 'processing_status', NEW.processing_status,
		'done_count', NEW.done_count, 'failed_count', NEW.failed_count, 'total_count', NEW.total_count, 'processing_time', NEW.processing_time,
		'created_at', ${iso('NEW.created_at')}, 'updated_at', ${iso('NEW.updated_at')}, 'user', NEW.user, 'log_id', NEW.log_id, 'export_id', NEW.export_id,
		'result', json(NEW.result), 'error', NEW.error)`})}
	END`;

const exportEvent = `CREATE TRIGGER exports_end AFTER UPDATE OF status ON exports
	WHEN NEW.origin = 'local' AND NEW.status = 'done' AND OLD.status <> 'done' BEGIN
	${makeEvent(`'export.done'`, {entity: 'NEW.id', data: `json_object(
		'object', 'export', 'id', NEW.id, 'resource', NEW.resource, 'status', NEW.status, 'created_at', ${iso('NEW.created_at')},
		'finished_at', ${iso('NEW.finished_at')}, 'user', NEW.user, 'query', NEW.query, 'fields', json(NEW.fields), 'order', NEW."order",
		'rows', NEW.rows, 'bytes', NEW.bytes, 'sha256', NEW.sha256, 'task_id', NEW.task_id)`})}
	END`;

const disableEndpoint = `CREATE TRIGGER endpoints_disable AFTER UPDATE OF is_enabled ON endpoints WHEN NEW.is_enabled = 0 AND OLD.is_enabled = 1 BEGIN
	UPDATE lanes SET blocked_until = ${never} WHERE name = ${laneOf('NEW.id')};
	${makeEvent(`'endpoint.disabled'`, {entity: 'NEW.id', data: `json_object('object', 'webhook', 'id', NEW.id, 'target_url', NEW.url, 'reason', NEW.disabled_reason)`})}
	END`;

const enableEndpoint = `CREATE TRIGGER endpoints_enable AFTER UPDATE OF is_enabled ON endpoints WHEN NEW.is_enabled = 1 AND OLD.is_enabled = 0 BEGIN
	UPDATE lanes SET blocked_until = 0, failures = 0, max_running = coalesce(usual_running, max_running) WHERE name = ${laneOf('NEW.id')};
	END`;

// Of the events about a failure none is made about another such: it would go round for ever.
const exhaustSendout = `CREATE TRIGGER sendouts_exhaust AFTER UPDATE OF status ON sendouts
	WHEN NEW.status = 'failed' AND OLD.status IN ('pending', 'retrying') AND NEW.type NOT IN ('sendout.exhausted', 'endpoint.disabled', 'endpoint.test') BEGIN
	${makeEvent(`'sendout.exhausted'`, {entity: 'NEW.id', request: 'NEW.request_id', data: `json_object('object', 'sendout', 'id', NEW.id, 'type', NEW.type,
		'event_id', NEW.event_id, 'request_id', NEW.request_id, 'source_id', NEW.source_id, 'target_url', NEW.target_url,
		'created_at', ${iso('NEW.created_at')}, 'sent_at', ${iso('NEW.sent_at')}, 'attempts', NEW.attempts, 'error', NEW.error)`})}
	END`;

// A delivery that ended its worker again and again.
const followJob = `CREATE TRIGGER jobs_dead_sendout AFTER UPDATE OF state ON jobs WHEN NEW.type = 'SENDOUT.DELIVER' AND NEW.state = 'dead' BEGIN
	UPDATE sendouts SET status = 'failed', next_attempt_at = NULL, error = NEW.error WHERE id = NEW.id AND status IN ('pending', 'retrying');
	END`;

export const webhooksSchema: readonly string[] = [
	`ALTER TABLE endpoints ADD COLUMN headers TEXT NOT NULL DEFAULT '{}'`,
	'ALTER TABLE endpoints ADD COLUMN disabled_reason TEXT',
	'ALTER TABLE events ADD COLUMN entity_id TEXT',
	'ALTER TABLE events ADD COLUMN endpoint_id TEXT',
	'ALTER TABLE events ADD COLUMN idempotency_key TEXT',
	'ALTER TABLE attempts ADD COLUMN endpoint_id TEXT',
	'ALTER TABLE lanes ADD COLUMN failures INTEGER NOT NULL DEFAULT 0',
	'ALTER TABLE lanes ADD COLUMN usual_running INTEGER',
	'CREATE UNIQUE INDEX events_by_idempotency_key ON events (idempotency_key) WHERE idempotency_key IS NOT NULL',
	'CREATE INDEX events_by_created_at ON events (created_at)',
	'CREATE INDEX attempts_by_endpoint ON attempts (endpoint_id, started_at) WHERE endpoint_id IS NOT NULL',
	secrets, positions,
	sendEvent, taskEvent, exportEvent, disableEndpoint, enableEndpoint, exhaustSendout, followJob,
];
