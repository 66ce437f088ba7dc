import {compilePaths} from '../json/json-paths.ts';
import {type Headers, type Log} from '../records.ts';
import {decodeJsonContent} from '../redaction/encoded-text.ts';
import {followPaths} from './follow-paths.ts';

/** What a person's own rules may fill. */
export const ruledFields = ['user_email', 'customer', 'campaign', 'channel', 'app_id', 'client_app_id'] as const;
export type RuledField = (typeof ruledFields)[number];

const places = ['header', 'response-header', 'query', 'request', 'response'] as const;

/** Where a fact stands: a header of the request or the response, a parameter of the URL, a path in a JSON body. */
export type FactRule = {readonly place: (typeof places)[number]; readonly name: string};

export type FactRules = Readonly<Partial<Record<RuledField, readonly FactRule[]>>>;

const longestFact = 256;

/**
 * Reads `header:X-User-Email, request:customer.source_id, response:redemptions[].customer.id`: the first that is there
 * counts. `$.` may stand before a path. Null when it is no such text.
 */
export const parseFactRules = (text: string): readonly FactRule[] | null => {
	const rules: FactRule[] = [];
	for (const part of text.split(',')) {
		const [, place, name] = /^\s*([a-z-]+)\s*:\s*(\S+)\s*$/i.exec(part) ?? [];
		const known = places.find(one => one === place?.toLowerCase());
		if (known === undefined || name === undefined) return null;
		rules.push({place: known, name: name.replace(/^\$\.?/, '')});
	}

	return rules.every(({name}) => name !== '') ? rules : null;
};

const headerValue = (headers: Headers | null, name: string): string | null => {
	const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
	return (typeof found === 'string' ? found : found?.[0]) ?? null;
};

const queryValue = (url: string | null, name: string): string | null => {
	const query = url === null ? -1 : url.indexOf('?');
	return query === -1 ? null : new URLSearchParams(url?.slice(query + 1).split('#')[0]).get(name);
};

type BodyValues = (body: string | null) => ReadonlyMap<string, string>;

const bodyValues = (names: readonly string[]): BodyValues => {
	const paths = compilePaths(names);
	return body => {
		const values = new Map<string, string>();
		if (body === null || names.length === 0) return values;
		followPaths(body, {
			paths,
			found(path, start, end, isString) {
				const raw = body.slice(start, end);
				const name = names[path] ?? '';
				if (values.has(name) || raw === '' || raw.length > longestFact || (!isString && !/^-?\d/.test(raw))) return;
				values.set(name, isString ? decodeJsonContent(raw) : raw);
			},
		});
		return values;
	};
};

/**
 * Compiles a person's rules; the result gives the fields that they fill from a log. They read a log whose secrets are
 * replaced already, so that no rule can put a secret into a list: a key that is one shows as its fingerprint.
 */
export const compileFactRules = (rules: FactRules): ((log: Log) => Partial<Pick<Log, RuledField>>) => {
	const entries = ruledFields.map(field => [field, rules[field] ?? []] as const).filter(([, list]) => list.length > 0);
	if (entries.length === 0) return () => ({});
	const namesAt = (place: FactRule['place']): readonly string[] => [...new Set(entries.flatMap(([, list]) => list.filter(rule => rule.place === place).map(({name}) => name)))];
	const inRequest = bodyValues(namesAt('request'));
	const inResponse = bodyValues(namesAt('response'));
	return log => {
		const asked = inRequest(log.request_body);
		const answered = inResponse(log.response_body);
		const read = ({place, name}: FactRule): string | null => {
			switch (place) {
				case 'header': return headerValue(log.request_headers, name);
				case 'response-header': return headerValue(log.response_headers, name);
				case 'query': return queryValue(log.url, name);
				case 'request': return asked.get(name) ?? null;
				case 'response': return answered.get(name) ?? null;
			}
		};

		const facts: Partial<Record<RuledField, string>> = {};
		for (const [field, list] of entries) {
			const value = list.map(read).find(one => one !== null && one.trim() !== '');
			if (value !== undefined && value !== null) facts[field] = value.trim().slice(0, longestFact);
		}

		return facts;
	};
};
