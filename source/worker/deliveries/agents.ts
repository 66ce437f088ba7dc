import type dns from 'node:dns';
import {Agent, buildConnector, request} from 'undici';
import {guardConnector, guardLookup} from './address-guard.ts';

// One connection for each attempt under way; a receiver may close one that rests, so it rests for a short time.
const options = {connections: null, pipelining: 1, keepAliveTimeout: 2000, keepAliveMaxTimeout: 4000, headersTimeout: 0, bodyTimeout: 0, maxHeaderSize: 32_768} as const;

/** What requests go by: to any address, and guarded to those of the public internet. */
export const openAgents = ({limitMs, lookup}: {readonly limitMs: number; readonly lookup?: typeof dns.lookup | undefined}) => ({
	request,
	open: new Agent({...options, connect: {timeout: limitMs}}),
	guarded: new Agent({...options, connect: guardConnector(buildConnector({timeout: limitMs, lookup: guardLookup(lookup), autoSelectFamily: true}))}),
});
