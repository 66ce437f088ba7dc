import {parameterName} from './path-parameters.ts';

/** A part of a URL's path: the decoded segment, and the parameter's name where it is one. */
export type PathPart = {readonly segment: string; readonly parameter: string | null};

const longestEndpoint = 200;

const decodeSegment = (segment: string): string => {
	if (!segment.includes('%')) return segment;
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
};

/** The parts of a URL's path, host and query left out; a URL without a host is a path. Never throws. */
export const pathPartsOf = (url: string): readonly PathPart[] => {
	const host = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0].length ?? 0;
	const end = url.search(/[?#]/);
	const segments = url.slice(host, end < host ? undefined : end).split('/').filter(segment => segment !== '').map(decodeSegment);
	return segments.map((segment, index) => ({segment, parameter: parameterName(segment, segments[index - 1])}));
};

/** `importCSV` becomes `import_csv`, `async-actions` `async_actions`. */
const snakeCase = (segment: string): string => {
	if (/^[a-z0-9]+$/.test(segment)) return segment;
	return segment.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
};

/**
 * The symbolic name of an operation: method and path, a path parameter by its name
 * (`POST_v1_vouchers_code_redemption`). Null without a method or a URL.
 */
export const endpointOf = (method: string | null, url: string | null, parts: readonly PathPart[] | null = url === null ? null : pathPartsOf(url)): string | null => {
	if (method === null || method === '' || url === null || url === '' || parts === null) return null;
	const names = parts.map(({segment, parameter}) => parameter ?? snakeCase(segment)).filter(name => name !== '');
	return [method.toUpperCase(), ...names].join('_').slice(0, longestEndpoint);
};
