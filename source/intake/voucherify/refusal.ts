import {VoucherifyFault} from '../../services/pull/voucherify-api.ts';

/** Keys of error answers as documented. Others, and what else an answer says, could hold a secret and are not told. */
const knownKeys = new Set([
	'invalid_payload', 'invalid_query_params', 'invalid_export_fields', 'invalid_export_params', 'unauthorized', 'missing_required_feature', 'forbidden',
	'not_found', 'duplicate_found', 'resource_protected', 'query_too_large', 'multiple_requests',
]);

const requestIdForm = /^(?:[vw]-[0-9a-f]{18}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const access: Readonly<Record<number, readonly [what: string, remedy: string]>> = {
	401: ['the project does not take the keys', 'see that VOUCHERIFY_APP_ID and VOUCHERIFY_SECRET_KEY are a server-side key of it'],
	402: ['the plan of the project does not include this', 'ask Voucherify for it'],
	403: ['the keys may not do this, or the project is in another region', 'see their permissions ("Read events and technical logs"), and the setting voucherify.region (eu1, us1, as1) or voucherify.host'],
};

const detailOf = (status: number, body: string): string => {
	let answer: {readonly key?: unknown; readonly request_id?: unknown} = {};
	try {
		answer = Object(JSON.parse(body)) as typeof answer;
	} catch {
		// No JSON, no key.
	}

	const key = typeof answer.key === 'string' && knownKeys.has(answer.key) ? ` ${answer.key}` : '';
	const request = typeof answer.request_id === 'string' && requestIdForm.test(answer.request_id) ? `, request ${answer.request_id}` : '';
	return `${status}${key}${request}`;
};

/** The fault of an error answer. `what` says what was asked, such as `creating an export`. */
export const refusalOf = (what: string, status: number, body: string): VoucherifyFault => {
	const detail = detailOf(status, body);
	const known = access[status];
	if (known !== undefined) {
		return new VoucherifyFault('access', `${known[0]} (${what}: ${detail})`, known[1]);
	}

	return status >= 500
		? new VoucherifyFault('server', `Voucherify failed at ${what} (${detail})`, 'pull again later')
		: new VoucherifyFault('request', `Voucherify refused ${what} (${detail})`, 'see its documentation of the error');
};

const networkCodes: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'it refuses connections', ENOTFOUND: 'its name is not known', EAI_AGAIN: 'its name cannot be looked up now', ECONNRESET: 'it cut the connection off',
	EPIPE: 'it cut the connection off', ETIMEDOUT: 'it does not answer', UND_ERR_CONNECT_TIMEOUT: 'it does not answer', UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
	UND_ERR_BODY_TIMEOUT: 'its answer stopped in the middle', UND_ERR_SOCKET: 'it cut the connection off', EHOSTUNREACH: 'there is no way to it', ENETUNREACH: 'there is no way to it',
	CERT_HAS_EXPIRED: 'its certificate has expired', DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted', ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

const codeOf = (error: unknown): string => {
	const {code, name, cause} = Object(error) as {readonly code?: unknown; readonly name?: unknown; readonly cause?: unknown};
	return typeof code === 'string' ? code : (name === 'TimeoutError' ? 'ETIMEDOUT' : (cause === undefined ? '' : codeOf(cause)));
};

/** The fault of a call that got no whole answer. */
export const unreachable = (host: string, error: unknown): VoucherifyFault => {
	const code = codeOf(error);
	return new VoucherifyFault('unreachable', `${host} cannot be reached: ${networkCodes[code] ?? (/^[A-Z_]{3,40}$/.test(code) ? code : 'the connection failed')}`, 'see the network, and voucherify.region or voucherify.host');
};
