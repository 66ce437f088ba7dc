import {type Readable} from 'node:stream';
import {Fault} from '../../domain/fault.ts';
import {type ExportStatus, type Instant, type ProcessingStatus, type TaskStatus} from '../../domain/records.ts';

/** What the project answered instead of what it was asked for. */
export type RefusalKind =
	/** The keys, the plan or the region do not allow it: asking again does not help. */
	| 'access'
	/** No more calls for hours. */
	| 'limit'
	/** No answer came. */
	| 'unreachable'
	/** It does not take this request. */
	| 'request'
	/** It failed, several times. */
	| 'server';

/** Says what the project answered, without a word of its own: that could hold a secret. */
export class VoucherifyFault extends Fault {
	override readonly name = 'VoucherifyFault';
	readonly kind: RefusalKind;

	constructor(kind: RefusalKind, message: string, remedy: string) {
		super(message, {remedy});
		this.kind = kind;
	}
}

/** A background task of the project. What a list leaves out is undefined. */
export type RemoteTask = {
	readonly id: string;
	readonly type: string;
	readonly status: TaskStatus;
	readonly processingStatus: ProcessingStatus;
	readonly progress: number;
	readonly createdAt: Instant;
	readonly updatedAt: Instant | null;
	readonly processingTime: number | null;
	readonly requestId: string | null;
	readonly user: string | null | undefined;
	readonly logId: string | null | undefined;
	/** JSON value. */
	readonly result: unknown;
	readonly doneCount: number | undefined;
	readonly failedCount: number | undefined;
	readonly error: string | null;
};

/** An export of the project. */
export type RemoteExport = {
	readonly id: string;
	readonly resource: string;
	readonly status: ExportStatus;
	/** Null where it is not given. */
	readonly createdAt: Instant | null;
	readonly user: string | null;
	readonly query: string | null;
	readonly fields: readonly string[];
	readonly order: string | null;
	/** Holds a token: never shown, never stored. */
	readonly downloadUrl: string | null;
	/** auditty made it, to read logs. */
	readonly isOwn: boolean;
};

export type RemotePage<T> = {
	readonly items: readonly T[];
	readonly hasMore: boolean;
	/** Of all pages; null where it is not told. */
	readonly total: number | null;
};

/** Calls that are left until the limit of the project begins anew, as its last answer said. */
export type Allowance = {readonly remaining: number; readonly limit: number};

/**
 * A Voucherify project. Every call waits as its limits demand, tries again what may pass, and throws a `VoucherifyFault`
 * when that did not help, or the signal's reason.
 */
export type VoucherifyApi = {
	/** Schedules an export of the logs that occurred from `from` to `until`, both included, without those of auditty's own calls. */
	readonly createLogExport: (window: {readonly from: Instant; readonly until: Instant}, signal: AbortSignal) => Promise<RemoteExport>;
	/** Null when there is none of this ID. */
	readonly export: (id: string, signal: AbortSignal) => Promise<RemoteExport | null>;
	/** The newest first; pages count from 1. */
	readonly exports: (page: number, signal: AbortSignal) => Promise<RemotePage<RemoteExport>>;
	/** Null when there is none of this ID. */
	readonly task: (id: string, signal: AbortSignal) => Promise<RemoteTask | null>;
	/** The newest first, not later than `endDate`. */
	readonly tasks: (endDate: Instant | null, signal: AbortSignal) => Promise<RemotePage<RemoteTask>>;
	/** The file of an export, as it comes. */
	readonly download: (url: string, signal: AbortSignal) => Promise<Readable>;
	/** Null while no answer has told. */
	readonly allowance: () => Allowance | null;
	/** How far the project's clock is ahead of this machine's, as its last answer told; 0 while none has, and for a few seconds. */
	readonly clockAheadMs: () => number;
	readonly close: () => Promise<void>;
};
