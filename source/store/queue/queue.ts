import {scheduleTaskOfReadyJob, settleTasksOfEndedJobs, startTasksOfClaim} from '../tasks/follow-jobs.ts';
import {codeOf} from '../store-faults.ts';
import {type SqlRow, type Statement, type Store} from '../store.ts';
import {type ClaimedJob, type Lease, LeaseLost} from './job.ts';
import {databaseClock, type QueueClock} from './queue-clock.ts';

export type Queue = {
	/** Whether a claim could find something: due work, or a lease that lapsed. Reads only. */
	readonly isWorkDue: (types: readonly string[]) => Promise<boolean>;
	/** Whether a lease lapsed that nobody took back yet. Reads only. */
	readonly isLapsed: () => Promise<boolean>;
	/** Takes back what lapsed, and claims the first due job of each lane that has room, of the types given. */
	readonly claim: (options: {readonly by: string; readonly types: readonly string[]; readonly limit: number}) => Promise<readonly ClaimedJob[]>;
	/** Extends the lease, and writes the checkpoint and `effects` with it. Throws `LeaseLost`. */
	readonly heartbeat: (lease: Lease, beat?: {readonly cursor?: unknown; readonly effects?: readonly Statement[]}) => Promise<{readonly isCancelled: boolean}>;
	/** Ends the job, with its effects in the same transaction. Throws `LeaseLost`, and then none of them took place. */
	readonly finish: (lease: Lease, effects?: readonly Statement[]) => Promise<void>;
	/** The try failed: another one after a while, or none when the tries are used up or `isFinal`. Throws `LeaseLost`. */
	readonly fail: (lease: Lease, failure: {readonly error: string; readonly delayMs: number; readonly isFinal?: boolean; readonly effects?: readonly Statement[]}) => Promise<'ready' | 'dead'>;
	/** Gives the job back for another worker to go on with; the try does not count. Throws `LeaseLost`. */
	readonly release: (lease: Lease) => Promise<void>;
	/** The holder says that it stopped since the job was cancelled. Throws `LeaseLost`. */
	readonly confirmCancelled: (lease: Lease, effects?: readonly Statement[]) => Promise<void>;
	/** A ready job is cancelled at once, a running one when its holder hears of it. */
	readonly cancel: (id: string) => Promise<'cancelled' | 'asked' | 'ended' | 'unknown'>;
	/** Puts a job that ended back to its beginning. False when it has not ended. */
	readonly rerun: (id: string, effects?: readonly Statement[]) => Promise<boolean>;
	/** Of the jobs held by this worker: those that were cancelled. Reads only. */
	readonly cancelledOf: (leases: readonly Lease[]) => Promise<readonly string[]>;
	/** How many run, and in how many milliseconds the next falls due; null when none waits. */
	readonly outlook: (types: readonly string[]) => Promise<{readonly running: number; readonly nextDueMs: number | null}>;
};

const isLapsed = (now: string): string => `state = 'running' AND (lease_until < ${now} OR lease_until > ${now} + :far)`;

const hasRoom = (now: string): string => `blocked_until <= ${now} AND (SELECT count(*) FROM jobs WHERE lane = lanes.name AND state = 'running') < max_running`;

const ofTypes = (value: string): string => `CASE WHEN type IN (SELECT value FROM json_each(:types)) THEN ${value} END`;

// A lane holds jobs of one type: its first one tells whether they are asked for, however many wait behind it.
const firstDue = (now: string): string => `SELECT ${ofTypes('seq')} FROM jobs WHERE lane = lanes.name AND state = 'ready' AND run_at <= ${now} ORDER BY run_at, seq LIMIT 1`;

/**
 * Must be the first statement of each batch that only the holder of a lease may write: the batch fails when it is lost
 * (`isLeaseLost` tells so), and nothing of it takes place.
 */
export const requireLease = ({id, fence}: Lease): Statement => ({sql: 'INSERT INTO held_leases (id, fence) VALUES (?, ?)', args: [id, fence]});

/** Whether a write failed since its `requireLease` found the lease lost. */
export const isLeaseLost = (error: unknown): boolean =>
	error instanceof LeaseLost || (codeOf(error) === 'SQLITE_CONSTRAINT' && error instanceof Error && error.message.includes('lease lost'));

