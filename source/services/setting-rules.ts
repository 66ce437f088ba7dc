import path from 'node:path';
import {parseFactRules} from '../domain/derive/fact-rules.ts';
import {UsageFault} from '../domain/fault.ts';
import {parseQuery} from '../domain/query/parse-query.ts';
import {readHost, regionNames} from './pull/project-address.ts';
import {readPause} from './pull/pull-pause.ts';
import {readByteSize} from './recording/record-settings.ts';

/** What a setting may hold. */
type SettingRule = {
	/** `keys.<id>` stands for every key that begins with `keys.`. */
	readonly key: string;
	/** What it is for, in a few words. */
	readonly description: string;
	/** What is allowed, as the end of 'give …'. */
	readonly allowed: string;
	/** The value as it is stored; null when it is not allowed. */
	readonly read: (value: string) => string | null;
};

const nonEmpty = (value: string): string | null => value.trim() === '' ? null : value.trim();

const oneOf = (...values: readonly string[]) => (value: string): string | null => values.includes(value.trim().toLowerCase()) ? value.trim().toLowerCase() : null;

const timezone = (value: string): string | null => {
	try {
		return /^[a-z]/i.test(value.trim()) ? new Intl.DateTimeFormat('en', {timeZone: value.trim()}).resolvedOptions().timeZone : null;
	} catch {
		return null;
	}
};

const retention = (value: string): string | null => {
	const text = value.trim().toLowerCase().replaceAll(/\s+/g, ' ');
	const match = /^(\d{1,4}) ?(day|month)s?$/.exec(text);
	if (match !== null && Number(match[1]) > 0) {
		return `${Number(match[1])} ${match[2]}${Number(match[1]) === 1 ? '' : 's'}`;
	}

	return text === 'forever' ? text : null;
};

const names = (value: string): string | null => {
	const list = value.split(',').map(name => name.trim()).filter(name => name !== '');
	return list.length === 0 ? null : list.join(',');
};

const pause = (value: string): string | null => value.trim().toLowerCase() === 'off' ? 'off' : (readPause(value) === null ? null : value.trim().toLowerCase().replaceAll(' ', ''));

const logQuery = (value: string): string | null => value.trim() !== '' && parseQuery(value, 'logs').ok ? value.trim() : null;
const byteSize = (value: string): string | null => readByteSize(value) === null ? null : value.trim();
const factRules = (value: string): string | null => parseFactRules(value) === null ? null : value.trim();
const factSources = 'places separated by commas, the first that is filled counts: header:NAME, response-header:NAME, query:NAME, request:PATH, response:PATH (paths in JSON bodies, such as customer.source_id)';
const sizes = 'a size up to 256 MiB, such as 64 KiB';

export const settingRules: readonly SettingRule[] = [
	{key: 'project.name', description: 'what the screen is headed with', allowed: 'a name', read: nonEmpty},
	{key: 'project.timezone', description: 'project time: dates in queries and lists; UTC unless set', allowed: 'an IANA time zone, such as Europe/Warsaw', read: timezone},
	{key: 'retention', description: 'how long logs are kept; 6 months unless set', allowed: '6 months, 12 months, 90 days or the like, or forever', read: retention},
	{key: 'keys.<id>', description: 'a name that is shown and filtered by in place of an API key', allowed: 'the name of the API key', read: nonEmpty},
	{key: 'redact.keys', description: 'further JSON keys and headers that hold secrets', allowed: 'names of JSON keys and headers, separated by commas', read: names},
	{key: 'originals', description: 'whether imported files are kept, with their secrets replaced; keep unless set', allowed: 'keep or none', read: oneOf('keep', 'none')},
	{key: 'record.body_limit', description: 'how much of each body of live traffic is kept; 64 KiB unless set', allowed: sizes, read: byteSize},
	{key: 'record.upload_limit', description: 'up to which size an uploaded CSV is kept whole; 16 MiB unless set', allowed: sizes, read: byteSize},
	{key: 'record.user', description: 'where live traffic names the user', allowed: factSources, read: factRules},
	{key: 'record.customer', description: 'where it names the customer, before the places that are known', allowed: factSources, read: factRules},
	{key: 'record.campaign', description: 'where it names the campaign, before the places that are known', allowed: factSources, read: factRules},
	{key: 'record.channel', description: 'where it names the channel, before X-Voucherify-Channel', allowed: factSources, read: factRules},
	{key: 'record.server_key', description: 'where it names the server-side API key, before X-App-Id', allowed: factSources, read: factRules},
	{key: 'record.client_key', description: 'where it names the client-side API key, before X-Client-Application-Id', allowed: factSources, read: factRules},
	{key: 'listen.secret_file', description: 'the file of the secret that received webhooks are signed with', allowed: 'the absolute path of a file of mode 0600, with a secret a line', read: value => path.isAbsolute(value.trim()) ? value.trim() : null},
	{key: 'search.index', description: 'whether a store in a file gets an index for text search; auto unless set', allowed: 'auto or off', read: oneOf('auto', 'off')},
	{key: 'webhooks.allow_private', description: 'whether webhooks may go to private addresses; false unless set', allowed: 'true or false', read: oneOf('true', 'false')},
	{key: 'webhooks.log_failed', description: 'which logs become events log.failed, as they come in; none unless set', allowed: 'a query of the Logs tab, such as status:5xx', read: logQuery},
	{key: 'voucherify.region', description: 'where the Voucherify project is; eu1 unless set', allowed: 'eu1, us1 or as1', read: oneOf(...regionNames)},
	{key: 'voucherify.host', description: 'where it is when it has a host of its own, in place of a region', allowed: 'an address by https, or of this machine', read: value => readHost(value)},
	{key: 'voucherify.download_host', description: 'where files of exports are beside that host and the one called download in place of api', allowed: 'an address by https, or of this machine', read: value => readHost(value)},
	{key: 'pull.every', description: 'how often a worker that has the keys pulls the Voucherify project; off unless set', allowed: 'a pause such as 5m, 1h or 1d, or off', read: pause},
];

/** The rule of a key. Throws a `UsageFault` that names the settings that there are. */
export const settingRuleOf = (key: string): SettingRule => {
	const rule = settingRules.find(known => known.key === key || (known.key.endsWith('.<id>') && key.startsWith('keys.') && key.length > 'keys.'.length));
	if (rule === undefined) {
		throw new UsageFault(`there is no setting ${key}`, {remedy: `use ${settingRules.map(known => known.key).join(', ')}`});
	}

	return rule;
};

/** The value as it is stored. Throws a `UsageFault` that says what is allowed. */
export const readSettingValue = (key: string, value: string): string => {
	const rule = settingRuleOf(key);
	const stored = rule.read(value);
	if (stored === null) {
		throw new UsageFault(`${key} cannot be '${value}'`, {remedy: `give ${rule.allowed}`});
	}

	return stored;
};
