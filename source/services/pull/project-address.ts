import {UsageFault} from '../../domain/fault.ts';

/** Hosts of the API by region. */
const regions = {
	eu1: 'https://api.voucherify.io',
	us1: 'https://us1.api.voucherify.io',
	as1: 'https://as1.api.voucherify.io',
} as const;

export const regionNames = Object.keys(regions);

/** Where a project is. */
export type ProjectAddress = {
	/** `eu1`, `us1`, `as1`, or null for a host of one's own. */
	readonly region: string | null;
	/** Without a slash at its end. */
	readonly apiUrl: string;
	/** Hosts, with their ports, whose downloads are asked for with the keys. */
	readonly downloadHosts: readonly string[];
};

/** A host of this machine. */
export const isLoopback = (hostname: string): boolean => /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);

const remedy = 'give a host such as https://acme.api.voucherify.io';

/** The URL of an API's host, as it is used. Throws a `UsageFault` for one that holds keys or would send them unencrypted. */
export const readHost = (text: string): string => {
	const given = text.trim();
	const url = URL.parse(/^[a-z]+:\/\//i.test(given) ? given : `https://${given}`);
	if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '' || url.search !== '' || url.hash !== '') {
		throw new UsageFault('the host of the Voucherify project is no address', {remedy});
	}

	if (url.username !== '' || url.password !== '') {
		throw new UsageFault('the host of the Voucherify project holds a key', {remedy: 'give keys by VOUCHERIFY_APP_ID and VOUCHERIFY_SECRET_KEY'});
	}

	if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
		throw new UsageFault(`http://${url.host} would get the keys unencrypted`, {remedy: 'give a host by https, or one of this machine'});
	}

	return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
};

/** Voucherify's own are called so (`us1.api` and `us1.download`); a dedicated one may also serve files itself. */
const downloadHostsOf = (apiUrl: string, given: string | undefined): readonly string[] => {
	const {host} = new URL(apiUrl);
	return [...new Set([host, host.replace(/(^|\.)api\./, '$1download.'), ...(given === undefined ? [] : [new URL(readHost(given)).host])])];
};

/** Where the project is, by the variables VOUCHERIFY_HOST and VOUCHERIFY_REGION, else by the settings. Throws a `UsageFault`. */
export const projectAddress = (settings: Readonly<Record<string, string>>, environment: Readonly<Record<string, string | undefined>>): ProjectAddress => {
	const region = (environment['VOUCHERIFY_REGION'] || undefined)?.trim().toLowerCase();
	const host = environment['VOUCHERIFY_HOST'] || (region === undefined ? settings['voucherify.host'] : undefined);
	if (host !== undefined) {
		const apiUrl = readHost(host);
		return {region: null, apiUrl, downloadHosts: downloadHostsOf(apiUrl, environment['VOUCHERIFY_DOWNLOAD_HOST'] || settings['voucherify.download_host'])};
	}

	const name = region ?? settings['voucherify.region'] ?? 'eu1';
	if (!(name in regions)) {
		throw new UsageFault(`there is no region ${name}`, {remedy: `give one of ${regionNames.join(', ')} in VOUCHERIFY_REGION, or a host in VOUCHERIFY_HOST`});
	}

	const apiUrl = regions[name as keyof typeof regions];
	return {region: name, apiUrl, downloadHosts: [new URL(apiUrl).host.replace(/(^|\.)api\./, '$1download.')]};
};
