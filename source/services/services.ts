import {type AnyRecord, type BackgroundTask, type Endpoint, type ExportRecord, type Instant, type Tab, type SummaryOf} from '../domain/records.ts';
import {type PathCompletion} from './complete-path.ts';

/**
 * What the screen and the commands may ask. Every call is bounded in time (a few tens of milliseconds on a
 * million logs): what may take longer is asked in steps, each of which says where the next one begins.
 * Arguments and results are plain JSON, so that the same calls can go to another process.
 */
export type Services = SendoutServices & {
	page: <T extends Tab>(request: PageRequest<T>, signal?: AbortSignal) => Promise<Page<T>>;
	count: (request: CountRequest, signal?: AbortSignal) => Promise<Count>;
	/** `isWhole` gives bodies uncut. */
	record: (request: {readonly tab: Tab; readonly id: string; readonly isWhole?: boolean}, signal?: AbortSignal) => Promise<RecordDetail | null>;
	facets: (request: FacetRequest, signal?: AbortSignal) => Promise<readonly Facet[]>;
	timeline: (request: TimelineRequest, signal?: AbortSignal) => Promise<Timeline>;
	related: (request: {readonly tab: Tab; readonly id: string}, signal?: AbortSignal) => Promise<readonly Related[]>;
	overview: (signal?: AbortSignal) => Promise<Overview>;
	settings: () => Promise<Settings>;
	setSetting: (request: {readonly key: string; readonly value: string | null}) => Promise<Settings>;
	views: (request: {readonly tab: Tab}) => Promise<readonly View[]>;
	saveView: (view: View) => Promise<void>;
	removeView: (request: {readonly tab: Tab; readonly name: string}) => Promise<void>;
	/** Completes the path of a file on the machine that the services run on. */
	completePath: (request: {readonly text: string}) => Promise<PathCompletion>;
	/** Creates the background task that imports a file; a worker carries it out. Throws a Fault when the file cannot be read. */
	startImport: (request: {readonly path: string; readonly format?: ImportFormat}) => Promise<BackgroundTask>;
	/** The same for the sample project. */
	startSample: () => Promise<BackgroundTask>;
	/** Cancels a background task: one that waits at once, one that runs when its worker hears of it. */
	cancelTask: (request: {readonly id: string}) => Promise<TaskChange>;
	/** Puts a background task that ended back to its beginning, under its ID. */
	rerunTask: (request: {readonly id: string}) => Promise<TaskChange>;
	/** Creates an export and the background task that makes its file; a worker carries it out. Throws a UsageFault for a bad query or field. */
	startExport: (request: ExportRequest) => Promise<StartedExport>;
	/**
	 * The file of an export, or the original of an import, by the ID of the export, the task or a log. The file of an
	 * export of the Voucherify project is fetched when it is not here yet, which may take long. Throws a Fault that says why there is none.
	 */
	download: (request: {readonly id: string}, signal?: AbortSignal) => Promise<Download>;
	/** How the pulls of the Voucherify project stand. */
	pulls: () => Promise<PullOverview>;
	/** Creates the pull that a worker carries out, or gives the one that waits or runs. Throws a Fault when there are no keys for it. */
	startPull: () => Promise<BackgroundTask>;
	/** Copies that file, whole or not at all, with mode 0600. Throws a Fault when the target exists, unless `isForced`. */
	saveDownload: (request: {readonly id: string; readonly to: string; readonly isForced?: boolean}, signal?: AbortSignal) => Promise<Download>;
	/** Opens the CSV file of an export, or any other, for `browseRows` and the like. Throws a Fault that says why it cannot be browsed. `isAnew` forgets what was read of it. */
	browseOpen: (request: {readonly source: BrowseSource; readonly isAnew?: boolean}, signal?: AbortSignal) => Promise<BrowseTable>;
	/** Goes on reading, filtering and sorting for a moment, and says how far it is. Throws a UsageFault for a bad query. */
	browseStep: (request: BrowseRequest, signal?: AbortSignal) => Promise<BrowseProgress>;
	/** Rows of the view, as far as they are found. Can be fewer than the limit before the end. */
	browseRows: (request: BrowseRequest & {readonly from: number; readonly limit: number}, signal?: AbortSignal) => Promise<BrowseRows>;
	/** One row, its cells whole but for those that are larger than an answer may be. Null when there is none at that place. */
	browseRow: (request: BrowseRequest & {readonly place: number}, signal?: AbortSignal) => Promise<BrowseRow | null>;
	/** The next row of the view with a text in any column, from a place (inclusive) on. Looks for a moment, and says where to go on. */
	browseFind: (request: BrowseRequest & {readonly text: string; readonly from: number; readonly isBackwards?: boolean}, signal?: AbortSignal) => Promise<BrowseFound>;
	/** Copies the file as it is, as `saveDownload` does. */
	browseSave: (request: {readonly source: BrowseSource; readonly to: string; readonly isForced?: boolean}, signal?: AbortSignal) => Promise<Download>;
};

