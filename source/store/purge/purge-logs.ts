import {type Instant} from '../../domain/records.ts';
import {type Place} from '../query/candidates.ts';
import {type Statement, type Store} from '../store.ts';

/** Ranges of logs that exports which are not at their end still read: what they took in, by time and by arrival. */
const held = `held AS MATERIALIZED (
	SELECT up_to_seq, from_at, before_at FROM tasks JOIN export_plans ON export_plans.export_id = tasks.export_id
	WHERE tasks.status IN ('scheduled', 'in_progress') AND tasks.origin = 'local' AND export_plans.tab = 'logs')`;

const isHeld = `EXISTS (SELECT 1 FROM held WHERE logs.seq <= up_to_seq
	AND (from_at IS NULL OR logs.created_at >= from_at) AND (before_at IS NULL OR logs.created_at < before_at))`;

const isOld = 'logs.created_at < :before AND logs.stored_at < :before';

/** Logs of a step at most: its transaction holds the write lock for some milliseconds. */
export const logsAtOnce = 500;
const candidatesAtOnce = 5000;

/** How many logs are older than that, by the later of their occurrence and their storing, and needed by no export. */
export const countOldLogs = async (store: Store, before: Instant): Promise<number> => {
	const [row] = await store.read(`WITH ${held} SELECT count(*) AS count FROM logs INDEXED BY logs_by_created_at WHERE ${isOld} AND NOT ${isHeld}`, {before});
	return Number(row?.count);
};

/** Whether there is such a log. */
export const hasOldLogs = async (store: Store, before: Instant): Promise<boolean> =>
	(await store.read(`WITH ${held} SELECT 1 FROM logs INDEXED BY logs_by_created_at WHERE ${isOld} AND NOT ${isHeld} LIMIT 1`, {before})).length > 0;

/** The next logs that are old, in the order of their occurrence, and the place behind those that were looked at; null at the end. */
export const nextOldLogs = async (store: Store, before: Instant, from: Place | null): Promise<{readonly seqs: readonly number[]; readonly next: Place | null}> => {
	const rows = await store.read(`SELECT seq, created_at, stored_at FROM logs INDEXED BY logs_by_created_at
		WHERE created_at < :before${from === null ? '' : ' AND created_at >= :at AND (created_at > :at OR seq > :seq)'}
		ORDER BY created_at, seq LIMIT ${candidatesAtOnce}`, {before, ...(from !== null && {at: from.at, seq: from.seq})});
	const seqs: number[] = [];
	for (const row of rows) {
		if (Number(row.stored_at) < before) {
			seqs.push(Number(row.seq));
		}

		if (seqs.length === logsAtOnce) {
			return {seqs, next: {at: Number(row.created_at), seq: Number(row.seq)}};
		}
	}

	const last = rows.at(-1);
	return {seqs, next: last === undefined || rows.length < candidatesAtOnce ? null : {at: Number(last.created_at), seq: Number(last.seq)}};
};

/**
 * Deletes those of the logs that are old and that no export needs, with their contents; `guard` goes first. An export
 * that begins meanwhile is seen, since the question is asked in the transaction that deletes.
 */
export const deleteOldLogs = async (store: Store, {seqs, before, taskId, guard}: {
	readonly seqs: readonly number[];
	readonly before: Instant;
	/** Its result counts what went, in the same transaction, so that no death of a worker makes the count wrong. */
	readonly taskId: string;
	readonly guard: readonly Statement[];
}): Promise<number> => {
	const list = JSON.stringify(seqs);
	const results = await store.write([
		...guard,
		{sql: `WITH ${held} DELETE FROM logs WHERE seq IN (SELECT value FROM json_each(:list)) AND ${isOld} AND NOT ${isHeld}`, args: {list, before}},
		{sql: `UPDATE tasks SET result = json_object('deleted', coalesce(json_extract(result, '$.deleted'), 0) + changes()) WHERE id = ?`, args: [taskId]},
		// Foreign keys do this where they are in force.
		{sql: 'DELETE FROM log_contents WHERE seq IN (SELECT value FROM json_each(?)) AND seq NOT IN (SELECT seq FROM logs WHERE seq IN (SELECT value FROM json_each(?)))', args: [list, list]},
		{sql: `UPDATE changes SET count = count + 1 WHERE tab = 'logs'`},
	], {durability: 'relaxed'});
	return results[guard.length]?.rowsAffected ?? 0;
};

/** Pages of the file that hold nothing; 0 on a server, which looks after its own. */
export const countFreePages = async (store: Store): Promise<number> => {
	if (store.isRemote) {
		return 0;
	}

	const [row] = await store.read('PRAGMA freelist_count');
	return Number(row?.freelist_count ?? 0);
};
