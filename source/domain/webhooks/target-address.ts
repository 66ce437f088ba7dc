import ipaddr from 'ipaddr.js';
import {UsageFault} from '../fault.ts';

/** Whether an IP address is one of the public internet: not loopback, private, link-local, reserved or such wrapped in IPv6. */
export const isPublicAddress = (address: string): boolean => {
	try {
		// A zone (fe80::1%eth0) names an interface of this machine.
		return !address.includes('%') && ipaddr.process(address).range() === 'unicast';
	} catch {
		return false;
	}
};

/** The host of a URL when it is an IP address, without brackets; null when it is a name. */
export const literalAddress = (hostname: string): string | null => {
	const bare = hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
	return ipaddr.isValid(bare) ? bare : null;
};

const isLocalName = (hostname: string): boolean => /^(?:.*\.)?(?:localhost|localdomain|local|internal)\.?$/i.test(hostname) || !hostname.includes('.');

const longestUrl = 2048;

/**
 * The URL of an endpoint in its normal form. Throws a `UsageFault` when it is none to send to: not http(s), with a user or a
 * password, or, unless `isPrivateAllowed`, an address or a name of a private network. Names are looked up when something
 * is sent.
 */
export const readTargetUrl = (text: string, {isPrivateAllowed}: {readonly isPrivateAllowed: boolean}): string => {
	const url = URL.parse(text.trim());
	if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
		throw new UsageFault(`'${text}' is no URL to send to`, {remedy: 'give an absolute one, such as https://hooks.example.com/auditty'});
	}

	if (url.username !== '' || url.password !== '') {
		throw new UsageFault('the URL holds a user or a password', {remedy: 'give them by --header \'authorization: …\''});
	}

	if (text.length > longestUrl) {
		throw new UsageFault(`the URL is longer than ${longestUrl} characters`, {remedy: 'give a shorter one'});
	}

	const literal = literalAddress(url.hostname);
	if (!isPrivateAllowed && (literal === null ? isLocalName(url.hostname) : !isPublicAddress(literal))) {
		throw new UsageFault(`${url.hostname} is an address of a private network`, {remedy: 'where it is meant so: auditty settings webhooks.allow_private true'});
	}

	url.hash = '';
	return url.href;
};
