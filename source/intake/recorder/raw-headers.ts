import {type Headers} from '../../domain/records.ts';
import {headersOfList} from '../fields/read-headers.ts';

/** Headers of a flat list of names and values, as Node and undici give them. */
export const headersOfRaw = (raw: readonly string[]): Headers => {
	const list = [];
	for (let index = 0; index + 1 < raw.length; index += 2) {
		list.push({name: raw[index], value: raw[index + 1]});
	}

	return headersOfList(list) ?? {};
};

/** The value of a header in such a list, the first of them; null when there is none. */
export const rawHeader = (raw: readonly string[], name: string): string | null => {
	for (let index = 0; index + 1 < raw.length; index += 2) {
		if (raw[index]?.toLowerCase() === name) {
			return raw[index + 1] ?? null;
		}
	}

	return null;
};

/** The same of headers by name. */
export const headerOf = (headers: Headers | null, name: string): string | null => {
	const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
	return (typeof found === 'string' ? found : found?.[0]) ?? null;
};

/** Headers that carry a request's ID, in its request and its response. */
export const requestIdHeaders = ['x-voucherify-request-id', 'x-request-id', 'request-id', 'x-correlation-id'] as const;

/** The ID that a request or a response carries; null when it has none. */
export const requestIdOf = (raw: readonly string[]): string | null =>
	requestIdHeaders.map(name => rawHeader(raw, name)).find(id => id !== null && id.trim() !== '') ?? null;
