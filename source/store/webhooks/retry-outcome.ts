import {type Store} from '../store.ts';

/** What became of sendouts that were put into the queue. */
export type RetryOutcome = {
	readonly delivered: number;
	/** Tried, and not delivered. */
	readonly failed: number;
	/** Not tried yet. */
	readonly waiting: number;
	/** Of these: those that a breaker holds back, or that were taken out. */
	readonly held: number;
};

const idsAtOnce = 5000;

/** How the sendouts of these IDs stand since they were put into the queue. */
export const readRetryOutcome = async (store: Store, ids: readonly string[]): Promise<RetryOutcome> => {
	const total = {delivered: 0, failed: 0, waiting: 0, held: 0};
	for (let start = 0; start < ids.length; start += idsAtOnce) {
		const [row] = await store.read(`WITH asked AS (
				SELECT jobs.state AS state, jobs.cursor IS NULL AS is_untried, lanes.blocked_until > CAST(unixepoch('subsec') * 1000 AS INTEGER) AS is_blocked
				FROM json_each(?) AS given JOIN jobs ON jobs.id = given.value JOIN lanes ON lanes.name = jobs.lane)
			SELECT count(*) FILTER (WHERE state = 'done') AS delivered,
				count(*) FILTER (WHERE state = 'dead' OR (state = 'ready' AND NOT is_untried)) AS failed,
				count(*) FILTER (WHERE state IN ('running', 'cancelled') OR (state = 'ready' AND is_untried)) AS waiting,
				count(*) FILTER (WHERE state = 'cancelled' OR (state = 'ready' AND is_untried AND is_blocked)) AS held FROM asked`, [JSON.stringify(ids.slice(start, start + idsAtOnce))]);
		for (const name of ['delivered', 'failed', 'waiting', 'held'] as const) {
			total[name] += Number(row?.[name] ?? 0);
		}
	}

	return total;
};
