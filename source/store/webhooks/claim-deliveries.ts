import {type Instant} from '../../domain/records.ts';
import {unescapeUnstorable} from '../../domain/text/storable.ts';
import {failuresToOpen} from '../../domain/webhooks/breaker.ts';
import {type QueueClock} from '../queue/queue-clock.ts';
import {type SqlRow, type Statement, type Store} from '../store.ts';

/** Where a delivery stands in its schedule: the checkpoint of its job. */
export type DeliveryCursor = {
	/** Start of the first attempt, or of the first since it was retried by a person. */
	readonly firstAt: Instant;
	/** Retries made since. */
	readonly retries: number;
};

/** A sendout that this worker may send now. */
export type ClaimedDelivery = {
	readonly id: string;
	readonly fence: number;
	readonly lane: string;
	readonly cursor: DeliveryCursor | null;
	/** By the database's clock. */
	readonly claimedAt: Instant;
};

/** Lanes of endpoints, and of tests. */
const deliveryLanes = `name >= 'endpoint-' AND name < 'endpoint;'`;

/**
 * How many may run at once in the lane at hand: the more of its last attempts failed, the fewer, so that an endpoint that is
 * down takes few places until its breaker opens.
 */
const mostRunning = `max(1, max_running * (${failuresToOpen} - min(failures, ${failuresToOpen - 1})) / ${failuresToOpen})`;

/**
 * Lanes with due work that are not blocked and have room, or are among `finishing`, those that waited longest first, and how
 * many more may run in them.
 */
export const dueLanes = async (store: Store, clock: QueueClock, {finishing, limit}: {readonly finishing: Iterable<string>; readonly limit: number}): Promise<ReadonlyArray<{readonly name: string; readonly room: number}>> => {
	const rows = await store.read(`SELECT name, room FROM (
			SELECT name, last_claim, ${mostRunning} - (SELECT count(*) FROM jobs WHERE lane = name AND state = 'running') AS room FROM lanes
			WHERE ${deliveryLanes} AND blocked_until <= ${clock()}
				AND (SELECT min(run_at) FROM jobs WHERE lane = name AND state = 'ready') <= ${clock()})
		WHERE room > 0 OR name IN (SELECT value FROM json_each(:finishing)) ORDER BY last_claim LIMIT :limit`, {finishing: JSON.stringify([...finishing]), limit});
	return rows.map(row => ({name: String(row.name), room: Number(row.room)}));
};

/** Claims the first due deliveries of a lane, as many as it has room for. */
export const claimOfLane = ({lane, limit, claim, leaseMs, clock}: {
	readonly lane: string;
	readonly limit: number;
	/** Names the holder. */
	readonly claim: string;
	readonly leaseMs: number;
	readonly clock: QueueClock;
}): readonly Statement[] => [
	{
		sql: `UPDATE jobs SET state = 'running', attempt = attempt + 1, fence = fence + 1, lease_by = :claim, lease_until = ${clock()} + :leaseMs, claim_cursor = cursor
			WHERE seq IN (SELECT seq FROM jobs WHERE lane = :lane AND state = 'ready' AND run_at <= ${clock()} ORDER BY run_at, seq
				LIMIT coalesce((SELECT max(0, min(:limit, ${mostRunning} - (SELECT count(*) FROM jobs WHERE lane = :lane AND state = 'running')))
					FROM lanes WHERE name = :lane AND blocked_until <= ${clock()}), 0))
			RETURNING id, fence, lane, cursor, ${clock()} AS now`,
		args: {lane, limit, claim, leaseMs},
	},
	{sql: `UPDATE lanes SET last_claim = ${clock()} WHERE name = ?`, args: [lane]},
];

/** Claims one sendout that waits out of its turn, whatever its lane says. */
export const claimOne = ({id, claim, leaseMs, clock}: {readonly id: string; readonly claim: string; readonly leaseMs: number; readonly clock: QueueClock}): Statement => ({
	sql: `UPDATE jobs SET state = 'running', attempt = attempt + 1, fence = fence + 1, lease_by = :claim, lease_until = ${clock()} + :leaseMs, claim_cursor = cursor
		WHERE id = :id AND state = 'ready' RETURNING id, fence, lane, cursor, ${clock()} AS now`,
	args: {id, claim, leaseMs},
});

export const toClaimed = (row: SqlRow): ClaimedDelivery => ({
	id: String(row.id), fence: Number(row.fence), lane: String(row.lane), claimedAt: Number(row.now),
	cursor: row.cursor === null ? null : JSON.parse(String(row.cursor)) as DeliveryCursor,
});

/** Everything that is sent, and where to. */
export type DeliveryContent = {
	readonly id: string;
	readonly type: string;
	readonly createdAt: Instant;
	readonly endpointId: string;
	/** Null when the endpoint was removed. */
	readonly targetUrl: string | null;
	readonly headers: Readonly<Record<string, string>>;
	/** The one in force first. */
	readonly secrets: readonly string[];
	readonly data: string;
	readonly event: {readonly id: string; readonly createdAt: Instant; readonly entityId: string | null; readonly requestId: string | null};
	readonly projectId: string;
};

const nullable = (value: unknown): string | null => typeof value === 'string' ? unescapeUnstorable(value) : null;

const toContent = (row: SqlRow): DeliveryContent => ({
	id: String(row.id),
	type: unescapeUnstorable(String(row.type)),
	createdAt: Number(row.created_at),
	endpointId: String(row.source_id),
	targetUrl: nullable(row.url),
	headers: JSON.parse(String(row.headers ?? '{}')) as Readonly<Record<string, string>>,
	secrets: JSON.parse(String(row.secrets ?? '[]')) as readonly string[],
	data: unescapeUnstorable(String(row.data ?? 'null')),
	event: {id: String(row.event_id), createdAt: Number(row.event_at ?? row.created_at), entityId: nullable(row.entity_id), requestId: nullable(row.request_id)},
	projectId: `proj_${String(row.project).slice(0, 12)}`,
});

/** What claimed sendouts hold, by their IDs. Reads secrets. */
export const readDeliveries = async (store: Store, ids: readonly string[], clock: QueueClock): Promise<ReadonlyMap<string, DeliveryContent>> => {
	const rows = await store.read(`SELECT s.id, s.type, s.created_at, s.source_id, s.event_id, s.request_id, c.data, e.url, e.headers, v.created_at AS event_at, v.entity_id,
			(SELECT id FROM store_identity) AS project,
			(SELECT json_group_array(secret) FROM (SELECT secret FROM endpoint_secrets WHERE endpoint_id = e.id AND (valid_until IS NULL OR valid_until > ${clock()})
				ORDER BY valid_until IS NOT NULL, created_at DESC)) AS secrets
		FROM sendouts AS s LEFT JOIN sendout_contents AS c ON c.seq = s.seq LEFT JOIN endpoints AS e ON e.id = s.source_id LEFT JOIN events AS v ON v.id = s.event_id
		WHERE s.id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)]);
	return new Map(rows.map(row => [String(row.id), toContent(row)]));
};
