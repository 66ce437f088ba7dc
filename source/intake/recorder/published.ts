import type {IncomingMessage, ServerResponse} from 'node:http';

/*
 * The types of the package, published as they stand here: this file imports nothing of auditty's.
 */

/** Where a fact of a call stands, as in the settings `record.*`: `header:X-User-Email, request:customer.source_id`. */
export type RecorderRules = {
	readonly user?: string;
	readonly customer?: string;
	readonly campaign?: string;
	readonly channel?: string;
	readonly server_key?: string;
	readonly client_key?: string;
};

/** What the service itself knows of a call. */
export type CallFacts = {
	readonly user_email?: string | null;
	readonly customer?: string | null;
	readonly campaign?: string | null;
	readonly incentive?: string | null;
	readonly channel?: string | null;
	/** Symbolic name of the operation, such as `POST_v1_vouchers_code_redemption`. */
	readonly endpoint?: string | null;
};

export type RecorderOptions = {
	/** The store: `file:PATH`, `libsql://HOST`, `http(s)://HOST`; AUDITTY_DB, else the file in `home`, where absent. */
	readonly db?: string;
	/** Token of a store on a server; AUDITTY_DB_TOKEN where absent. */
	readonly authToken?: string;
	/** The data directory; AUDITTY_HOME, else the platform's own, where absent. */
	readonly home?: string;
	/** Bytes of each body that are kept; the setting `record.body_limit` where absent, which is 64 KiB unless set. */
	readonly bodyLimit?: number;
	/** Go before those of the settings. */
	readonly rules?: RecorderRules;
	/** Further JSON keys and headers that hold secrets, beside those of the setting `redact.keys`. */
	readonly redactKeys?: readonly string[];
	/** Calls that are not recorded, such as those of a health check. */
	readonly ignore?: (request: IncomingMessage) => boolean;
	/** Called when the answer is out; what it gives goes before all that is derived. */
	readonly describe?: (request: IncomingMessage, response: ServerResponse) => CallFacts | undefined;
	/** Hears of all trouble with recording; without it a process warning tells. */
	readonly onError?: (error: Error) => void;
};

export type RecorderFigures = {
	/** Calls that are in the store. */
	readonly recorded: number;
	/** Calls that were left out. */
	readonly dropped: number;
};

/** Middleware for `node:http`, connect and Express; the recorder is that function itself. */
export type RecorderMiddleware = (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void;

export type ServiceRecorder = RecorderMiddleware & {
	readonly middleware: RecorderMiddleware;
	/** The global `fetch`, whose calls are recorded. */
	readonly fetch: typeof fetch;
	/** The same for another function of that kind. */
	readonly wrapFetch: (original: typeof fetch) => typeof fetch;
	readonly figures: () => RecorderFigures;
	/** Stores what waits (for at most 10 s) and ends; what comes later is not recorded. Never rejects. */
	readonly close: () => Promise<RecorderFigures>;
};

/** Records the calls that a service answers, and those that it makes. Never throws, and never lets a call wait. */
export type CreateRecorder = (options?: RecorderOptions) => ServiceRecorder;
