import {type BackgroundTask, type Endpoint, type Instant} from '../../domain/records.ts';

/** What the screen asks about endpoints, and what sends sendouts again. */
export type SendoutServices = {
	/** Every endpoint with how its deliveries go, the oldest first. */
	endpoints: () => Promise<readonly EndpointHealth[]>;
	/** The secret is in this answer only. Throws a UsageFault for a URL, event type, header or number at once that cannot be taken. */
	addEndpoint: (request: {readonly url: string; readonly events?: readonly string[]; readonly headers?: Readonly<Record<string, string>>; readonly concurrency?: number | undefined}) => Promise<EndpointSecret>;
	setEndpointActive: (request: {readonly id: string; readonly isActive: boolean}) => Promise<Endpoint>;
	rotateSecret: (request: {readonly id: string}) => Promise<EndpointSecret>;
	/** `canceled` counts the sendouts that waited for it. */
	removeEndpoint: (request: {readonly id: string}) => Promise<{readonly endpoint: Endpoint; readonly canceled: number}>;
	/** Makes a test event and its sendout to this endpoint; a worker delivers it. */
	testEndpoint: (request: {readonly id: string}) => Promise<{readonly sendoutId: string}>;
	/** What would be retried. */
	planRetry: (request: RetryRequest) => Promise<RetryPlan>;
	/** Creates the background task that retries; a worker carries it out. */
	startRetry: (request: RetryRequest & {readonly ratePerSecond?: number; readonly user?: string}) => Promise<BackgroundTask>;
	/** One sendout, at once, without a task. Throws a Fault for a success without `isForced`, and for a removed endpoint. */
	retrySendout: (request: {readonly id: string; readonly isForced?: boolean}) => Promise<{readonly sendoutId: string; readonly attempt: number}>;
	/** `since` as a query has it: `6h`, `2026-11-22T10:00`. Throws a UsageFault for what is no time. */
	planReplay: (request: ReplayRequest) => Promise<RetryPlan>;
	startReplay: (request: ReplayRequest & {readonly ratePerSecond?: number; readonly user?: string}) => Promise<BackgroundTask>;
};

/** An endpoint with its secret, `whsec_…`: made by auditty, shown once. */
export type EndpointSecret = {readonly endpoint: Endpoint; readonly secret: string};

export type EndpointHealth = {
	readonly endpoint: Endpoint;
	/** 0-1, of the attempts of the last 24 hours (a bounded sample); null when there were none. */
	readonly successRate: number | null;
	/** Of the same attempts' durations; milliseconds. */
	readonly p90Ms: number | null;
	readonly nextAttemptAt: Instant | null;
	/** Of its circuit breaker: `open` sends nothing until `blockedUntil`, `half-open` sends one to see. */
	readonly breaker: 'closed' | 'open' | 'half-open';
	readonly blockedUntil: Instant | null;
	/** Sendouts that are pending or retrying; at most 10,000. */
	readonly waiting: number;
};

/** Sendouts by ID, else by a query of their tab. */
export type RetryRequest = {
	readonly ids?: readonly string[];
	readonly query?: string;
	/** Those that succeeded too. */
	readonly isForced?: boolean;
};

/** Everything to one endpoint since a time. */
export type ReplayRequest = {readonly endpoint: string; readonly since: string};

export type RetryPlan = {
	readonly count: number;
	/** Counting stopped there: there may be more. */
	readonly isCapped: boolean;
	/** Matched, but would not be sent. */
	readonly skipped: ReadonlyArray<{readonly reason: string; readonly count: number}>;
	readonly endpoints: ReadonlyArray<{readonly id: string; readonly targetUrl: string; readonly count: number; readonly isActive: boolean}>;
};
