import {failuresToOpen, pauseAfter} from '../../domain/webhooks/breaker.ts';
import {type Headers, type Instant} from '../../domain/records.ts';
import {escapeUnstorable} from '../../domain/text/storable.ts';
import {type QueueClock} from '../queue/queue-clock.ts';
import {type Lease} from '../queue/job.ts';
import {type Statement} from '../store.ts';
import {type DeliveryCursor} from './claim-deliveries.ts';
import {laneOfEndpoint} from './endpoints.ts';
import {openLane} from './schedule-sendouts.ts';

/** What came of one attempt. */
export type DeliveryResult = Lease & {
	readonly lane: string;
	readonly endpointId: string;
	/**
	 * `retry`: again at `nextAt`; `failed`: for good; `canceled`: its endpoint is gone, nothing was sent.
	 */
	readonly outcome: 'success' | 'retry' | 'failed' | 'canceled';
	readonly startedAt: Instant;
	/** Milliseconds. */
	readonly duration: number;
	readonly status: number | null;
	/** Secrets are replaced. */
	readonly responseHeaders: Headers | null;
	readonly responseBody: string | null;
	/** Null for a success. */
	readonly error: string | null;
	readonly nextAt: Instant | null;
	readonly cursor: DeliveryCursor | null;
	/** Why the endpoint gets nothing more; null while it does. */
	readonly disables: string | null;
	/** Whether it tells how the endpoint is: tests do not. */
	readonly countsForBreaker: boolean;
};

// What another worker took over meanwhile is left alone: only the newest fence counts.
const held = `WITH held AS (
	SELECT jobs.seq AS job, jobs.cancel AS cancel, given.value ->> 'id' AS id, given.value ->> 'endpoint' AS endpoint, given.value ->> 'outcome' AS outcome,
		given.value ->> 'startedAt' AS started_at, given.value ->> 'duration' AS duration, given.value ->> 'status' AS status, given.value ->> 'headers' AS headers,
		given.value ->> 'body' AS body, given.value ->> 'error' AS error, given.value ->> 'nextAt' AS next_at, given.value ->> 'cursor' AS cursor, given.value ->> 'disables' AS disables
	FROM json_each(:results) AS given JOIN jobs ON jobs.id = given.value ->> 'id' AND jobs.state = 'running' AND jobs.fence = given.value ->> 'fence')`;

const text = (value: string | null): string | null => value === null ? null : escapeUnstorable(value);

const toJson = (results: readonly DeliveryResult[]): string => JSON.stringify(results.map(result => ({
	id: result.id, fence: result.fence, endpoint: result.endpointId, outcome: result.outcome, startedAt: result.startedAt, duration: result.duration, status: result.status,
	headers: result.responseHeaders === null ? null : JSON.stringify(result.responseHeaders), body: text(result.responseBody), error: text(result.error),
	nextAt: result.nextAt, cursor: result.cursor === null ? null : JSON.stringify(result.cursor), disables: text(result.disables),
})));

/** How the results of one lane move its breaker. A repeated write counts twice, which does no harm. */
const moveBreaker = (lane: string, results: readonly DeliveryResult[], clock: QueueClock): readonly Statement[] => {
	const lastSuccess = results.findLastIndex(({outcome}) => outcome === 'success');
	const failures = results.length - 1 - lastSuccess;
	if (lastSuccess >= 0) {
		// Most of the time it was closed, and nothing changes.
		const close: Statement = {
			sql: 'UPDATE lanes SET failures = ?, blocked_until = CASE WHEN blocked_until < 9007199254740991 THEN 0 ELSE blocked_until END, max_running = coalesce(usual_running, max_running) WHERE name = ? AND failures > 0',
			args: [failures, lane],
		};
		return failures === 0 ? [close] : [close, {sql: 'UPDATE lanes SET failures = ? WHERE name = ?', args: [failures, lane]}];
	}

	const steps = Array.from({length: 5}, (_, index) => failuresToOpen + index).map(count => `WHEN ${count} THEN ${pauseAfter(count)}`).join(' ');
	return [
		{
			// Those that were under way when it opened make no pause longer.
			sql: `UPDATE lanes SET failures = failures + ? WHERE name = ? AND (failures < ${failuresToOpen} OR blocked_until <= ${clock()})`,
			args: [failures, lane],
		},
		{
			sql: `UPDATE lanes SET max_running = 1,
				blocked_until = ${clock()} + CASE CASE WHEN max_running > 1 THEN ${failuresToOpen} ELSE failures END ${steps} ELSE ${pauseAfter(1000)} END,
				failures = CASE WHEN max_running > 1 THEN ${failuresToOpen} ELSE failures END
				WHERE name = ? AND failures >= ${failuresToOpen} AND blocked_until <= ${clock()}`,
			args: [lane],
		},
	];
};

