import {type Instant} from '../../domain/records.ts';
import {escapeUnstorable, unescapeUnstorable} from '../../domain/text/storable.ts';
import {type Statement, type Store} from '../store.ts';

export type NewEvent = {
	readonly id: string;
	readonly type: string;
	readonly createdAt: Instant;
	readonly requestId: string | null;
	/** What the event is about. */
	readonly entityId: string | null;
	/** Compact JSON. */
	readonly data: string;
	/** A second event of this key is not stored. */
	readonly idempotencyKey?: string;
	/** It goes to this endpoint alone. */
	readonly endpointId?: string;
};

const text = (value: string | null | undefined): string | null => value === null || value === undefined ? null : escapeUnstorable(value);

/** Stores an event; in the same transaction it becomes a sendout for each endpoint that subscribed. One whose ID or key is there stays as it is. */
export const insertEvent = (event: NewEvent): Statement => ({
	sql: `INSERT INTO events (id, type, created_at, request_id, entity_id, data, idempotency_key, endpoint_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
	args: [event.id, text(event.type), event.createdAt, text(event.requestId), text(event.entityId), text(event.data), text(event.idempotencyKey), event.endpointId ?? null],
});

export type StoredEvent = {
	readonly id: string;
	readonly type: string;
	readonly createdAt: Instant;
	readonly requestId: string | null;
	readonly sendouts: ReadonlyArray<{readonly id: string; readonly endpointId: string; readonly targetUrl: string}>;
};

/** The event of this ID, or of this idempotency key, with its sendouts; null when there is none. */
export const readEvent = async (store: Store, by: {readonly id: string} | {readonly idempotencyKey: string}): Promise<StoredEvent | null> => {
	const [row] = 'id' in by
		? await store.read('SELECT id, type, created_at, request_id FROM events WHERE id = ?', [by.id])
		: await store.read('SELECT id, type, created_at, request_id FROM events WHERE idempotency_key = ?', [escapeUnstorable(by.idempotencyKey)]);
	if (row === undefined) {
		return null;
	}

	const sendouts = await store.read('SELECT id, source_id, target_url FROM sendouts WHERE event_id = ? ORDER BY seq', [String(row.id)]);
	return {
		id: String(row.id), type: unescapeUnstorable(String(row.type)), createdAt: Number(row.created_at),
		requestId: row.request_id === null ? null : unescapeUnstorable(String(row.request_id)),
		sendouts: sendouts.map(sendout => ({id: String(sendout.id), endpointId: String(sendout.source_id), targetUrl: unescapeUnstorable(String(sendout.target_url))})),
	};
};

/** Whether some endpoint that is active subscribed to a type of our own. */
export const isSubscribed = async (store: Store, type: string): Promise<boolean> => {
	const prefix = `${type.slice(0, type.indexOf('.'))}.*`;
	const rows = await store.read(`SELECT 1 FROM endpoints WHERE is_enabled = 1 AND EXISTS (SELECT 1 FROM json_each(event_types) WHERE value IN ('*', ?, ?)) LIMIT 1`, [type, prefix]);
	return rows.length > 0;
};
