import {type ImportReport} from '../import/import-report.ts';

/** A range of logs that could not be pulled; instants are ISO 8601. */
export type ReportedGap = {readonly from: string; readonly until: string; readonly error: string};

/** What a pull has done so far, and at its end. Plain JSON: it becomes the result of the background task. */
export type PullReport = {
	readonly logs: Pick<ImportReport, 'read' | 'inserted' | 'duplicates' | 'rejected' | 'rejections' | 'secrets_replaced'> & {
		/** Ranges that were exported, each with one call for all of its logs. */
		readonly windows: number;
		readonly gaps: readonly ReportedGap[];
		readonly error: string | null;
	};
	readonly tasks: {
		readonly read: number;
		readonly added: number;
		readonly changed: number;
		/** Not at their end yet: the next pull asks for them again. */
		readonly unfinished: number;
		/** Their results are left to the next pull, since few calls are left. */
		readonly without_result: number;
		readonly error: string | null;
	};
	readonly exports: {
		readonly read: number;
		readonly added: number;
		readonly changed: number;
		readonly error: string | null;
	};
};

export const emptyReport: PullReport = {
	logs: {windows: 0, read: 0, inserted: 0, duplicates: 0, rejected: 0, rejections: [], secrets_replaced: 0, gaps: [], error: null},
	tasks: {read: 0, added: 0, changed: 0, unfinished: 0, without_result: 0, error: null},
	exports: {read: 0, added: 0, changed: 0, error: null},
};

/** Why sources could not be pulled to their end, each once. */
export const reportedErrors = ({logs, tasks, exports}: PullReport): readonly string[] =>
	[...new Set([logs.error, tasks.error, exports.error].filter(error => error !== null))];

/** Whether all that the project has, and was asked for, is here. */
export const isWhole = (report: PullReport): boolean => reportedErrors(report).length === 0 && report.logs.gaps.length === 0;
