import {parameterName} from './path-parameters.ts';

const longestEndpoint = 200;

const decodeSegment = (segment: string): string => {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
};

/** The decoded segments of a URL's path; a URL without a host is a path. */
export const pathSegments = (url: string): readonly string[] => {
	const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
	return path.split('/').filter(segment => segment !== '').map(decodeSegment);
};

/** `importCSV` becomes `import_csv`, `async-actions` `async_actions`. */
const snakeCase = (segment: string): string =>
	segment.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');

const mostRemembered = 5000;
const known = new Map<string, string | null>();

const nameOf = (method: string, url: string): string | null => {
	const segments = pathSegments(url);
	const parts = segments.map((segment, index) => {
		const previous = segments[index - 1];
		return parameterName(segment, previous) ?? snakeCase(segment);
	});
	const name = [method.toUpperCase(), ...parts.filter(part => part !== '')].join('_');
	return name.slice(0, longestEndpoint);
};

/**
 * The symbolic name of an operation: method and path, host and query left out, a path parameter by its name
 * (`POST_v1_vouchers_code_redemption`). Null without a method or a URL; never throws.
 */
export const endpointOf = (method: string | null, url: string | null): string | null => {
	if (method === null || method === '' || url === null || url === '') return null;
	const end = url.search(/[?#]/);
	const key = `${method} ${end < 0 ? url : url.slice(0, end)}`;
	const remembered = known.get(key);
	if (remembered !== undefined) return remembered;
	const name = nameOf(method, url);
	if (known.size >= mostRemembered) known.clear();
	known.set(key, name);
	return name;
};
