import {type Headers} from '../records.ts';

/** What headers tell about a call; null where they do not. */
export type HeaderFacts = {
	appId: string | null;
	clientAppId: string | null;
	channel: string | null;
	requestId: string | null;
};

/** Headers that carry a request's ID, the most telling first. */
const requestIdHeaders = ['x-voucherify-request-id', 'x-request-id', 'request-id', 'x-correlation-id'];

const interesting = new Set(['x-app-id', 'x-client-application-id', 'x-voucherify-channel', ...requestIdHeaders]);

const pick = (headers: Headers | null): ReadonlyMap<string, string> => {
	const picked = new Map<string, string>();
	if (headers === null) return picked;
	for (const [name, values] of Object.entries(headers)) {
		const lower = name.toLowerCase();
		if (!interesting.has(lower)) continue;
		const value = (typeof values === 'string' ? values : values[0] ?? '').trim();
		if (value !== '') picked.set(lower, value);
	}

	return picked;
};

/**
 * Channel: the name that a client gives itself; else, by the header that identifies its key, `API` or `CLIENT_API`.
 * Request ID: the server's answer before the client's question.
 */
export const headerFacts = (request: Headers | null, response: Headers | null): HeaderFacts => {
	if (request === null && response === null) return {appId: null, clientAppId: null, channel: null, requestId: null};
	const asked = pick(request);
	const answered = pick(response);
	const appId = asked.get('x-app-id') ?? null;
	const clientAppId = asked.get('x-client-application-id') ?? null;
	const requestIds = [answered, asked].flatMap(headers => requestIdHeaders.map(name => headers.get(name)));
	return {
		appId,
		clientAppId,
		channel: asked.get('x-voucherify-channel') ?? (clientAppId === null ? appId === null ? null : 'API' : 'CLIENT_API'),
		requestId: requestIds.find(id => id !== undefined) ?? null,
	};
};
