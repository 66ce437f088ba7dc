import {cpSync, mkdirSync} from 'node:fs';
import path from 'node:path';
import {startInPty} from '../helpers/pty.ts';
import {type Bench} from './context.ts';
import {median, percentile} from './figures.ts';
import {generateLogs} from './generator/logs.ts';
import {writeLogFile} from './generator/write-files.ts';
import {moveMany, populated, upAndDown} from './press-keys.ts';
import {builtCli, buildOnce, runNode} from './run-program.ts';

const importedLogs = 100_000;
const keys = 200;

/** The screen while its worker imports and exports: on a copy of the store, which both change. */
export const busyScreenBench: Bench = {
	name: 'busy-screen',
	async run({store, scratch, onProgress}) {
		buildOnce();
		const {file} = await store();
		const home = path.join(scratch, 'home');
		mkdirSync(home, {mode: 0o700});
		cpSync(file, path.join(home, 'auditty.db'));
		const imported = path.join(scratch, 'logs.ndjson');
		await writeLogFile([...generateLogs({count: importedLogs, until: Date.now(), seed: 5})], 'ndjson', imported);
		const environment = {AUDITTY_HOME: home};
		await runNode([builtCli, 'import', '--detach', imported], environment);
		await runNode([builtCli, 'export', '--detach', 'since:3650d'], environment);
		const session = startInPty({command: ['node', builtCli], columns: 200, rows: 50, env: environment});
		try {
			await session.screen.waitFor(populated);
			await session.screen.waitFor(/Background Tasks +◐ 2/);
			onProgress('pressing keys while an import and an export run');
			const times = await moveMany(session, upAndDown, keys);
			if (!/Background Tasks +◐/.test(session.screen.frame())) {
				throw new Error('import and export ended before the keys were pressed: take a larger --size');
			}

			return [
				{bench: 'busy screen', name: 'key to frame beside import and export, median', value: median(times), unit: 'ms', budget: 10},
				{bench: 'busy screen', name: 'key to frame beside import and export, p99', value: percentile(times, 0.99), unit: 'ms', budget: 33},
			];
		} finally {
			await session.close();
		}
	},
};
