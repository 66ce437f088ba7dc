import {type Random} from './random.ts';

/**
 * Headers with secrets in them, so that redaction has something to do. Every secret is invented, and says so.
 */
export function serverHeaders(channel: string, appId: string, at: number): Readonly<Record<string, string>> {
	return {
		host: 'api.voucherify.io',
		'content-type': 'application/json',
		'user-agent': channel.startsWith('Java') ? 'okhttp/4.12.0' : channel.startsWith('Python') ? 'python-requests/2.32.5' : 'node',
		'x-app-id': appId,
		'x-app-token': `not-a-real-token-${appId.slice(0, 8)}`,
		'x-voucherify-channel': channel,
		...(at % 5 === 0 ? {authorization: 'Bearer not.a.real-bearer-token', cookie: 'session=not-a-real-session; theme=dark'} : {}),
	};
}

export function clientHeaders(clientAppId: string): Readonly<Record<string, string>> {
	return {
		host: 'api.voucherify.io',
		'content-type': 'application/json',
		origin: 'https://shop.nordlicht.example',
		'x-client-application-id': clientAppId,
		'x-client-token': `not-a-real-client-token-${clientAppId.slice(0, 8)}`,
	};
}

export function responseHeaders(random: Random): Readonly<Record<string, string | readonly string[]>> {
	return {
		'content-type': 'application/json; charset=utf-8',
		'x-rate-limit-limit': '2000',
		'x-rate-limit-remaining': String(random.integer(1200, 1999)),
		'x-rate-limit-type': 'api_calls',
		...(random.chance(0.2) ? {'set-cookie': ['lb=not-a-real-cookie; Path=/; HttpOnly', 'region=eu1; Path=/']} : {}),
	};
}
