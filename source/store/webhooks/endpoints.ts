import {type Endpoint, type Instant} from '../../domain/records.ts';
import {escapeUnstorable, unescapeUnstorable} from '../../domain/text/storable.ts';
import {usualConcurrency} from '../../domain/webhooks/concurrency.ts';
import {type QueueClock, databaseClock} from '../queue/queue-clock.ts';
import {type SqlRow, type Statement, type Store} from '../store.ts';

/** The lane in which the deliveries of an endpoint wait. */
export const laneOfEndpoint = (id: string): string => `endpoint:${id}`;

/** A replaced secret still signs for so long. */
const overlapMs = 86_400_000;

const columns = 'id, url, is_enabled, event_types, headers, created_at, disabled_reason';

// The breaker changes `max_running`; `usual_running` is what it goes back to.
const selectEndpoints = `SELECT ${columns}, (SELECT usual_running FROM lanes WHERE lanes.name = 'endpoint:' || endpoints.id) AS concurrency FROM endpoints`;

const toEndpoint = (row: SqlRow): Endpoint => ({
	id: String(row.id),
	target_url: unescapeUnstorable(String(row.url)),
	events: JSON.parse(String(row.event_types)) as readonly string[],
	active: row.is_enabled === 1,
	headers: JSON.parse(String(row.headers)) as Readonly<Record<string, string>>,
	concurrency: Number(row.concurrency ?? usualConcurrency),
	created_at: Number(row.created_at),
	disabled_reason: row.disabled_reason === null ? null : unescapeUnstorable(String(row.disabled_reason)),
});

const insertSecret = (id: string, secret: string, now: Instant): Statement => ({
	sql: `INSERT INTO endpoint_secrets (endpoint_id, secret, created_at)
		SELECT id, ?, ? FROM endpoints WHERE id = ? ON CONFLICT DO NOTHING`,
	args: [secret, now, id],
});

