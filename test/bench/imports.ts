import {createClient} from '@libsql/client';
import {statSync} from 'node:fs';
import path from 'node:path';
import {type Log} from '../../source/domain/records.ts';
import {openStore} from '../../source/store/open-store.ts';
import {type Bench} from './context.ts';
import {type Figure} from './figures.ts';
import {generateLogs, inBatches} from './generator/logs.ts';
import {writeLogFile} from './generator/write-files.ts';
import {builtCli, buildOnce, runNode} from './run-program.ts';

/** More would only take longer. */
const mostLogs = 100_000;

const rowColumns = ['id', 'created_at', 'status', 'outcome', 'request_id', 'channel', 'method', 'endpoint', 'url', 'user_email', 'customer', 'campaign', 'incentive', 'app_id', 'client_app_id', 'request_duration', 'task_id', 'error_key'] as const;
const contentColumns = ['request_headers', 'response_headers', 'request_body', 'response_body'] as const;

/** The same rows as JSON that lies ready, into the same tables and indexes, with nothing read, derived or redacted. */
async function bareInserts(logs: readonly Log[], file: string): Promise<number> {
	await (await openStore({url: `file:${file}`, isReadOnly: false, home: path.dirname(file)})).close();
	const chunks = [...inBatches(logs, 500)].map((chunk, index) => ({
		first: index * 500 + 1,
		rows: JSON.stringify(chunk.map(log => rowColumns.map(column => log[column]))),
		contents: JSON.stringify(chunk.map(log => contentColumns.map(column => log[column]))),
	}));
	const client = createClient({url: `file:${file}`});
	await client.executeMultiple('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32000;');
	const from = (columns: readonly string[]): string => columns.map((_, index) => `value ->> ${index}`).join(', ');
	const start = performance.now();
	for (const {first, rows, contents} of chunks) {
		await client.batch([
			{sql: `INSERT INTO logs (seq, stored_at, ${rowColumns.join(', ')}) SELECT key + ${first}, 0, ${from(rowColumns)} FROM json_each(?)`, args: [rows]},
			{sql: `INSERT INTO log_contents (seq, ${contentColumns.join(', ')}) SELECT key + ${first}, ${from(contentColumns)} FROM json_each(?)`, args: [contents]},
		], 'write');
	}

	const ms = performance.now() - start;
	client.close();
	return ms;
}

/** `auditty import` from start to end, as a person runs it. */
export const importBench: Bench = {
	name: 'import',
	async run({count: wanted, scratch, onProgress}) {
		buildOnce();
		const count = Math.min(wanted, mostLogs);
		const logs = [...generateLogs({count, until: Date.now(), seed: 2})];
		const bare = (count / await bareInserts(logs, path.join(scratch, 'bare', 'store.db'))) * 1000;
		const figures: Figure[] = [];
		for (const format of ['ndjson', 'csv', 'har'] as const) {
			const file = path.join(scratch, `logs.${format}`);
			await writeLogFile(logs, format, file);
			onProgress(`importing ${(statSync(file).size / 1e6).toFixed(0)} MB of ${format}`);
			const home = path.join(scratch, format);
			const {ms, peakMb} = await runNode([builtCli, 'import', file], {AUDITTY_HOME: home});
			const {output} = await runNode([builtCli, 'logs', '--count', '--json', 'since:365d'], {AUDITTY_HOME: home});
			if (!output.includes(String(count))) {
				throw new Error(`${count} logs went in, ${output.trim()} are there`);
			}

			figures.push(
				{bench: 'import', name: `${format}, ${count.toLocaleString('en-US')} logs`, value: (count / ms) * 1000, unit: 'logs/s', ratioBudget: 0.5, baseline: {name: 'bare json_each', value: bare}},
				{bench: 'import', name: `${format}, peak memory`, value: peakMb, unit: 'MB', budget: 250},
			);
		}

		return figures;
	},
};
