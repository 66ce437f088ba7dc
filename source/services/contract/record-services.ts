import {type AnyRecord, type BackgroundTask, type Instant, type Tab, type SummaryOf} from '../../domain/records.ts';
import {type Hold} from '../../domain/webhooks/hold.ts';

/** Looking at records: pages, counts, one record, and what a list shows of all of them. */
export type RecordServices = {
	page: <T extends Tab>(request: PageRequest<T>, signal?: AbortSignal) => Promise<Page<T>>;
	count: (request: CountRequest, signal?: AbortSignal) => Promise<Count>;
	/** `isWhole` gives bodies uncut. */
	record: (request: {readonly tab: Tab; readonly id: string; readonly isWhole?: boolean}, signal?: AbortSignal) => Promise<RecordDetail | null>;
	facets: (request: FacetRequest, signal?: AbortSignal) => Promise<readonly Facet[]>;
	timeline: (request: TimelineRequest, signal?: AbortSignal) => Promise<Timeline>;
	related: (request: {readonly tab: Tab; readonly id: string}, signal?: AbortSignal) => Promise<readonly Related[]>;
	overview: (signal?: AbortSignal) => Promise<Overview>;
};

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
	/** Of a sendout that waits: its endpoint gets nothing until then, or, with null, until it is enabled. */
	readonly hold?: Hold;
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