/** A new endpoint with its lane and its secret. */
export const insertEndpoint = (endpoint: Endpoint, secret: string): readonly Statement[] => [
	{
		sql: `INSERT INTO endpoints (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		args: [
			endpoint.id, escapeUnstorable(endpoint.target_url), endpoint.active ? 1 : 0, JSON.stringify(endpoint.events), JSON.stringify(endpoint.headers), endpoint.created_at,
			endpoint.disabled_reason,
		],
	},
	{
		sql: 'INSERT INTO lanes (name, max_running, usual_running) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING',
		args: [laneOfEndpoint(endpoint.id), endpoint.concurrency, endpoint.concurrency],
	},
	insertSecret(endpoint.id, secret, endpoint.created_at),
];

/** In the order in which they were added. Never with their secrets. */
export const readEndpoints = async (store: Store): Promise<readonly Endpoint[]> => {
	const rows = await store.read(`${selectEndpoints} ORDER BY seq`);
	return rows.map(row => toEndpoint(row));
};

/** Null when there is none of this ID. */
export const readEndpoint = async (store: Store, id: string): Promise<Endpoint | null> => {
	const [row] = await store.read(`${selectEndpoints} WHERE id = ?`, [id]);
	return row === undefined ? null : toEndpoint(row);
};

/** Lets deliveries go to it again, with its breaker closed, or none. What waits stays. */
export const setEndpointActive = (id: string, {isActive, reason}: {readonly isActive: boolean; readonly reason: string | null}): Statement => ({
	sql: 'UPDATE endpoints SET is_enabled = ?, disabled_reason = ? WHERE id = ? AND is_enabled <> ?',
	args: [isActive ? 1 : 0, isActive ? null : reason, id, isActive ? 1 : 0],
});

/** A new secret; the one before signs beside it for a day, older ones no more. */
export const replaceSecret = (id: string, secret: string, now: Instant): readonly Statement[] => [
	{sql: 'DELETE FROM endpoint_secrets WHERE endpoint_id = ? AND valid_until IS NOT NULL AND secret <> ?', args: [id, secret]},
	{sql: 'UPDATE endpoint_secrets SET valid_until = ? WHERE endpoint_id = ? AND secret <> ?', args: [now + overlapMs, id, secret]},
	insertSecret(id, secret, now),
];

const canceledAtOnce = 2000;

const cancelSome = (id: string): readonly Statement[] => [
	{sql: `UPDATE jobs SET cancel = 1 WHERE lane = ? AND state = 'running'`, args: [laneOfEndpoint(id)]},
	{
		sql: `UPDATE sendouts SET status = 'canceled', next_attempt_at = NULL, error = coalesce(error, 'its endpoint was removed')
			WHERE id IN (SELECT id FROM jobs WHERE lane = ? AND state = 'ready' ORDER BY run_at, seq LIMIT ${canceledAtOnce}) AND status IN ('pending', 'retrying') RETURNING id`,
		args: [laneOfEndpoint(id)],
	},
	{
		sql: `UPDATE jobs SET state = 'cancelled', cancel = 1 WHERE seq IN (SELECT seq FROM jobs WHERE lane = ? AND state = 'ready' ORDER BY run_at, seq LIMIT ${canceledAtOnce}) RETURNING seq`,
		args: [laneOfEndpoint(id)],
	},
];

/**
 * Takes an endpoint away with its secrets, and cancels what waits for it, in bounded steps. What is being sent ends.
 * @returns How many sendouts were canceled.
 */
export const removeEndpoint = async (store: Store, id: string): Promise<number> => {
	// Without the endpoint no new sendout comes, and its lane is held until all are canceled.
	await store.write([
		{sql: 'UPDATE lanes SET blocked_until = 9007199254740991 WHERE name = ?', args: [laneOfEndpoint(id)]},
		{sql: 'DELETE FROM endpoint_secrets WHERE endpoint_id = ?', args: [id]},
		{sql: 'DELETE FROM endpoints WHERE id = ?', args: [id]},
	]);
	for (let canceled = 0; ;) {
		const results = await store.write(cancelSome(id));
		canceled += results[1]?.rows.length ?? 0;
		if ((results[2]?.rows.length ?? 0) < canceledAtOnce) {
			return canceled;
		}
	}
};

export type LaneState = {
	readonly failures: number;
	readonly blockedUntil: Instant;
	/** First due time of what waits; null when nothing does. */
	readonly nextAt: Instant | null;
	/** Waits or is being sent; counted up to a bound. */
	readonly waiting: number;
	readonly now: Instant;
};

const mostCounted = 10_000;

export const readLaneState = async (store: Store, id: string, clock: QueueClock = databaseClock): Promise<LaneState> => {
	const [row] = await store.read(`SELECT failures, blocked_until, ${clock()} AS now,
		(SELECT min(run_at) FROM jobs WHERE lane = name AND state = 'ready') AS next_at,
		(SELECT count(*) FROM (SELECT 1 FROM jobs WHERE lane = name AND state = 'ready' LIMIT ${mostCounted}))
			+ (SELECT count(*) FROM jobs WHERE lane = name AND state = 'running') AS waiting
		FROM lanes WHERE name = ?`, [laneOfEndpoint(id)]);
	return {
		failures: Number(row?.failures ?? 0), blockedUntil: Number(row?.blocked_until ?? 0), now: Number(row?.now ?? 0),
		nextAt: row?.next_at === null || row?.next_at === undefined ? null : Number(row.next_at), waiting: Math.min(mostCounted, Number(row?.waiting ?? 0)),
	};
};

const mostAttempts = 500;

/** Attempts to an endpoint since then, the newest first, up to 500. */
export const recentAttempts = async (store: Store, id: string, since: Instant): Promise<ReadonlyArray<{readonly isSuccess: boolean; readonly durationMs: number | null}>> => {
	const rows = await store.read(`SELECT error IS NULL AS is_success, duration FROM attempts WHERE endpoint_id = ? AND started_at >= ? ORDER BY started_at DESC LIMIT ${mostAttempts}`, [id, since]);
	return rows.map(row => ({isSuccess: row.is_success === 1, durationMs: row.duration === null ? null : Number(row.duration)}));
};
