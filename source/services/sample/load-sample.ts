import {type Instant} from '../../domain/records.ts';
import {insertRecord} from '../../store/query/stored-record.ts';
import {insertAttempts} from '../../store/sendouts/insert-attempts.ts';
import {type Statement, type Store} from '../../store/store.ts';
import {type ImportReport} from '../import/import-report.ts';
import {importLogs, type ImportOptions} from '../import/import-logs.ts';
import {findSampleDirectory} from './sample-directory.ts';
import {readSampleSettings} from './sample-files.ts';
import {readSampleRecords} from './sample-records.ts';
import {sampleSource} from './sample-source.ts';

const untilKey = 'sample.until';
const dayMs = 86_400_000;
const secondMs = 1000;
const statementsAtOnce = 200;

export type LoadSampleOptions = Omit<ImportOptions, 'source'> & {
	/** Where the data files are, when not where they are installed. */
	readonly directory?: string;
};

/**
 * Loads the sample project so that it ends now. Loaded again within a day it has the same times and IDs, and adds
 * nothing; later it comes in anew beside the old. Name and time zone of the project are set in an empty store only,
 * names of keys where they have none. Throws a `Fault` when the files are missing or the store cannot be written.
 * @returns What became of the logs.
 */
export async function loadSample(options: LoadSampleOptions): Promise<ImportReport> {
	const {store, now, directory = findSampleDirectory()} = options;
	const until = await settle(store, now(), directory);
	const report = await importLogs({...options, source: await sampleSource({directory, until})});
	const {tasks, exports, sendouts} = await readSampleRecords({directory, until});
	const statements = [
		...tasks.flatMap(task => insertRecord('tasks', task)),
		...exports.flatMap(record => insertRecord('exports', record)),
		...sendouts.flatMap(sendout => [...insertRecord('sendouts', sendout), ...insertAttempts(sendout)]),
	];
	for (let start = 0; start < statements.length; start += statementsAtOnce) {
		await store.write(statements.slice(start, start + statementsAtOnce), {durability: 'relaxed'});
	}

	return report;
}

/** Settles when the sample ends, and remembers it before anything is loaded, so that a load that was cut off is completed by the next. */
async function settle(store: Store, now: Instant, directory: string): Promise<Instant> {
	const [state] = await store.read<{until: string | null; is_empty: number}>(`SELECT (SELECT value FROM settings WHERE key = ?) AS until, NOT EXISTS (SELECT 1 FROM logs) AS is_empty`, [untilKey]);
	const earlier = Date.parse(state?.until ?? '');
	if (earlier <= now && now - earlier < dayMs) {
		return earlier;
	}

	const until = Math.floor(now / secondMs) * secondMs;
	const {settings} = await readSampleSettings(directory);
	const own = Object.entries(settings).filter(([key]) => state?.is_empty === 1 || key.startsWith('keys.'));
	await store.write([
		...own.map(([key, value]): Statement => ({sql: 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING', args: [key, value]})),
		{sql: 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', args: [untilKey, new Date(until).toISOString()]},
	]);
	return until;
}
