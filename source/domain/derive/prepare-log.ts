import {contentId, idPrefixes, instantOfId} from '../ids.ts';
import {type Headers, type Log, type Outcome} from '../records.ts';
import {type Redacted, type Redaction} from '../redaction/redaction.ts';
import {redactorOf, type Redactor} from '../redaction/redactor.ts';
import {type PathSearch} from '../redaction/json-secrets.ts';
import {requestFacts, responseFacts} from './body-facts.ts';
import {endpointOf, pathPartsOf} from './endpoint.ts';
import {errorKeyOf} from './error-key.ts';
import {followPaths} from './follow-paths.ts';
import {headerFacts} from './header-facts.ts';
import {type SourceLog} from './source-log.ts';
import {subjectsOf} from './subjects.ts';

export type PreparedLog =
	| {readonly ok: true; readonly log: Log; readonly secretsReplaced: number}
	/** The record cannot be kept; `reason` is a clause for a person. */
	| {readonly ok: false; readonly reason: string};

const dayMs = 86_400_000;

/** An ID's time is a convenience: it stands in for a date only where it can be one. */
const estimatedInstant = (source: SourceLog, now: number): number | null => {
	for (const id of [source.id, source.request_id]) {
		const at = id === undefined || id === null ? null : instantOfId(id);
		if (at !== null && at <= now + dayMs) return at;
	}

	return null;
};

const statusOf = (status: number | null | undefined): number | null => status === undefined || status === null || status < 100 ? null : status;

const outcomeOf = (status: number | null): Outcome => status === null || status >= 400 ? 'failure' : 'success';

type Content = {
	readonly url: string | null;
	readonly request_headers: Headers | null;
	readonly response_headers: Headers | null;
	readonly request_body: string | null;
	readonly response_body: string | null;
};

const leaveHeaders = (value: Headers): Redacted<Headers> => ({value, secretsReplaced: 0});

const leaveText = (value: string, search?: PathSearch): Redacted => {
	if (search !== undefined) followPaths(value, search);
	return {value, secretsReplaced: 0};
};

/** For data whose secrets are replaced already. */
const unredacted: Redactor = {text: leaveText, url: leaveText, headers: leaveHeaders};

/** What a source may give as free text, and so may hold a secret. */
const givenTexts = ['id', 'request_id', 'channel', 'endpoint', 'user_email', 'customer', 'campaign', 'incentive', 'error_key'] as const;

/** A derived ID must not tell a secret, nor depend on the installation: the fingerprints are left out of it. */
const idOf = (log: Omit<Log, 'id'>): string => {
	const text = [
		log.created_at, log.status, log.method, log.url, log.request_id, log.request_duration,
		log.request_headers && JSON.stringify(log.request_headers), log.response_headers && JSON.stringify(log.response_headers),
		log.request_body, log.response_body,
	].map(part => part ?? '\u0001').join('\u0000');
	return contentId(idPrefixes.log, log.created_at, text.includes('[redacted') ? text.replace(/\[redacted[ +][0-9a-f]{8}\]/g, '[redacted]') : text);
};

/**
 * Makes of what a source gives the log that is stored: what the source gives wins, the rest is derived from headers,
 * bodies, method and path, and secrets are replaced in headers, URL and bodies. Pure; the same for every source.
 * @param options.now Epoch ms; an ID's time later than this is not believed.
 * @param options.redaction Null leaves secrets in place (for data that is redacted already).
 */
export const prepareLog = (source: SourceLog, options: {readonly now: number; readonly redaction: Redaction | null}): PreparedLog => {
	const createdAt = source.created_at ?? estimatedInstant(source, options.now);
	if (createdAt === null) return {ok: false, reason: 'it has no date, and no ID that carries one'};
	if (!Number.isFinite(createdAt) || Math.abs(createdAt) > 8.64e15) return {ok: false, reason: 'its date is out of range'};

	const redactor = options.redaction === null ? unredacted : redactorOf(options.redaction);
	let secretsReplaced = 0;
	const count = <T>(redacted: Redacted<T>): T => {
		secretsReplaced += redacted.secretsReplaced;
		return redacted.value;
	};

	const clean = <T extends string | null | undefined>(text: T): string | Exclude<T, string> =>
		typeof text === 'string' ? count(redactor.text(text)) : text as Exclude<T, string>;
	const {request_body: requestBody = null, response_body: responseBody = null} = source;
	const asked = requestBody === null ? null : requestFacts(requestBody);
	const answered = responseBody === null ? null : responseFacts(responseBody);
	const content: Content = {
		url: source.url === undefined || source.url === null ? null : count(redactor.url(source.url)),
		request_headers: source.request_headers ? count(redactor.headers(source.request_headers)) : null,
		response_headers: source.response_headers ? count(redactor.headers(source.response_headers)) : null,
		request_body: requestBody === null ? null : count(redactor.text(requestBody, asked?.search)),
		response_body: responseBody === null ? null : count(redactor.text(responseBody, answered?.search)),
	};

	const given: Partial<Record<(typeof givenTexts)[number], string | null>> = {};
	for (const name of givenTexts) {
		const value = source[name];
		if (value !== undefined && value !== null) given[name] = clean(value);
	}

	// What was read in a body is as free as the body: a secret may be in it, unless none was found there.
	const derived = secretsReplaced === 0 ? (fact: string | null) => fact : (fact: string | null) => fact === null ? null : redactor.text(fact).value;
	const headers = headerFacts(content.request_headers, content.response_headers);
	const status = statusOf(source.status);
	const outcome = source.outcome ?? outcomeOf(status);
	const path = content.url === null ? [] : pathPartsOf(content.url);
	const subjects = subjectsOf(asked, answered, path, outcome === 'failure');
	const method = source.method?.toUpperCase() ?? null;
	const log: Omit<Log, 'id'> = {
		created_at: Math.floor(createdAt),
		status,
		outcome,
		request_id: given.request_id ?? headers.requestId ?? (outcome === 'failure' ? derived(answered?.fact('requestId') ?? null) : null),
		channel: given.channel ?? headers.channel,
		method,
		endpoint: given.endpoint ?? endpointOf(method, content.url, path),
		user_email: given.user_email ?? null,
		customer: given.customer ?? derived(subjects.customer),
		campaign: given.campaign ?? derived(subjects.campaign),
		incentive: given.incentive ?? derived(subjects.incentive),
		app_id: source.app_id ?? headers.appId,
		client_app_id: source.client_app_id ?? headers.clientAppId,
		request_duration: source.request_duration ?? null,
		task_id: source.task_id ?? derived(answered?.fact('task') ?? null),
		error_key: given.error_key ?? (outcome === 'failure' && answered !== null ? derived(errorKeyOf(answered)) : null),
		...content,
	};
	return {ok: true, secretsReplaced, log: {id: given.id ?? idOf(log), ...log}};
};
