import {UsageFault} from '../../domain/fault.ts';
import {compactJson} from '../../domain/json/format-json.ts';
import {idPrefixes, makeId} from '../../domain/ids.ts';
import {readEventType} from '../../domain/webhooks/event-types.ts';
import {insertEvent, readEvent, type StoredEvent} from '../../store/webhooks/events.ts';
import {type ServiceContext} from '../service-context.ts';

export type EmittedEvent = {
	readonly event: StoredEvent;
	/** Its idempotency key was there: nothing was made. */
	readonly isRepeated: boolean;
};

const mostBytes = 1_048_576;
const longestKey = 255;

const readData = (text: string): string => {
	const data = compactJson(text);
	if (data === null) {
		throw new UsageFault('the data is no JSON', {remedy: 'give one JSON value: --data \'{"id": "r_1"}\', --data @FILE or --data -'});
	}

	const bytes = Buffer.byteLength(data);
	if (bytes > mostBytes) {
		throw new UsageFault(`the data has ${bytes.toLocaleString('en-US')} bytes`, {remedy: 'send at most 1 MiB, and let receivers fetch the rest'});
	}

	return data;
};

/** The ID of the object that the data describes, where it has one. */
const entityOf = (data: string): string | null => {
	const value = JSON.parse(data) as unknown;
	const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
	return typeof id === 'string' && id !== '' ? id.slice(0, longestKey) : null;
};

const shortText = (name: string, value: string): string => {
	if (value.trim() === '' || value.length > longestKey) {
		throw new UsageFault(`the ${name} is ${value.trim() === '' ? 'empty' : 'too long'}`, {remedy: `give 1 to ${longestKey} characters`});
	}

	return value;
};

/**
 * Makes an event, and in the same transaction a sendout for each endpoint that subscribed. The data is sent as it is given,
 * without white space between its parts. Throws a `UsageFault` for what cannot be sent.
 */
export const emitEvent = async ({store, now}: Pick<ServiceContext, 'store' | 'now'>, {type, data, requestId, idempotencyKey}: {
	readonly type: string;
	/** JSON. */
	readonly data: string;
	readonly requestId?: string | undefined;
	readonly idempotencyKey?: string | undefined;
}): Promise<EmittedEvent> => {
	const text = readData(data);
	const at = now();
	const id = makeId(idPrefixes.event, at, Math.random);
	const key = idempotencyKey === undefined ? null : shortText('idempotency key', idempotencyKey);
	await store.write([insertEvent({
		id, type: readEventType(type), createdAt: at, requestId: requestId === undefined ? null : shortText('request ID', requestId), entityId: entityOf(text), data: text,
		...(key !== null && {idempotencyKey: key}),
	})]);
	const event = await readEvent(store, {id}) ?? (key === null ? null : await readEvent(store, {idempotencyKey: key}));
	if (event === null) {
		throw new Error(`the event ${id} was not stored`);
	}

	return {event, isRepeated: event.id !== id};
};
