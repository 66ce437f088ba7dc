import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {UsageFault} from '../domain/fault.ts';

export type StoreAddress =
	| {readonly kind: 'file'; readonly path: string}
	| {readonly kind: 'server'; readonly url: string};

const remedy = 'give file:PATH, libsql://HOST or http(s)://HOST';

const filePath = (url: string): string => {
	try {
		const given = url.startsWith('file://') ? fileURLToPath(url) : decodeURIComponent(url.slice('file:'.length));
		if (given !== '' && !given.startsWith(':') && !/[?#]/.test(url)) {
			return path.resolve(given);
		}
	} catch (error) {
		throw new UsageFault(`${url} is no address of a store`, {remedy, cause: error});
	}

	throw new UsageFault(`${url} is no address of a store`, {remedy});
};

const serverUrl = (url: string): string => {
	const parsed = URL.parse(url);
	if (!parsed?.hostname) {
		throw new UsageFault('--db is no address of a store', {remedy});
	}

	// A secret in a URL would end in process lists, histories and error messages.
	if (parsed.username !== '' || parsed.password !== '' || parsed.searchParams.has('authToken')) {
		throw new UsageFault('the address of the store holds a secret', {remedy: 'give the token in AUDITTY_DB_TOKEN'});
	}

	return url;
};

/** Reads `--db`. Throws a `UsageFault` when it is neither a file nor a server, or when it holds a secret. */
export const readStoreUrl = (url: string): StoreAddress => {
	if (url.startsWith('file:')) {
		return {kind: 'file', path: filePath(url)};
	}

	if (/^(libsql|https?|wss?):\/\//.test(url)) {
		return {kind: 'server', url: serverUrl(url)};
	}

	throw new UsageFault(`${url} is no address of a store`, {remedy});
};
