import {type Random} from './random.ts';

/** Where the sample ends. Loading moves everything, IDs included, so that this becomes the moment of loading. */
export const recordedUntil = Date.UTC(2026, 8, 10, 16, 0, 0);

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A call as a generator describes it; what every log has is added by the recording. */
export type Call = {
	readonly status: number | null;
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	readonly endpoint: string;
	readonly url: string;
	readonly channel: string;
	readonly durationMs: number;
	readonly appId?: string;
	readonly clientAppId?: string;
	readonly user?: string;
	readonly customer?: string;
	readonly campaign?: string;
	readonly incentive?: string;
	readonly taskId?: string;
	readonly requestId?: string;
	readonly requestHeaders?: Readonly<Record<string, string | readonly string[]>>;
	readonly responseHeaders?: Readonly<Record<string, string | readonly string[]>>;
	/** Objects become JSON text. */
	readonly request?: unknown;
	readonly response?: unknown;
};

/** A line of a data file. */
export type Line = Readonly<Record<string, unknown>>;

export type Recorded = {readonly at: number; readonly id: string; readonly requestId: string; readonly call: Call};

/** Collects the calls of the sample and gives out IDs that carry their time. */
export type Recording = {
	readonly random: Random;
	/** Prefix and 18 hexadecimal digits: milliseconds since 2016-05-04, then 30 random bits. */
	readonly id: (prefix: string, at: number) => string;
	/** A call that began at `at`. */
	readonly add: (at: number, call: Call) => Recorded;
	readonly calls: readonly Recorded[];
};

const idEpoch = Date.UTC(2016, 4, 4);

export function startRecording(random: Random): Recording {
	const calls: Recorded[] = [];
	const id = (prefix: string, at: number): string => {
		const value = (BigInt(Math.floor(at) - idEpoch) << 30n) | BigInt(random.integer(0, 2 ** 30 - 1));
		return prefix + value.toString(16).padStart(18, '0');
	};

	return {
		random,
		id,
		calls,
		add(at, call) {
			const requestId = call.requestId ?? id(call.user === undefined ? 'v-' : 'w-', at - 1);
			const recorded = {at: Math.floor(at), id: id('log_', at), requestId, call};
			calls.push(recorded);
			return recorded;
		},
	};
}

const text = (body: unknown): string | undefined => (body === undefined || typeof body === 'string' ? body : JSON.stringify(body));

/** A call as a line of `logs.ndjson`; what is not known is left out, as a reader of a real source would. */
export function logLine({at, id, requestId, call}: Recorded): Line {
	return {
		id,
		created_at: new Date(at).toISOString(),
		status: call.status,
		request_id: requestId,
		channel: call.channel,
		method: call.method,
		endpoint: call.endpoint,
		url: call.url,
		user_email: call.user,
		customer: call.customer,
		campaign: call.campaign,
		incentive: call.incentive,
		app_id: call.appId,
		client_app_id: call.clientAppId,
		request_duration: call.durationMs,
		task_id: call.taskId,
		request_headers: call.requestHeaders,
		response_headers: call.responseHeaders,
		request_body: text(call.request),
		response_body: text(call.response),
	};
}
