import packageJson from '../../../package.json' with {type: 'json'};
import {type Redactor} from '../../domain/redaction/redactor.ts';
import {envelopeText} from '../../domain/webhooks/envelope.ts';
import {testEventType} from '../../domain/webhooks/event-types.ts';
import {nextRetryAt, mostRetries, readRetryAfter} from '../../domain/webhooks/retry-schedule.ts';
import {standardSignature, voucherifySignature} from '../../domain/webhooks/signatures.ts';
import {type ClaimedDelivery, type DeliveryContent, type DeliveryCursor} from '../../store/webhooks/claim-deliveries.ts';
import {type DeliveryResult} from '../../store/webhooks/record-deliveries.ts';
import {RefusedAddress} from './address-guard.ts';
import {attemptLimitMs, type Answer, type Sender} from './send-request.ts';

const causeOf = (error: unknown): Error | null => error instanceof Error ? (error.cause instanceof Error && !(error instanceof RefusedAddress) ? error.cause : error) : null;

const networkWords: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'the connection was refused',
	ECONNRESET: 'the connection was reset',
	UND_ERR_SOCKET: 'the connection was closed before an answer came',
	ENOTFOUND: 'the name of the host is not known',
	EAI_AGAIN: 'the name of the host cannot be looked up now',
	EHOSTUNREACH: 'the host cannot be reached',
	ENETUNREACH: 'the network cannot be reached',
	EPIPE: 'the connection was closed',
	UND_ERR_HEADERS_OVERFLOW: 'the headers of the answer are too large',
	CERT_HAS_EXPIRED: 'the certificate of the host has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the host is signed by itself',
	SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the host is signed by itself',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of the host cannot be verified',
	ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is of another host',
};

/** Why an attempt failed; null when it did not. */
const errorOf = ({status, headers, failure, isTimeout}: Answer): string | null => {
	if (isTimeout) {
		return `${status === null ? 'no answer' : `HTTP ${status}, but no whole answer`} within ${attemptLimitMs / 1000} s`;
	}

	if (failure !== null) {
		const cause = causeOf(failure);
		const {code} = (cause ?? {}) as NodeJS.ErrnoException;
		const words = code === undefined ? undefined : networkWords[code];
		const text = words === undefined ? cause?.message ?? 'no answer came' : `${words} (${code})`;
		return status === null ? text : `HTTP ${status}, but ${text}`;
	}

	if (status !== null && status >= 300 && status < 400) {
		const location = headers?.['location'];
		return `HTTP ${status}: a redirect${location === undefined ? '' : ` to ${String(location)}`} is not followed`;
	}

	return status !== null && status >= 200 && status < 300 ? null : `HTTP ${status}`;
};

const headersOf = (content: DeliveryContent, body: Buffer, timestamp: number): Readonly<Record<string, string>> => ({
	...content.headers,
	'content-type': 'application/json',
	'user-agent': `auditty/${packageJson.version}`,
	'webhook-id': content.id,
	'webhook-timestamp': String(timestamp),
	...(content.secrets[0] !== undefined && {
		'x-voucherify-signature': voucherifySignature(body, content.secrets[0]),
		'webhook-signature': standardSignature({id: content.id, timestamp, body, secrets: content.secrets}),
	}),
});

type Verdict = Pick<DeliveryResult, 'outcome' | 'nextAt' | 'cursor' | 'disables'>;

const judge = ({answer, error, type, cursor, now, random}: {
	readonly answer: Answer;
	readonly error: string | null;
	readonly type: string;
	readonly cursor: DeliveryCursor;
	readonly now: number;
	readonly random: () => number;
}): Verdict => {
	if (error === null) {
		return {outcome: 'success', nextAt: null, cursor: null, disables: null};
	}

	if (type === testEventType) {
		return {outcome: 'failed', nextAt: null, cursor: null, disables: null};
	}

	if (answer.status === 410) {
		return {outcome: 'failed', nextAt: null, cursor: null, disables: 'it answered 410 Gone'};
	}

	const retryAfter = answer.headers?.['retry-after'];
	const retryAfterMs = readRetryAfter(typeof retryAfter === 'string' ? retryAfter : undefined, now);
	const nextAt = nextRetryAt({firstAt: cursor.firstAt, now, retries: cursor.retries, random, retryAfterMs});
	return nextAt === null
		? {outcome: 'failed', nextAt: null, cursor: null, disables: `a sendout failed ${mostRetries + 1} times; the last time: ${error}`}
		: {outcome: 'retry', nextAt, cursor: {firstAt: cursor.firstAt, retries: cursor.retries + 1}, disables: null};
};

/**
 * Sends a claimed sendout once, and says what is to be recorded of it. Throws only the reason of `signal`.
 * @param now By the database's clock.
 */
export const attemptDelivery = async ({delivery, content, sender, redactor, isPrivateAllowed, now, random, signal}: {
	readonly delivery: ClaimedDelivery;
	/** Undefined when the sendout is gone. */
	readonly content: DeliveryContent | undefined;
	readonly sender: Sender;
	readonly redactor: Redactor;
	readonly isPrivateAllowed: boolean;
	readonly now: () => number;
	readonly random: () => number;
	readonly signal: AbortSignal;
}): Promise<DeliveryResult> => {
	const startedAt = now();
	const common = {
		id: delivery.id, fence: delivery.fence, lane: delivery.lane, endpointId: content?.endpointId ?? '', startedAt,
		countsForBreaker: content !== undefined && content.type !== testEventType,
	};
	if (content?.targetUrl === null || content === undefined) {
		return {
			...common, outcome: 'canceled', duration: 0, status: null, responseHeaders: null, responseBody: null, error: 'its endpoint was removed',
			nextAt: null, cursor: null, disables: null,
		};
	}

	const body = Buffer.from(envelopeText({...content, targetUrl: content.targetUrl}));
	const headers = headersOf(content, body, Math.floor(startedAt / 1000));
	const answer = await sender.post({url: content.targetUrl, headers, body, isPrivateAllowed, signal});
	const found = errorOf(answer);
	const error = found === null ? null : redactor.text(found).value;
	// Of a retry by a person the schedule begins anew.
	const cursor = delivery.cursor ?? {firstAt: startedAt, retries: 0};
	return {
		...common, duration: answer.duration, status: answer.status, error,
		responseHeaders: answer.headers === null ? null : redactor.headers(answer.headers).value,
		responseBody: answer.body === null ? null : redactor.text(answer.body).value,
		...judge({answer, error, type: content.type, cursor, now: now(), random}),
	};
};
