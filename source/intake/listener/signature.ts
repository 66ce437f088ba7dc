import {createHmac, timingSafeEqual} from 'node:crypto';
import {compactJson} from '../../domain/json/format-json.ts';

export const signatureHeader = 'x-voucherify-signature';

const isSignedBy = (given: Buffer, body: Uint8Array | string, secret: string): boolean =>
	timingSafeEqual(given, createHmac('sha256', secret).update(body).digest());

/**
 * Whether one of the secrets signed the body: lower-case hex HMAC-SHA256 over its bytes as they came, or, as Voucherify
 * documents it for JSON, over them without insignificant white space. Takes as long for a wrong signature as for a right one.
 */
export const isSigned = (body: Buffer, signature: string | undefined, secrets: readonly string[]): boolean => {
	const hex = signature?.trim() ?? '';
	if (!/^[0-9a-f]{64}$/i.test(hex)) return false;
	const given = Buffer.from(hex, 'hex');
	let isRight = false;
	for (const secret of secrets) isRight = isSignedBy(given, body, secret) || isRight;
	if (isRight) return true;
	const text = body.toString('utf8');
	const compact = /\s/.test(text) ? compactJson(text) : null;
	if (compact === null || compact === text) return false;
	for (const secret of secrets) isRight = isSignedBy(given, compact, secret) || isRight;
	return isRight;
};