/** An export by its ID, or a CSV file by its absolute path. */
export type BrowseSource = {readonly id: string} | {readonly path: string};

/** What is shown of a file, and in which order. */
export type BrowseView = {
	/** Query text with the keys of the columns. */
	readonly query: string;
	/** By the column of this index; null leaves the order of the file. */
	readonly sort: {readonly column: number; readonly isDescending: boolean} | null;
};

export type BrowseRequest = {readonly source: BrowseSource; readonly view: BrowseView};

export type BrowseTable = {
	/** What to call it: the export's ID, or the file's name. */
	readonly name: string;
	readonly headings: readonly string[];
	/** Whose fields the columns hold; null when no heading is known. */
	readonly tab: Tab | null;
	readonly bytes: number;
	/** The export that made it. */
	readonly export: ExportRecord | null;
};

export type BrowseProgress = {
	/** Rows of the file, as far as it is read. */
	readonly rows: number;
	/** Rows of the view, as far as they are found. */
	readonly matching: number;
	readonly stage: 'reading' | 'filtering' | 'sorting' | 'done';
	/** Of this stage, 0 to 1. */
	readonly share: number;
	/** Lines that are no whole row, the first hundred of them, and how many there are. */
	readonly problems: ReadonlyArray<{readonly line: number; readonly reason: string}>;
	readonly problemCount: number;
	/** The file is no longer what was opened: what is shown may be wrong. */
	readonly file: 'same' | 'changed' | 'gone';
	/** Sorted by so many bytes of long texts; null when by all of them. */
	readonly sortedBy: number | null;
};

export type BrowseRow = {
	/** Place in the view, from 0. */
	readonly place: number;
	/** Number in the file, from 1. */
	readonly row: number;
	readonly cells: readonly string[];
	/** Cells that were cut: whole size in bytes by the index of the column. */
	readonly cut?: Readonly<Record<string, number>>;
};

export type BrowseRows = {readonly rows: readonly BrowseRow[]};

export type BrowseFound = {
	/** Place in the view; null when it was not found yet. */
	readonly place: number | null;
	/** Where to go on; null when nothing is left. */
	readonly next: number | null;
};

/** What came of a wish to cancel a task or to run it again. */
export type TaskChange =
	| {readonly kind: 'changed'; readonly task: BackgroundTask; readonly text: string}
	/** `reason` goes on after the task's name. */
	| {readonly kind: 'refused'; readonly reason: string; readonly remedy: string};

export type ExportRequest = {
	readonly tab: Tab;
	/** Query text. */
	readonly query: string;
	/** Leaves out the tab's default query. */
	readonly isWithoutDefault?: boolean;
	/** In the order of the columns; the default ones where absent. */
	readonly fields?: readonly string[];
	/** `-created_at`, the newest first, where absent. */
	readonly order?: 'created_at' | '-created_at';
	/** Cells as they are, formulas of spreadsheets among them. */
	readonly isRaw?: boolean;
	/** Who schedules it; the user of the system where absent. */
	readonly user?: string;
};

