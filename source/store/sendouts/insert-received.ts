import {contentId, idPrefixes} from '../../domain/ids.ts';
import {type Sendout} from '../../domain/records.ts';
import {insertRecord} from '../query/stored-record.ts';
import {type Statement, type Store} from '../store.ts';
import {insertEvent} from '../webhooks/events.ts';
import {insertAttempts} from './insert-attempts.ts';

/** A received sendout, and what its event was about. */
export type ReceivedSendout = {readonly sendout: Sendout; readonly entityId: string | null};

/** The event that passes a received sendout on to the endpoints of this store: one, however often it comes. */
const passOn = ({sendout, entityId}: ReceivedSendout): Statement => insertEvent({
	id: contentId(idPrefixes.event, sendout.sent_at ?? sendout.created_at, sendout.id),
	type: sendout.type,
	createdAt: sendout.sent_at ?? sendout.created_at,
	requestId: sendout.request_id,
	entityId,
	data: JSON.stringify(sendout.data),
	idempotencyKey: sendout.id,
});

/**
 * Stores received sendouts, each once by its ID, all or none; says for each whether it is new. Survives a loss of power.
 * @param isPassedOn Each also becomes an event, and so a sendout to every endpoint of this store that subscribed.
 */
export const insertReceived = async (store: Store, received: readonly ReceivedSendout[], isPassedOn: boolean): Promise<readonly boolean[]> => {
	const groups = received.map(one => [...insertRecord('sendouts', one.sendout), ...insertAttempts(one.sendout), ...(isPassedOn ? [passOn(one)] : [])]);
	const results = await store.write(groups.flat());
	let at = 0;
	return groups.map(group => {
		const isNew = (results[at]?.rowsAffected ?? 0) > 0;
		at += group.length;
		return isNew;
	});
};
