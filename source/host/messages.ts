import {type SentFault} from '../domain/sent-fault.ts';
import {type RecordSettings} from '../services/recording/record-settings.ts';
import {type Overview, type Services} from '../services/services.ts';

/** To a child process. The first message is `open`: what it works on (never on its command line, where others see it). */
export type ToChild =
	| {readonly kind: 'open'; readonly opening: unknown}
	| {readonly kind: 'call'; readonly id: number; readonly method: keyof Services; readonly arguments: readonly unknown[]}
	/** The answer is no longer wanted. A call that has not begun is dropped. */
	| {readonly kind: 'cancel'; readonly id: number}
	| {readonly kind: 'watch'; readonly isWatching: boolean}
	/** Exchanges to be stored: what they hold beside bodies as JSON, and the bodies that it counts. */
	| {readonly kind: 'record'; readonly exchanges: string; readonly bodies: readonly Uint8Array[]};

/** From a child process. */
export type FromChild =
	| {readonly kind: 'ready'}
	/** It cannot open the store, and starting it again would not help. */
	| {readonly kind: 'refused'; readonly fault: SentFault}
	| {readonly kind: 'result'; readonly id: number; readonly result?: unknown}
	| {readonly kind: 'fault'; readonly id: number; readonly fault: SentFault}
	| {readonly kind: 'changed'; readonly revisions: Overview['revisions']}
	/** How exchanges are to be kept, at the start and whenever the settings change. */
	| {readonly kind: 'record-settings'; readonly settings: RecordSettings}
	/** So many more of the exchanges that were sent are settled, in their order; `refused` of them could not be stored. */
	| {readonly kind: 'recorded'; readonly count: number; readonly refused: number}
	/** The store cannot be written for now; null when it can again. */
	| {readonly kind: 'record-fault'; readonly message: string | null};

/**
 * Whether a call may simply be asked again when the process ended before it answered. What creates something may not:
 * it could be there already.
 */
export const isRepeatable = {
	page: true,
	count: true,
	record: true,
	facets: true,
	timeline: true,
	related: true,
	overview: true,
	settings: true,
	setSetting: true,
	views: true,
	saveView: true,
	removeView: true,
	cancelTask: true,
	rerunTask: false,
	completePath: true,
	startImport: false,
	startSample: false,
	startExport: false,
	download: true,
	pulls: true,
	startPull: true,
	saveDownload: false,
	browseOpen: true,
	browseStep: true,
	browseRows: true,
	browseRow: true,
	browseFind: true,
	browseSave: false,
	endpoints: true,
	addEndpoint: false,
	setEndpointActive: true,
	rotateSecret: false,
	removeEndpoint: false,
	testEndpoint: false,
	planRetry: true,
	startRetry: false,
	retrySendout: false,
	planReplay: true,
	startReplay: false,
} as const satisfies Record<keyof Services, boolean>;
