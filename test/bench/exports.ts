import {createWriteStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {Readable} from 'node:stream';
import {stringify} from 'csv-stringify';
import {defaultExportFields} from '../../source/domain/fields/exportable.ts';
import {type Log} from '../../source/domain/records.ts';
import {type Bench} from './context.ts';
import {generateLogs} from './generator/logs.ts';
import {builtCli, buildOnce, runNode} from './run-program.ts';
import {writeLogFile} from './generator/write-files.ts';

/** More would only take longer: memory does not grow with them. */
const mostLogs = 100_000;

const cellOf = (value: unknown): string | number | null => value === null || typeof value === 'number' ? value : (typeof value === 'string' ? value : JSON.stringify(value) ?? null);

/** The same rows, at hand, through the same library into a file. */
const bareCsv = async (logs: readonly Log[], file: string): Promise<number> => {
	const fields = defaultExportFields('logs');
	const rows = logs.map(log => fields.map(field => cellOf((log as unknown as Readonly<Record<string, unknown>>)[field])));
	const start = performance.now();
	await pipeline(Readable.from(rows), stringify({header: true, columns: [...fields], record_delimiter: 'windows'}), createWriteStream(file));
	return performance.now() - start;
};

/** `auditty export` of every log with the default fields, from start to end, as a person runs it. */
export const exportBench: Bench = {
	name: 'export',
	async run({count: wanted, scratch, onProgress}) {
		buildOnce();
		const count = Math.min(wanted, mostLogs);
		const logs = [...generateLogs({count, until: Date.now(), seed: 3})];
		const bare = (count / await bareCsv(logs, path.join(scratch, 'bare.csv'))) * 1000;
		const file = path.join(scratch, 'logs.ndjson');
		await writeLogFile(logs, 'ndjson', file);
		const environment = {AUDITTY_HOME: path.join(scratch, 'home')};
		await runNode([builtCli, 'import', file], environment);
		const target = path.join(scratch, 'export.csv');
		const {ms, peakMb} = await runNode([builtCli, 'export', 'since:3650d', '--output', target], environment);
		onProgress(`exported ${((await stat(target)).size / 1e6).toFixed(0)} MB`);
		return [
			{bench: 'export', name: `${count.toLocaleString('en-US')} logs`, value: (count / ms) * 1000, unit: 'logs/s', budget: 50_000, baseline: {name: 'bare csv-stringify', value: bare}},
			{bench: 'export', name: 'peak memory', value: peakMb, unit: 'MB', budget: 250},
		];
	},
};