/** Extends a lease by the store's clock, and sets the checkpoint unless it is undefined. Goes after `requireLease`. */
export const extendLease = ({id}: Lease, {leaseMs, cursor}: {readonly leaseMs: number; readonly cursor?: unknown}, clock: QueueClock = databaseClock): Statement => ({
	sql: `UPDATE jobs SET lease_until = ${clock()} + :leaseMs, cursor = coalesce(:cursor, cursor) WHERE id = :id RETURNING cancel`,
	args: {id, leaseMs, cursor: cursor === undefined ? null : JSON.stringify(cursor)},
});

/** Sets the checkpoint in the transaction of the work that it tells of. Goes after `requireLease`. */
export const writeCheckpoint = ({id}: Lease, cursor: unknown): Statement => ({sql: 'UPDATE jobs SET cursor = ? WHERE id = ?', args: [JSON.stringify(cursor), id]});

const toJob = (row: SqlRow): ClaimedJob => ({
	id: String(row.id),
	fence: Number(row.fence),
	type: String(row.type),
	lane: String(row.lane),
	attempt: Number(row.attempt),
	maxAttempts: Number(row.max_attempts),
	cursor: row.cursor === null ? null : JSON.parse(String(row.cursor)) as unknown,
});

// A try whose checkpoint moved is given back: a long job may outlive many workers, one that comes to nothing may not.
const reap = (now: string, far: number): Statement => ({
	sql: `UPDATE jobs SET
			state = CASE WHEN cancel = 1 THEN 'cancelled' WHEN attempt - (cursor IS NOT claim_cursor) >= max_attempts THEN 'dead' ELSE 'ready' END,
			attempt = attempt - (cursor IS NOT claim_cursor),
			error = CASE WHEN attempt - (cursor IS NOT claim_cursor) >= max_attempts THEN coalesce(error, 'its worker ended without a word, ' || attempt || ' times') ELSE error END,
			lease_by = NULL, lease_until = NULL, run_at = ${now}
		WHERE ${isLapsed(now)}`,
	args: {far},
});

