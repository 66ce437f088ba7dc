import {createClient, type Client} from '@libsql/client';
import {type StoreAddress} from './store-url.ts';

const lockWaitMs = 5000;
const answerWaitMs = 15_000;

/**
 * For a file: one connection, so that settings of the connection hold for every statement, and a URI of SQLite's own
 * inside the client's URL, which is the only way to ask for `mode` and `immutable`.
 */
export const openFileClient = (path: string, parameters: string): Client => {
	const uri = `file:${encodeURI(path).replaceAll('?', '%3f').replaceAll('#', '%23')}?${parameters}`;
	return createClient({url: `file:${encodeURIComponent(uri)}`, timeout: lockWaitMs, concurrency: 1});
};

/** For a server: a stopped one lets calls pend for ever, so each ends by itself. */
export const openServerClient = (address: StoreAddress & {kind: 'server'}, authToken: string | undefined): Client => createClient({
	url: address.url,
	...(authToken === undefined ? {} : {authToken}),
	fetch: (request: Request) => fetch(request, {signal: AbortSignal.timeout(answerWaitMs)}),
});
