import {type BackgroundTask, type ExportRecord, type Tab} from '../../domain/records.ts';

/** Exports, and the files that belong to records. */
export type ExportServices = {
	/** Creates an export and the background task that makes its file; a worker carries it out. Throws a UsageFault for a bad query or field. */
	startExport: (request: ExportRequest) => Promise<StartedExport>;
	/**
	 * The file of an export, or the original of an import, by the ID of the export, the task or a log. The file of an
	 * export of the Voucherify project is fetched when it is not here yet, which may take long. Throws a Fault that says why there is none.
	 */
	download: (request: {readonly id: string}, signal?: AbortSignal) => Promise<Download>;
	/** Copies that file, whole or not at all, with mode 0600. Throws a Fault when the target exists, unless `isForced`. */
	saveDownload: (request: {readonly id: string; readonly to: string; readonly isForced?: boolean}, signal?: AbortSignal) => Promise<Download>;
};

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
