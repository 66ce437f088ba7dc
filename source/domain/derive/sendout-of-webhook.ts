import {contentId, idPrefixes, instantOfId} from '../ids.ts';
import {type Instant, type Sendout} from '../records.ts';
import {type Redaction} from '../redaction/redaction.ts';
import {redactorOf} from '../redaction/redactor.ts';

type Part = Readonly<Record<string, unknown>>;

/** What a payload without an envelope is called. */
export const rawPayloadType = 'raw_payload';

const partOf = (value: unknown): Part => typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Part : {};
const textOf = (value: unknown): string | null => typeof value === 'string' && value !== '' && value.length <= 2048 ? value : null;

const instantOf = (value: unknown): Instant | null => {
	const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
	return Number.isFinite(at) && at >= 0 ? at : null;
};

const parse = (text: string): {readonly value: unknown} | null => {
	try {
		return {value: JSON.parse(text) as unknown};
	} catch {
		return null;
	}
};

/** The envelope of project and distribution webhooks: an ID, a type and data. A payload that was designed freely may lack any of them. */
const envelopeOf = (value: unknown): Part | null => {
	const part = partOf(value);
	return textOf(part['id'])?.startsWith(idPrefixes.sendout) === true && textOf(part['type']) !== null && 'data' in part ? part : null;
};

/**
 * The sendout that a received webhook is: with an envelope under its own ID, linked to the log by `event.group_id`; a raw
 * payload under an ID that follows from what it holds, so that it is stored once however often it comes. Secrets are
 * replaced. Source: Voucherify's documentation of webhooks.
 * @param status What the sender was answered.
 */
export const sendoutOfWebhook = (body: string, {receivedAt, status, redaction}: {
	readonly receivedAt: Instant;
	readonly status: number;
	readonly redaction: Redaction;
}): {readonly sendout: Sendout; /** What its event was about. */ readonly entityId: string | null} => {
	const redactor = redactorOf(redaction);
	const text = redactor.text(body).value;
	const parsed = parse(text);
	const envelope = envelopeOf(parsed?.value);
	const clean = (value: unknown): string | null => {
		const found = textOf(value);
		return found === null ? null : redactor.text(found).value;
	};

	const received = {
		status: 'success', sent_at: receivedAt, attempts: 1, next_attempt_at: null, error: null,
		attempt_log: [{number: 1, started_at: receivedAt, duration: null, status, response_headers: null, response_body: null, error: null}],
	} as const;
	if (envelope === null) {
		const sendout: Sendout = {
			...received,
			// By what it holds alone: when it comes again, the clock is another.
			id: contentId(idPrefixes.sendout, 0, body),
			type: rawPayloadType, event_id: null, request_id: null, source_id: null, target_url: null, created_at: receivedAt,
			data: parsed === null ? text : parsed.value,
		};
		return {sendout, entityId: null};
	}

	const id = String(envelope['id']);
	const source = partOf(envelope['source']);
	const event = partOf(envelope['event']);
	const sendout: Sendout = {
		...received,
		id,
		type: clean(envelope['type']) ?? rawPayloadType,
		event_id: clean(event['id']),
		request_id: clean(event['group_id']),
		source_id: clean(source['id']),
		target_url: typeof source['target_url'] === 'string' ? redactor.url(source['target_url']).value : null,
		created_at: instantOf(envelope['created_at']) ?? instantOf(event['created_at']) ?? instantOfId(id) ?? receivedAt,
		data: envelope['data'],
	};
	return {sendout, entityId: clean(event['entity_id'])};
};
