import {createClient, type Client} from '@libsql/client';
import {type StoreAddress} from './store-url.ts';

const answerWaitMs = 15_000;

/** For a server: a stopped one lets calls pend for ever, so each ends by itself. */
export const openServerClient = (address: StoreAddress & {kind: 'server'}, authToken: string | undefined): Client => createClient({
	url: address.url,
	...(authToken === undefined ? {} : {authToken}),
	fetch: (request: Request) => fetch(request, {signal: AbortSignal.timeout(answerWaitMs)}),
});
