import {hash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {insertLogs} from '../../../source/store/logs/insert-logs.ts';
import {migrations} from '../../../source/store/migrations/migrations.ts';
import {openStore} from '../../../source/store/open-store.ts';
import {generateLogs, generatorVersion, inBatches} from './logs.ts';

/** Where the stores of the bench are kept between runs. Deleting it costs no more than time. */
export const benchDirectory = path.join(os.tmpdir(), 'auditty-bench');

export type BenchStore = {
	/** A data directory of its own. */
	readonly home: string;
	readonly file: string;
	/** Epoch ms of the newest log. */
	readonly until: number;
};

const hourMs = 3_600_000;
/** A store whose newest log is older than this is made anew: the default query asks for the last day. */
const usefulForMs = 12 * hourMs;

/** A store with so many generated logs that end about now, from an earlier run where there is one. */
export async function benchStore(count: number, onProgress: (text: string) => void): Promise<BenchStore> {
	const version = hash('sha256', JSON.stringify([migrations, generatorVersion])).slice(0, 8);
	const home = path.join(benchDirectory, `logs-${count}-${version}`);
	const file = path.join(home, 'store.db');
	const untilFile = path.join(home, 'until');
	const kept = existsSync(untilFile) ? Number(readFileSync(untilFile, 'utf8')) : 0;
	if (Date.now() - kept < usefulForMs) {
		return {home, file, until: kept};
	}

	// Those of earlier schemas go too.
	for (const name of existsSync(benchDirectory) ? readdirSync(benchDirectory) : []) {
		if (name.startsWith(`logs-${count}-`)) {
			rmSync(path.join(benchDirectory, name), {recursive: true});
		}
	}

	mkdirSync(home, {recursive: true, mode: 0o700});
	const until = Math.floor(Date.now() / hourMs) * hourMs;
	const store = await openStore({url: `file:${file}`, isReadOnly: false, home});
	let done = 0;
	for (const batch of inBatches(generateLogs({count, until}), 500)) {
		await insertLogs(store, batch, {storedAt: until});
		done += batch.length;
		if (done % 100_000 === 0) {
			onProgress(`made ${done} of ${count} logs`);
		}
	}

	await store.close();
	// Written last: a store without it was never finished.
	writeFileSync(untilFile, String(until));
	return {home, file, until};
}
