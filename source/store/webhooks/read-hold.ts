import {type SendoutSummary} from '../../domain/records.ts';
import {holdOf, holdsOf, type Hold} from '../../domain/webhooks/hold.ts';
import {databaseClock} from '../queue/queue-clock.ts';
import {type Store} from '../store.ts';

/** What holds a sendout that waits; null when nothing does. */
export const readHold = async (store: Store, sendout: SendoutSummary): Promise<Hold | null> => {
	if (sendout.next_attempt_at === null || sendout.source_id === null) {
		return null;
	}

	const [row] = await store.read(`SELECT is_enabled, CASE WHEN blocked_until > ${databaseClock()} THEN blocked_until END AS blocked_until
		FROM endpoints JOIN lanes ON lanes.name = 'endpoint:' || endpoints.id WHERE endpoints.id = ?`, [sendout.source_id]);
	return row === undefined ? null : holdOf(sendout, holdsOf([{
		endpoint: {id: sendout.source_id, active: row.is_enabled === 1}, blockedUntil: row.blocked_until === null ? null : Number(row.blocked_until),
	}]));
};
