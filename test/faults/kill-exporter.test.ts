import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {startExport} from '../../source/services/export/start-export.ts';
import {setSetting} from '../../source/services/project-settings.ts';
import {schedulePurge} from '../../source/services/purge/schedule-purge.ts';
import {insertLogs} from '../../source/store/logs/insert-logs.ts';
import {openStore} from '../../source/store/open-store.ts';
import {readRecord} from '../../source/store/query/read-record.ts';
import {makeLog} from '../helpers/make-log.ts';
import {readRfc4180} from '../helpers/read-rfc4180.ts';
import {startCli} from '../helpers/run-cli.ts';
import {fileUrl, temporaryDirectory} from '../helpers/temporary-store.ts';

/** 3 kills in `npm test`; `AUDITTY_FAULT_ROUNDS=100` for the whole. */
const rounds = Number(process.env['AUDITTY_FAULT_ROUNDS'] ?? 3);
const dayMs = 86_400_000;
const youngLogs = 10_000;
const oldLogs = 5000;

test(`${rounds} times a worker is killed while two of them export and purge: every file is whole, and no partial one was ever seen`, async context => {
	const home = temporaryDirectory(context);
	const url = fileUrl(path.join(home, 'auditty.db'));
	const store = await openStore({url, isReadOnly: false});
	context.after(async () => store.close());
	const now = (): number => Date.now();
	const body = `{"note":"${'x, "y"\n'.repeat(60)}"}`;
	const logs = (count: number, age: number, name: string) => Array.from({length: count}, (_, index) => makeLog({id: `log_${name}_${index}`, created_at: now() - age * dayMs - index, request_body: body, response_body: body}));
	await insertLogs(store, logs(oldLogs, 400, 'old'), {storedAt: now() - 399 * dayMs});
	await insertLogs(store, logs(youngLogs, 1, 'young'), {storedAt: now()});
	await setSetting(store, {key: 'retention', value: '90 days'});

	const exports = [];
	for (let index = 0; index < Math.max(2, Math.ceil(rounds / 4)); index++) {
		exports.push(await startExport({store, dataDirectory: home, now}, {tab: 'logs', query: 'since:30d', order: index % 2 === 0 ? 'created_at' : '-created_at'}));
	}

	await schedulePurge({store, now});
	const directory = path.join(home, 'exports');
	const seen = new Map<string, number>();
	const checkFiles = (): void => {
		for (const name of existsSync(directory) ? readdirSync(directory) : []) {
			const file = path.join(directory, name);
			// One of a try that came to nothing may go at any moment; none grows under its final name.
			const bytes = name.endsWith('.csv') ? statSync(file, {throwIfNoEntry: false})?.size : undefined;
			if (bytes === undefined) continue;
			if (seen.has(name)) {
				assert.equal(bytes, seen.get(name), name);
				continue;
			}

			seen.set(name, bytes);
			const text = existsSync(file) ? readFileSync(file, 'utf8') : null;
			if (text !== null) assert.equal(readRfc4180(text).length, youngLogs + 1, name);
		}
	};

	const options = {home, env: {AUDITTY_DB: url, AUDITTY_LEASE_MS: '1000'}};
	const start = () => startCli(['worker', '--until-idle'], options);
	let workers = [start(), start()];
	context.after(() => {
		for (const {child} of workers) child.kill('SIGKILL');
	});
	for (let round = 0; round < rounds; round++) {
		const [victim, survivor] = workers;
		assert(victim && survivor);
		await victim.nextLine();
		await Promise.race([victim.nextLine(), victim.ended]);
		await delay(Math.random() * 200);
		victim.child.kill('SIGKILL');
		await victim.ended;
		checkFiles();
		workers = [survivor, start()];
	}

	for (const worker of workers) {
		worker.child.stdout.resume();
		assert.deepEqual(await worker.ended, {code: 0, signal: null}, worker.stderr());
	}

	checkFiles();
	for (const {export: {id, order}} of exports) {
		const found = await readRecord(store, 'exports', id);
		assert.partialDeepStrictEqual(found?.record, {status: 'done', rows: youngLogs, error: null});
		const [plan] = await store.read('SELECT file FROM export_plans WHERE export_id = ?', [id]);
		const bytes = readFileSync(path.join(directory, String(plan?.file)));
		assert.partialDeepStrictEqual(found?.record, {bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex')});
		const ids = readRfc4180(bytes.toString()).slice(1).map(([logId]) => logId ?? '');
		assert.equal(new Set(ids).size, youngLogs);
		assert.equal(ids[order === 'created_at' ? youngLogs - 1 : 0], 'log_young_0');
	}

	assert.deepEqual(await store.read('SELECT count(*) AS count FROM logs'), [{count: youngLogs}]);
	assert.deepEqual(await store.read('SELECT count(*) AS count FROM log_contents'), [{count: youngLogs}]);
	assert.deepEqual(await store.read(`SELECT status, done_count FROM tasks WHERE type = 'LOGS.PURGE'`), [{status: 'done', done_count: oldLogs}]);
	assert.deepEqual(await store.read('PRAGMA integrity_check'), [{integrity_check: 'ok'}]);
});