/** The queue of a store. A lease lasts `leaseMs`. */
export const createQueue = ({store, leaseMs, clock = databaseClock}: {readonly store: Store; readonly leaseMs: number; readonly clock?: QueueClock}): Queue => {
	// A lease further ahead than this was given before a clock jumped.
	const far = leaseMs * 4;
	let claims = 0;

	const writeHeld = async (lease: Lease, statements: readonly Statement[]): Promise<readonly SqlRow[]> => {
		try {
			const [, first] = await store.write([requireLease(lease), ...statements]);
			return first?.rows ?? [];
		} catch (error) {
			throw isLeaseLost(error) ? new LeaseLost() : error;
		}
	};

	return {
		async isWorkDue(types) {
			const now = clock();
			const rows = await store.read(`SELECT 1 FROM lanes WHERE ${hasRoom(now)} AND (${firstDue(now)}) IS NOT NULL
				UNION ALL SELECT 1 FROM jobs WHERE ${isLapsed(now)} LIMIT 1`, {far, types: JSON.stringify(types)});
			return rows.length > 0;
		},

		async isLapsed() {
			return (await store.read(`SELECT 1 FROM jobs WHERE ${isLapsed(clock())} LIMIT 1`, {far})).length > 0;
		},

		async claim({by, types, limit}) {
			const now = clock();
			const claim = `${by}/${++claims}`;
			const results = await store.write([
				reap(now, far),
				...settleTasksOfEndedJobs(now),
				{
					sql: `UPDATE jobs SET state = 'running', attempt = attempt + 1, fence = fence + 1, lease_by = :claim, lease_until = ${now} + :leaseMs, claim_cursor = cursor
						WHERE seq IN (
							SELECT first FROM (SELECT (${firstDue(now)}) AS first, last_claim FROM lanes WHERE ${hasRoom(now)})
							WHERE first IS NOT NULL ORDER BY last_claim LIMIT :limit)
						RETURNING id, fence, type, lane, attempt, max_attempts, cursor`,
					args: {claim, leaseMs, types: JSON.stringify(types), limit},
				},
				{sql: `UPDATE lanes SET last_claim = ${now} WHERE name IN (SELECT lane FROM jobs WHERE state = 'running' AND lease_by = ?)`, args: [claim]},
				startTasksOfClaim(now, claim),
			]);
			return (results.at(-3)?.rows ?? []).map(row => toJob(row));
		},

		async heartbeat(lease, {cursor, effects = []} = {}) {
			const [row] = await writeHeld(lease, [extendLease(lease, {leaseMs, cursor}, clock), ...effects]);
			return {isCancelled: row?.cancel === 1};
		},

		async finish(lease, effects = []) {
			await writeHeld(lease, [{sql: `UPDATE jobs SET state = 'done', lease_by = NULL, lease_until = NULL, error = NULL WHERE id = ?`, args: [lease.id]}, ...effects]);
		},

		async fail(lease, {error, delayMs, isFinal = false, effects = []}) {
			const [row] = await writeHeld(lease, [{
				sql: `UPDATE jobs SET state = CASE WHEN :isFinal OR attempt >= max_attempts THEN 'dead' ELSE 'ready' END,
					run_at = ${clock()} + :delayMs, lease_by = NULL, lease_until = NULL, error = :error WHERE id = :id RETURNING state`,
				args: {id: lease.id, error, delayMs, isFinal: isFinal ? 1 : 0},
			}, ...effects, scheduleTaskOfReadyJob(clock(), lease.id), ...settleTasksOfEndedJobs(clock(), lease.id)]);
			return row?.state === 'dead' ? 'dead' : 'ready';
		},

		async release(lease) {
			await writeHeld(lease, [{
				sql: `UPDATE jobs SET state = CASE cancel WHEN 1 THEN 'cancelled' ELSE 'ready' END, attempt = attempt - 1, run_at = ${clock()}, lease_by = NULL, lease_until = NULL WHERE id = ?`,
				args: [lease.id],
			}, scheduleTaskOfReadyJob(clock(), lease.id), ...settleTasksOfEndedJobs(clock(), lease.id)]);
		},

		async confirmCancelled(lease, effects = []) {
			await writeHeld(lease, [
				{sql: `UPDATE jobs SET state = 'cancelled', lease_by = NULL, lease_until = NULL WHERE id = ?`, args: [lease.id]},
				...effects,
				...settleTasksOfEndedJobs(clock(), lease.id),
			]);
		},

		async cancel(id) {
			const [before, ready] = await store.write([
				{sql: 'SELECT state FROM jobs WHERE id = ?', args: [id]},
				{sql: `UPDATE jobs SET state = 'cancelled', cancel = 1 WHERE id = ? AND state = 'ready' RETURNING id`, args: [id]},
				{sql: `UPDATE jobs SET cancel = 1 WHERE id = ? AND state = 'running'`, args: [id]},
				...settleTasksOfEndedJobs(clock(), id),
			]);
			const state = before?.rows[0]?.state;
			if (state === undefined) {
				return 'unknown';
			}

			return ready?.rows.length === 1 ? 'cancelled' : (state === 'running' ? 'asked' : 'ended');
		},

		async rerun(id, effects = []) {
			const [changed] = await store.write([{
				sql: `UPDATE jobs SET state = 'ready', attempt = 0, cancel = 0, cursor = NULL, claim_cursor = NULL, error = NULL, run_at = ${clock()}
					WHERE id = ? AND state IN ('done', 'dead', 'cancelled') RETURNING id`,
				args: [id],
			}, ...effects]);
			return changed?.rows.length === 1;
		},

		async cancelledOf(leases) {
			const rows = await store.read(`SELECT id FROM jobs WHERE cancel = 1 AND state = 'running' AND id IN (SELECT value FROM json_each(?))`, [JSON.stringify(leases.map(({id}) => id))]);
			return rows.map(row => String(row.id));
		},

		async outlook(types) {
			// What waits in a blocked lane falls due when that opens.
			const [row] = await store.read(`SELECT (SELECT count(*) FROM jobs WHERE state = 'running') AS running,
				(SELECT min(max(first, blocked_until)) FROM (
					SELECT blocked_until, (SELECT ${ofTypes('run_at')} FROM jobs WHERE lane = lanes.name AND state = 'ready' ORDER BY run_at, seq LIMIT 1) AS first FROM lanes
				) WHERE first IS NOT NULL) - ${clock()} AS next`, {types: JSON.stringify(types)});
			return {running: Number(row?.running), nextDueMs: row?.next === null || row?.next === undefined ? null : Math.max(0, Number(row.next))};
		},
	};
};
