import {UsageFault} from '../../domain/fault.ts';

/** Where calls go: an origin, and a path that stands before theirs. */
export type Upstream = {readonly origin: string; readonly host: string; readonly basePath: string};

/** Reads `https://api.voucherify.io`, with a path or without. Throws a `UsageFault`. */
export const readUpstream = (text: string): Upstream => {
	const url = URL.parse(text);
	if (url === null || !/^https?:$/.test(url.protocol)) {
		throw new UsageFault(`${text} is no address of an upstream`, {remedy: 'write it whole, such as https://api.voucherify.io'});
	}

	if (url.username !== '' || url.password !== '') {
		throw new UsageFault('the upstream\'s address holds a name or a password', {remedy: 'leave it out: the calls carry their own'});
	}

	if (url.search !== '' || url.hash !== '') {
		throw new UsageFault('the upstream\'s address holds a query or a fragment', {remedy: 'end it with the path'});
	}

	return {origin: url.origin, host: url.host, basePath: url.pathname.replace(/\/+$/, '')};
};

/** The path and query of a request, also where a client takes this proxy for a forward proxy and sends a whole URL. */
const pathOf = (target: string): string => {
	if (target.startsWith('/')) return target;
	const rest = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1] ?? target;
	return rest.startsWith('/') ? rest : `/${rest}`;
};

export const upstreamPath = ({basePath}: Upstream, target: string): string => basePath + pathOf(target);
