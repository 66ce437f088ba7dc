import assert from 'node:assert/strict';
import {readFileSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {type BackgroundTask} from '../../../source/domain/records.ts';
import {findDownload} from '../../../source/services/downloads/find-download.ts';
import {setSetting} from '../../../source/services/project-settings.ts';
import {startImport} from '../../../source/services/import/start-import.ts';
import {type Store} from '../../../source/store/store.ts';
import {importLogsTask} from '../../../source/worker/tasks/import-logs-task.ts';
import {type TaskOutcome} from '../../../source/worker/tasks/task-handler.ts';
import {temporaryDirectory, temporaryStore} from '../../helpers/temporary-store.ts';
import {hostileFiles} from '../../intake/hostile-files.ts';

const now = (): number => Date.UTC(2026, 10, 22, 12);

class Killed extends Error {}

type Tries = {readonly store: Store; readonly task: BackgroundTask; readonly home: string};

/** One try; killed before it writes its chunk of that number, from 0. Gives the checkpoint that each chunk was written with. */
const attempt = async ({store, task, home}: Tries, {fence, cursor, killedAt = Infinity}: {readonly fence: number; readonly cursor: unknown; readonly killedAt?: number}): Promise<{readonly outcome: TaskOutcome | null; readonly checkpoints: readonly unknown[]}> => {
	const checkpoints: unknown[] = [];
	try {
		const outcome = await importLogsTask({store, now, dataDirectory: home})({
			task, signal: new AbortController().signal,
			job: {id: task.id, type: task.type, lane: '', fence, attempt: 1, maxAttempts: 10, cursor},
			guard(checkpoint) {
				if (checkpoints.length === killedAt) throw new Killed();
				checkpoints.push(JSON.parse(JSON.stringify(checkpoint?.())));
				return [];
			},
			progress() {
				// Nobody looks.
			},
		});
		await store.write(outcome.effects ?? []);
		return {outcome, checkpoints};
	} catch (error) {
		if (!(error instanceof Killed)) throw error;
		return {outcome: null, checkpoints};
	}
};

const setUp = async (context: TestContext, {name, content, earlier}: {readonly name: string; readonly content: Buffer; readonly earlier?: Buffer}): Promise<Tries & {readonly file: string}> => {
	const store = await temporaryStore(context);
	const home = temporaryDirectory(context);
	const file = path.join(home, name);
	writeFileSync(file, content);
	if (earlier !== undefined) {
		const known = path.join(home, 'known');
		writeFileSync(known, earlier);
		await attempt({store, home, task: await startImport({store, now}, {path: known})}, {fence: 1, cursor: null});
	}

	return {store, home, file, task: await startImport({store, now}, {path: file})};
};

const stored = (store: Store): Promise<readonly unknown[]> =>
	store.read('SELECT id, created_at, status, request_body, response_body, import_task_id IS NOT NULL AS is_imported FROM logs JOIN log_contents USING (seq) ORDER BY seq');

/** From the first record on to there, all that the file held is gone. */
const forget = (file: string, from: number, to: number): void => {
	const {atime, mtime} = statSync(file);
	const content = readFileSync(file);
	writeFileSync(file, content.fill('#', from, to));
	utimesSync(file, atime, mtime);
};

const offsetIn = (checkpoint: unknown): number => (checkpoint as {readonly resumption: {readonly at: {readonly offset: number}}}).resumption.at.offset;

const known = hostileFiles(30);
for (const [index, {format, content, isWhole}] of hostileFiles(1700).entries()) {
	// The last one is too short for two chunks.
	if (index >= 12) continue;
	const mark = content[0] === 0xef ? ' with a byte order mark' : '';
	test(`an import of ${format}${mark}${isWhole ? '' : ' that is cut off'}, killed before any chunk, goes on after its checkpoint and ends as if it had not been`, async context => {
		const earlier = known[index]?.content ?? Buffer.alloc(0);
		const set = async (): ReturnType<typeof setUp> => {
			const made = await setUp(context, {name: 'a', content, earlier});
			await setSetting(made.store, {key: 'originals', value: 'none'});
			utimesSync(made.file, 1_700_000_000, 1_700_000_000);
			return made;
		};

		const unkilled = await set();
		const whole = await attempt(unkilled, {fence: 1, cursor: null});
		const rows = await stored(unkilled.store);
		assert.ok(whole.checkpoints.length >= 3);
		assert.ok(rows.length > 1000);
		for (let killedAt = 1; killedAt < whole.checkpoints.length; killedAt++) {
			// Not every chunk comes with a checkpoint: the one before it may be the last.
			for (const written of [killedAt - 1, killedAt - 2].filter(chunk => chunk >= 0)) {
				const tries = await set();
				const first = await attempt(tries, {fence: 1, cursor: null, killedAt});
				const cursor = first.checkpoints[written];
				assert.deepEqual({...cursor as object, resumption: null}, {...whole.checkpoints[written] as object, resumption: null});
				// The headings stay, and what shows that it is a HAR file.
				forget(tries.file, format === 'har' ? content.indexOf('entries') + 12 : content.indexOf('\n') + 1, offsetIn(cursor));
				const second = await attempt(tries, {fence: 2, cursor});
				assert.deepEqual(second.outcome?.result, whole.outcome?.result);
				assert.deepEqual(await stored(tries.store), rows);
			}
		}
	});
}

test('the original of an import that was killed is whole, and without the secrets that were found before', async context => {
	const lines = Array.from({length: 1200}, (_, index) => `${JSON.stringify({id: `log_${index}`, created_at: now(), status: 200, request_headers: index < 600 ? {'X-App-Token': `token-of-${index}-c0ffee`} : {}, request_body: 'x'.repeat(50)})}\n`);
	const unkilled = await setUp(context, {name: 'a.ndjson', content: Buffer.from(lines.join(''))});
	const whole = await attempt(unkilled, {fence: 1, cursor: null});
	const tries = await setUp(context, {name: 'a.ndjson', content: Buffer.from(lines.join(''))});
	const {checkpoints} = await attempt(tries, {fence: 1, cursor: null, killedAt: 2});
	const second = await attempt(tries, {fence: 2, cursor: checkpoints[1]});
	assert.partialDeepStrictEqual(second.outcome?.result, {inserted: 1200, duplicates: 0, secrets_replaced: 600, original: {secrets_replaced: 600}});
	assert.equal((second.outcome?.result as {bytes_read: number}).bytes_read, (whole.outcome?.result as {bytes_read: number}).bytes_read);
	const {path: file} = await findDownload({store: tries.store, dataDirectory: tries.home, now}, {id: 'log_7'});
	const text = readFileSync(file ?? '', 'utf8');
	assert.equal(text.replaceAll(/\[redacted [0-9a-f]{8}\]/g, ''), lines.join('').replaceAll(/token-of-\d+-c0ffee/g, ''));
});

test('a file that was changed after the kill is read from its start, and what was stored before counts once', async context => {
	const line = (index: number): string => `${JSON.stringify({id: `log_${index}`, created_at: now(), status: 200})}\n`;
	const tries = await setUp(context, {name: 'a.ndjson', content: Buffer.from(Array.from({length: 1200}, (_, index) => line(index)).join(''))});
	const {checkpoints} = await attempt(tries, {fence: 1, cursor: null, killedAt: 2});
	writeFileSync(tries.file, Array.from({length: 1201}, (_, index) => line(1200 - index)).join(''));
	const {outcome} = await attempt(tries, {fence: 2, cursor: checkpoints[1]});
	assert.partialDeepStrictEqual(outcome?.result, {read: 1201, inserted: 1201, duplicates: 0, original: {name: 'a.ndjson'}});
});
