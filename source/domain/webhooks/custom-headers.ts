import {UsageFault} from '../fault.ts';

/** What the delivery sets itself, and what would let a header change how the request is read. */
const ownNames = new Set([
	'host', 'content-length', 'content-type', 'x-voucherify-signature', 'user-agent', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'expect', 'te', 'trailer',
	'proxy-connection',
]);
const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const value = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
const mostHeaders = 30;
const longestValue = 4096;

const readOne = (name: string, text: string): readonly [string, string] => {
	const lower = name.trim().toLowerCase();
	if (!token.test(lower)) {
		throw new UsageFault(`'${name}' is no name of a header`, {remedy: 'use letters, digits and -'});
	}

	if (ownNames.has(lower) || lower.startsWith('webhook-')) {
		throw new UsageFault(`the header ${lower} is set by auditty itself`, {remedy: 'give it another name'});
	}

	if (!value.test(text) || text.length > longestValue) {
		throw new UsageFault(`the value of the header ${lower} cannot be sent`, {remedy: `give one line of at most ${longestValue} Latin-1 characters`});
	}

	return [lower, text.trim()];
};

/** Custom headers of an endpoint, names in lower case. Throws a `UsageFault` that says what is wrong with one. */
export const readCustomHeaders = (given: ReadonlyArray<readonly [name: string, value: string]>): Readonly<Record<string, string>> => {
	const headers = new Map<string, string>();
	for (const [name, text] of given) {
		const [lower, read] = readOne(name, text);
		if (headers.has(lower)) {
			throw new UsageFault(`the header ${lower} is given twice`, {remedy: 'give each name once'});
		}

		headers.set(lower, read);
	}

	if (headers.size > mostHeaders) {
		throw new UsageFault(`${headers.size} headers are too many`, {remedy: `give at most ${mostHeaders}`});
	}

	return Object.fromEntries(headers);
};

/** `name: value`, as `--header` takes it. Throws a `UsageFault`. */
export const splitHeader = (line: string): readonly [name: string, value: string] => {
	const colon = line.indexOf(':');
	if (colon < 1) {
		throw new UsageFault('a header has no colon', {remedy: 'write --header \'name: value\''});
	}

	return [line.slice(0, colon), line.slice(colon + 1).trim()];
};
