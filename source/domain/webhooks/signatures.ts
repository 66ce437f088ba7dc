import {createHmac, randomBytes} from 'node:crypto';

const secretPrefix = 'whsec_';
const secretBytes = 32;

/** A new secret: `whsec_` and 32 random bytes in base64. */
export const makeSecret = (): string => secretPrefix + randomBytes(secretBytes).toString('base64');

/** The bytes that the Standard Webhooks signature is keyed by. */
const keyOf = (secret: string): Buffer => Buffer.from(secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret, 'base64');

/** `x-voucherify-signature`: HMAC-SHA256 of the bytes sent, in lower-case hex, keyed by the secret's text as it is shown. */
export const voucherifySignature = (body: Uint8Array | string, secret: string): string => createHmac('sha256', secret).update(body).digest('hex');

/** `webhook-signature` of Standard Webhooks 1.0, one a secret, separated by spaces: several while one is being replaced. */
export const standardSignature = ({id, timestamp, body, secrets}: {
	readonly id: string;
	/** Seconds. */
	readonly timestamp: number;
	readonly body: Uint8Array;
	readonly secrets: readonly string[];
}): string => secrets.map(secret => `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64')}`).join(' ');