const breakers = (results: readonly DeliveryResult[], clock: QueueClock): readonly Statement[] => {
	const counted = Map.groupBy(results.filter(result => result.countsForBreaker && result.outcome !== 'canceled'), result => result.lane);
	// Who sees a test answered well does not want to wait for the end of a pause: the next one goes at once, and tells the rest.
	const answered = new Set(results.filter(({countsForBreaker, outcome}) => !countsForBreaker && outcome === 'success').map(({endpointId}) => endpointId));
	return [...[...counted].flatMap(([lane, ofLane]) => moveBreaker(lane, ofLane, clock)), ...[...answered].map(id => openLane(laneOfEndpoint(id)))];
};

/**
 * Statements that record attempts and put their jobs where they belong, of those whose lease is still held. The last but
 * `breakers` RETURNs the IDs of these; `recordedOf` finds it.
 */
export const recordDeliveries = (results: readonly DeliveryResult[], clock: QueueClock): readonly Statement[] => {
	if (results.length === 0) {
		return [];
	}

	const args = {results: toJson(results)};
	return [
		{
			sql: `${held} INSERT INTO attempts (sendout_id, number, started_at, duration, status, response_headers, response_body, error, endpoint_id)
				SELECT id, coalesce((SELECT max(number) FROM attempts WHERE sendout_id = held.id), 0) + 1, started_at, duration, status, headers, body, error, endpoint
				FROM held WHERE outcome <> 'canceled'`,
			args,
		},
		...results.some(({disables}) => disables !== null)
			? [{
				sql: `${held} UPDATE endpoints SET is_enabled = 0, disabled_reason = held.disables FROM held
					WHERE endpoints.id = held.endpoint AND held.disables IS NOT NULL AND endpoints.is_enabled = 1`,
				args,
			}]
			: [],
		{
			sql: `${held} UPDATE sendouts SET
					status = CASE WHEN held.outcome = 'success' THEN 'success' WHEN held.outcome = 'canceled' OR held.cancel = 1 THEN 'canceled' WHEN held.outcome = 'retry' THEN 'retrying' ELSE 'failed' END,
					sent_at = CASE held.outcome WHEN 'canceled' THEN sent_at ELSE held.started_at END,
					attempts = attempts + (held.outcome <> 'canceled'),
					next_attempt_at = CASE WHEN held.cancel = 1 THEN NULL ELSE held.next_at END,
					error = held.error
				FROM held WHERE sendouts.id = held.id`,
			args,
		},
		{
			sql: `${held} UPDATE jobs SET
					state = CASE WHEN held.outcome = 'success' THEN 'done' WHEN held.outcome = 'canceled' OR held.cancel = 1 THEN 'cancelled' WHEN held.outcome = 'retry' THEN 'ready' ELSE 'dead' END,
					run_at = coalesce(held.next_at, run_at), cursor = held.cursor, claim_cursor = NULL, attempt = 0, lease_by = NULL, lease_until = NULL, error = held.error
				FROM held WHERE jobs.seq = held.job RETURNING jobs.id AS recorded`,
			args,
		},
		...breakers(results, clock),
	];
};

/** Extends the leases of deliveries that are under way. */
export const extendDeliveries = (leases: readonly Lease[], leaseMs: number, clock: QueueClock): Statement => ({
	sql: `UPDATE jobs SET lease_until = ${clock()} + :leaseMs WHERE state = 'running' AND id IN (SELECT value ->> 'id' FROM json_each(:held))
		AND fence = (SELECT value ->> 'fence' FROM json_each(:held) WHERE value ->> 'id' = jobs.id)`,
	args: {leaseMs, held: JSON.stringify(leases)},
});

/** Gives deliveries back that were not made. */
export const releaseDeliveries = (leases: readonly Lease[], clock: QueueClock): Statement => ({
	sql: `UPDATE jobs SET state = CASE cancel WHEN 1 THEN 'cancelled' ELSE 'ready' END, attempt = attempt - 1, run_at = ${clock()}, lease_by = NULL, lease_until = NULL
		WHERE state = 'running' AND id IN (SELECT value ->> 'id' FROM json_each(:held))
		AND fence = (SELECT value ->> 'fence' FROM json_each(:held) WHERE value ->> 'id' = jobs.id)`,
	args: {held: JSON.stringify(leases)},
});
