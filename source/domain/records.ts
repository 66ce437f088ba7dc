/**
 * The four kinds of record. Names of properties are the names in JSON and CSV output.
 * Instants are epoch milliseconds (UTC) here and in the store; they become ISO 8601 only when they are printed.
 */

export type Tab = 'logs' | 'tasks' | 'exports' | 'sendouts';

export const tabs = ['logs', 'tasks', 'exports', 'sendouts'] as const satisfies readonly Tab[];

/** Epoch milliseconds, UTC. */
export type Instant = number;

export type Outcome = 'success' | 'failure';

/** An API request and its response, without headers and bodies: what a list and a scan need. */
export type LogSummary = {
	readonly id: string;
	/** When the request occurred. */
	readonly created_at: Instant;
	/** HTTP status; null when no response came. */
	readonly status: number | null;
	readonly outcome: Outcome;
	readonly request_id: string | null;
	readonly channel: string | null;
	readonly method: string | null;
	/** Symbolic name, such as `POST_v1_vouchers_code_redemption`. */
	readonly endpoint: string | null;
	/** Absolute where the source gives a host. */
	readonly url: string | null;
	readonly user_email: string | null;
	readonly customer: string | null;
	readonly campaign: string | null;
	readonly incentive: string | null;
	/** Server-side API key. */
	readonly app_id: string | null;
	/** Client-side API key. */
	readonly client_app_id: string | null;
	/** Milliseconds. */
	readonly request_duration: number | null;
	/** The background task that the call started. */
	readonly task_id: string | null;
	/** Machine-readable key of an error response. */
	readonly error_key: string | null;
};

/** Header names as the source gave them; a repeated header holds its values in order. */
export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** What is read only when one log is opened, exported or searched. Bodies are text as sent, JSON or not. */
export type LogContent = {
	readonly request_headers: Headers | null;
	readonly response_headers: Headers | null;
	readonly request_body: string | null;
	readonly response_body: string | null;
};

export type Log = LogSummary & LogContent;

export type TaskStatus = 'scheduled' | 'in_progress' | 'done' | 'failed';
export type ProcessingStatus = 'success' | 'failure' | 'unknown';
export type Origin = 'local' | 'voucherify';

/** Types of background task that auditty runs itself; those of Voucherify pass through by their own names. */
export const localTaskTypes = ['LOGS.IMPORT', 'LOGS.EXPORT', 'LOGS.PURGE', 'SENDOUTS.RETRY', 'SEARCH.INDEX', 'VOUCHERIFY.PULL'] as const;

export type BackgroundTask = {
	readonly id: string;
	readonly type: string;
	readonly status: TaskStatus;
	readonly processing_status: ProcessingStatus;
	/** 0-100. */
	readonly progress: number;
	readonly done_count: number;
	readonly failed_count: number;
	/** Null while it is not known. */
	readonly total_count: number | null;
	/** Milliseconds of work; null until it has begun. */
	readonly processing_time: number | null;
	readonly created_at: Instant;
	readonly updated_at: Instant | null;
	readonly user: string | null;
	readonly request_id: string | null;
	readonly log_id: string | null;
	readonly export_id: string | null;
	readonly origin: Origin;
	/** JSON value. */
	readonly parameters: unknown;
	/** JSON value; its shape depends on the type. */
	readonly result: unknown;
	readonly error: string | null;
};

export type ExportStatus = 'scheduled' | 'in_progress' | 'done' | 'error';

export type ExportRecord = {
	readonly id: string;
	/** `api_log`, or another exported object. */
	readonly resource: string;
	readonly status: ExportStatus;
	readonly created_at: Instant;
	readonly finished_at: Instant | null;
	readonly user: string | null;
	readonly origin: Origin;
	/** The filter as query text. */
	readonly query: string | null;
	readonly fields: readonly string[];
	readonly order: string | null;
	readonly rows: number | null;
	readonly bytes: number | null;
	/** Lower-case hex. */
	readonly sha256: string | null;
	readonly task_id: string | null;
	readonly error: string | null;
};

export type SendoutStatus = 'pending' | 'success' | 'retrying' | 'failed' | 'canceled';

/** One HTTP try of a sendout. */
export type Attempt = {
	readonly number: number;
	readonly started_at: Instant;
	/** Milliseconds. */
	readonly duration: number | null;
	readonly status: number | null;
	readonly response_headers: Headers | null;
	/** The first 64 KiB. */
	readonly response_body: string | null;
	readonly error: string | null;
};

/** One event to one endpoint. */
export type SendoutSummary = {
	readonly id: string;
	readonly status: SendoutStatus;
	readonly type: string;
	readonly event_id: string | null;
	readonly request_id: string | null;
	/** The endpoint's ID. */
	readonly source_id: string | null;
	readonly target_url: string | null;
	readonly created_at: Instant;
	/** The last attempt. */
	readonly sent_at: Instant | null;
	readonly attempts: number;
	readonly next_attempt_at: Instant | null;
	readonly error: string | null;
};

export type Sendout = SendoutSummary & {
	/** JSON value. */
	readonly data: unknown;
	readonly attempt_log: readonly Attempt[];
};

/** A subscribed webhook URL. Field names as Voucherify's management API has them. */
export type Endpoint = {
	/** `wh_` and 18 hex digits. */
	readonly id: string;
	readonly target_url: string;
	/** Exact names, prefixes such as `campaign.*`, or `*` for all. */
	readonly events: readonly string[];
	readonly active: boolean;
	/** Custom headers; values that are secret are replaced wherever they are shown. */
	readonly headers: Readonly<Record<string, string>>;
	/** How many deliveries to it run at once, in all workers together. */
	readonly concurrency: number;
	readonly created_at: Instant;
	/** Why it is not active; null while it is. */
	readonly disabled_reason: string | null;
};

/** What a list of each tab holds. */
export type SummaryOf = {
	readonly logs: LogSummary;
	readonly tasks: BackgroundTask;
	readonly exports: ExportRecord;
	readonly sendouts: SendoutSummary;
};

/** What opening a record of each tab gives. */
export type RecordOf = {
	readonly logs: Log;
	readonly tasks: BackgroundTask;
	readonly exports: ExportRecord;
	readonly sendouts: Sendout;
};

export type AnySummary = SummaryOf[Tab];
export type AnyRecord = RecordOf[Tab];