export type StartedExport = {readonly export: ExportRecord; readonly task: BackgroundTask};

/** A file that belongs to a record. */
export type Download = {
	readonly kind: 'export' | 'original' | 'upload';
	/** What to call a copy. A name, never a path. */
	readonly name: string;
	/** Where it lies; null for what is kept in the store. */
	readonly path: string | null;
	readonly bytes: number;
	/** It is no text when it is compressed. */
	readonly isText: boolean;
	/** It is not what came in: so many secrets in it were replaced. */
	readonly secretsReplaced: number;
};

export type ImportFormat = 'har' | 'ndjson' | 'csv';

/**
 * A record's place in its tab's order: `created_at`, then `seq`, the order in which the store took it in.
 * Lists are ordered by it, newest first.
 */
export type Position = {readonly at: Instant; readonly seq: number};

/** A record in a list, with its place. */
export type Row<T extends Tab = Tab> = {readonly position: Position; readonly summary: SummaryOf[T]};

export type PageRequest<T extends Tab = Tab> = {
	readonly tab: T;
	/** Query text. */
	readonly query: string;
	/** Leaves out the tab's default query: rows around one record, all of the store. */
	readonly isWithoutDefault?: boolean;
	/** Towards older or newer records, from (not including) `from`; without it from that end of the order. */
	readonly direction: 'older' | 'newer';
	/** A position, or an instant: `older` then begins at records not later than it, `newer` at records not earlier. */
	readonly from?: Position | {readonly at: Instant};
	readonly limit: number;
	/** Further query text, ANDed: next failure, next search match. */
	readonly and?: string;
	/**
	 * Rows hold whole records (`RecordOf`), bodies uncut, in place of summaries. So that an answer stays small, it can
	 * then hold fewer rows than the limit while `next` is not null.
	 */
	readonly withContent?: boolean;
	/**
	 * Only records that the store took in after this `seq`, in that order whatever their time; `direction` is `newer` and
	 * `from` is absent. `next` is then never null: it holds the `seq` to ask from again, now or later, and the same
	 * `seq` as asked when nothing has come. `null` gives no rows, only the `next` from which those to come can be asked.
	 */
	readonly arrivedAfter?: number | null;
};

export type Page<T extends Tab = Tab> = {
	/** In the direction asked, nearest first. Can be fewer than the limit, none even, while `next` is not null. */
	readonly rows: ReadonlyArray<Row<T>>;
	/** Where to go on; null when nothing is left in that direction. */
	readonly next: Position | null;
};

export type CountRequest = {
	readonly tab: Tab;
	readonly query: string;
	readonly isWithoutDefault?: boolean;
	/** Counting stops there. */
	readonly cap: number;
	/** Goes on after an earlier answer's `next`. */
	readonly from?: Position;
};

export type Count = {
	readonly count: number;
	/** The cap was reached: there may be more. */
	readonly isCapped: boolean;
	/** Counting is not at its end: ask again from here, and add. */
	readonly next: Position | null;
};

/** A whole record; a log's bodies longer than `cutAt` are cut, and say so. */
export type RecordDetail = {
	readonly tab: Tab;
	readonly position: Position;
	readonly record: AnyRecord;
	/** For each body that was cut in this answer: its whole size in bytes. */
	readonly cut?: Readonly<Record<string, number>>;
	/** Of a background task that auditty carries out. */
	readonly tries?: {readonly made: number; readonly of: number; readonly lastError: string | null};
};

export type FacetRequest = {
	readonly tab: Tab;
	/** A query key that has facets. */
	readonly key: string;
	/** Only values that contain this, case-insensitively. */
	readonly contains?: string;
	readonly limit: number;
};

