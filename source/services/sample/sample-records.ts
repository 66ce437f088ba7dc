import {fieldsOf} from '../../domain/fields/field-tables.ts';
import {type Attempt, type BackgroundTask, type ExportRecord, type Sendout, type Tab} from '../../domain/records.ts';
import {readSampleLines, type SampleOptions} from './sample-files.ts';

export type SampleRecords = {
	readonly tasks: readonly BackgroundTask[];
	readonly exports: readonly ExportRecord[];
	readonly sendouts: readonly Sendout[];
};

const toInstant = (value: unknown): unknown => typeof value === 'string' ? Date.parse(value) : value;

/** A record of a data file, where instants are ISO 8601. */
function toRecord(tab: Exclude<Tab, 'logs'>, line: string): Record<string, unknown> {
	const record = JSON.parse(line) as Record<string, unknown>;
	for (const {name, type} of fieldsOf(tab)) {
		if (type === 'instant') {
			record[name] = toInstant(record[name]);
		}
	}

	return record;
}

const withInstants = (attempt: Attempt): Attempt => ({...attempt, started_at: toInstant(attempt.started_at) as number});

/** The sample project's background tasks, exports and sendouts, as if the recording had ended at `until`. */
export async function readSampleRecords(options: SampleOptions): Promise<SampleRecords> {
	const [tasks, exports, sendouts] = await Promise.all(['tasks.ndjson', 'exports.ndjson', 'sendouts.ndjson'].map(async file => readSampleLines(options, file)));
	return {
		tasks: (tasks ?? []).map(line => toRecord('tasks', line) as BackgroundTask),
		exports: (exports ?? []).map(line => toRecord('exports', line) as ExportRecord),
		sendouts: (sendouts ?? []).map(line => {
			const sendout = toRecord('sendouts', line) as Sendout;
			return {...sendout, attempt_log: sendout.attempt_log.map(attempt => withInstants(attempt))};
		}),
	};
}
