import {testEventType} from '../../domain/webhooks/event-types.ts';
import {type Instant, type SendoutStatus} from '../../domain/records.ts';
import {subscribes, timedId} from '../migrations/0006-webhooks.ts';
import {databaseClock} from '../queue/queue-clock.ts';
import {type Statement, type Store} from '../store.ts';

const now = databaseClock();
const maxAttempts = 10;

type Spread = {
	/** Milliseconds from one to the next. */
	readonly spacingMs?: number;
	/** The first is not due before that. */
	readonly notBefore?: Instant;
	/** Before all that waits. */
	readonly isFirst?: boolean;
};

/**
 * Statements that put sendouts into the queue anew, each at the beginning of its schedule, so many milliseconds apart. One
 * that is being sent, or whose endpoint is gone or disabled, stays as it is. The first RETURNs the IDs of the others, and
 * when each is due.
 */
export const scheduleSendouts = (ids: readonly string[], {spacingMs = 0, notBefore = 0, isFirst = false}: Spread = {}): readonly Statement[] => [
	{
		sql: `INSERT INTO jobs (id, type, lane, run_at, max_attempts)
			SELECT sendouts.id, 'SENDOUT.DELIVER', CASE sendouts.type WHEN '${testEventType}' THEN 'endpoint-tests' ELSE 'endpoint:' || source_id END,
				${isFirst ? '0' : `max(${now}, :notBefore) + CAST(given.key * :spacingMs AS INTEGER)`}, ${maxAttempts}
			FROM json_each(:ids) AS given JOIN sendouts ON sendouts.id = given.value JOIN endpoints ON endpoints.id = sendouts.source_id AND endpoints.is_enabled = 1
			WHERE TRUE ON CONFLICT (id) DO UPDATE SET state = 'ready', run_at = excluded.run_at, attempt = 0, cancel = 0, cursor = NULL, claim_cursor = NULL, error = NULL
			WHERE jobs.state <> 'running' RETURNING id, run_at`,
		args: {ids: JSON.stringify(ids), ...(!isFirst && {spacingMs, notBefore})},
	},
	{
		sql: `UPDATE sendouts SET status = CASE attempts WHEN 0 THEN 'pending' ELSE 'retrying' END, next_attempt_at = max(${now}, jobs.run_at)
			FROM jobs WHERE jobs.id = sendouts.id AND jobs.state = 'ready' AND jobs.cursor IS NULL AND jobs.attempt = 0 AND sendouts.id IN (SELECT value FROM json_each(?))
				AND EXISTS (SELECT 1 FROM endpoints WHERE endpoints.id = sendouts.source_id AND is_enabled = 1)`,
		args: [JSON.stringify(ids)],
	},
];

/** Lets one delivery go to an endpoint whose breaker is open: a person wants to see whether it answers again. */
export const openLane = (lane: string): Statement => ({
	sql: 'UPDATE lanes SET blocked_until = 0 WHERE name = ? AND blocked_until < 9007199254740991',
	args: [lane],
});

export type SendoutState = {
	readonly id: string;
	readonly status: SendoutStatus;
	readonly attempts: number;
	readonly sourceId: string | null;
	readonly isRunning: boolean;
};

/** How sendouts stand, of those IDs that there are, in the order given. */
export const readSendoutStates = async (store: Store, ids: readonly string[]): Promise<readonly SendoutState[]> => {
	const rows = await store.read(`SELECT sendouts.id, status, attempts, source_id, coalesce((SELECT state FROM jobs WHERE jobs.id = sendouts.id) = 'running', 0) AS is_running
		FROM json_each(?) AS given JOIN sendouts ON sendouts.id = given.value ORDER BY given.key`, [JSON.stringify(ids)]);
	return rows.map(row => ({
		id: String(row.id), status: String(row.status) as SendoutStatus, attempts: Number(row.attempts), sourceId: row.source_id === null ? null : String(row.source_id), isRunning: row.is_running === 1,
	}));
};

type Missed = {readonly endpoint: string; readonly since: Instant};

const missed = `FROM events CROSS JOIN endpoints WHERE endpoints.id = :endpoint AND events.endpoint_id IS NULL AND events.created_at >= :since
	AND ${subscribes('events.type')} AND NOT EXISTS (SELECT 1 FROM sendouts WHERE sendouts.event_id = events.id AND sendouts.source_id = endpoints.id)`;

/** Events since then to which an endpoint subscribes, of which it has no sendout; counted up to a bound. */
export const countMissedEvents = async (store: Store, {endpoint, since}: Missed, cap: number): Promise<number> => {
	const [row] = await store.read(`SELECT count(*) AS count FROM (SELECT 1 ${missed} LIMIT :cap)`, {endpoint, since, cap});
	return Number(row?.count ?? 0);
};

/**
 * Statements that make a sendout for the first of these events, up to `limit`, without putting it into the queue: they have
 * the time of their events. The first RETURNs their IDs.
 */
export const insertMissedSendouts = ({endpoint, since}: Missed, limit: number): readonly Statement[] => [
	{
		sql: `INSERT INTO sendouts (id, status, type, event_id, request_id, source_id, target_url, created_at)
			SELECT ${timedId('whs_', 'events.created_at')}, 'pending', events.type, events.id, events.request_id, endpoints.id, endpoints.url, events.created_at ${missed}
			ORDER BY events.seq LIMIT :limit RETURNING id`,
		args: {endpoint, since, limit},
	},
	{
		sql: `INSERT INTO sendout_contents (seq, data) SELECT sendouts.seq, events.data FROM sendouts JOIN events ON events.id = sendouts.event_id
			WHERE sendouts.source_id = ? AND sendouts.created_at >= ? AND sendouts.status = 'pending' ON CONFLICT (seq) DO NOTHING`,
		args: [endpoint, since],
	},
];