export type Facet = {
	readonly value: string;
	/** Where the value is shown by another name (an API key's). */
	readonly label?: string;
};

export type TimelineRequest = {
	readonly tab: Tab;
	readonly query: string;
	/** Leaves out the tab's default query: of all that is stored, where the query names no time. */
	readonly isWithoutDefault?: boolean;
	readonly buckets: number;
};

/** Records of the query's range by time. `buckets` are equal and in order of time. */
export type Timeline = {
	readonly from: Instant;
	/** Exclusive. */
	readonly before: Instant;
	readonly buckets: ReadonlyArray<{readonly total: number; readonly failures: number}>;
	/** Counts come from a sample or a part of the range. */
	readonly isPartial: boolean;
};

/** Something that belongs to a record: the task that a call started, the sendouts of a request, and back. */
export type Related = {
	readonly tab: Tab;
	readonly id: string;
	readonly relation: string;
	readonly title: string;
	/** It failed: a count of related records tells how many did. */
	readonly isFailure?: boolean;
};

export type Overview = {
	/** Whether anything is stored, and between which times. */
	readonly ranges: {readonly [T in Tab]: {readonly oldest: Instant; readonly newest: Instant} | null};
	/** Highest `seq` of each tab, and a counter that grows with each change of a record in place. */
	readonly revisions: {readonly [T in Tab]: number};
	/** Of auditty itself: what another system works on is not its work. */
	readonly runningTasks: readonly BackgroundTask[];
	readonly failedSendouts: number;
	readonly storeName: string;
	readonly isReadOnly: boolean;
};

/** Of the Voucherify project whose records are pulled. */
export type PullOverview = {
	/** Region and address, as a person reads them. */
	readonly project: string;
	/** Where the keys come from; null where there are none. */
	readonly keysFrom: string | null;
	/** Why no pull can run, beside missing keys. */
	readonly problem: string | null;
	readonly sources: readonly PulledSource[];
	/** Ranges of logs that are missing, the oldest first; both ends belong to them. */
	readonly gaps: ReadonlyArray<{readonly from: Instant; readonly until: Instant; readonly error: string; readonly failedAt: Instant}>;
	readonly last: BackgroundTask | null;
	/** `last` waits or runs. */
	readonly isRunning: boolean;
	/** The setting. */
	readonly every: string;
	readonly nextAt: Instant | null;
};

export type PulledSource = {
	readonly source: 'logs' | 'tasks' | 'exports';
	/** The range that was pulled; null while nothing was. */
	readonly reachedFrom: Instant | null;
	readonly reachedUntil: Instant | null;
	/** When it was pulled last without a failure, and how many records that added. */
	readonly pulledAt: Instant | null;
	readonly added: number;
	/** The failure since then. */
	readonly failedAt: Instant | null;
	readonly error: string | null;
};

export type View = {readonly tab: Tab; readonly name: string; readonly query: string};

/** Settings as they are in force. */
export type Settings = {
	readonly projectName: string | null;
	/** IANA zone. */
	readonly timezone: string;
	readonly retention: string;
	/** Names of API keys by their ID. */
	readonly keyNames: Readonly<Record<string, string>>;
	/** Further JSON keys and headers that hold secrets. */
	readonly redactKeys: readonly string[];
	/** All that is set, by name. */
	readonly all: Readonly<Record<string, string>>;
};

/** What the screen asks about endpoints, and what sends sendouts again. */
export type SendoutServices = {
	/** Every endpoint with how its deliveries go, the oldest first. */
	endpoints: () => Promise<readonly EndpointHealth[]>;
	/** The secret is in this answer only. Throws a UsageFault for a URL, event type or header that cannot be taken. */
	addEndpoint: (request: {readonly url: string; readonly events?: readonly string[]; readonly headers?: Readonly<Record<string, string>>}) => Promise<EndpointSecret>;
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
