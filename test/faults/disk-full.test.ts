import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {openStore} from '../../source/store/open-store.ts';
import {runCli, runShell} from '../helpers/run-cli.ts';
import {fileUrl, temporaryDirectory} from '../helpers/temporary-store.ts';

const count = 6000;
const body = JSON.stringify({note: 'x'.repeat(1500)});

test('when a file may grow no more, an import ends with one clear error, what was stored is whole, and with room the rest comes in', async context => {
	const home = temporaryDirectory(context);
	const file = path.join(home, 'logs.ndjson');
	writeFileSync(file, Array.from({length: count}, (_, index) => `${JSON.stringify({id: `log_${index}`, created_at: '2026-11-22T10:00:00.000Z', status: 200, method: 'GET', url: 'https://shop.example/v1/orders', request_body: body})}\n`).join(''));
	assert.equal((await runCli(['settings', 'originals', 'none'], {home})).code, 0);

	// In KiB, of each file that the process writes.
	const stopped = await runShell(`ulimit -f 6000; auditty import '${file}'`, {home});
	assert.equal(stopped.code, 1);
	assert.match(stopped.stderr, /^auditty: the disk (?:is full|reported an error) \([^\n]*\), [^\n]*free[^\n]*\n$/m);
	const store = await openStore({url: fileUrl(path.join(home, 'auditty.db')), isReadOnly: false});
	context.after(async () => store.close());
	const stored = Number((await store.read('SELECT count(*) AS logs FROM logs JOIN log_contents USING (seq) WHERE request_body = ?', [body]))[0]?.logs);
	assert.ok(stored > 0 && stored < count, `${stored} logs`);
	assert.deepEqual(await store.read('SELECT count(*) AS logs FROM logs'), [{logs: stored}]);
	assert.deepEqual(await store.read('PRAGMA integrity_check'), [{integrity_check: 'ok'}]);
	assert.deepEqual(await store.read('SELECT status, error IS NULL AS is_silent FROM tasks'), [{status: 'failed', is_silent: 0}]);

	const [task] = await store.read('SELECT id FROM tasks');
	assert.equal((await runCli(['task', 'rerun', String(task?.id)], {home})).code, 0);
	assert.equal((await runCli(['worker', '--until-idle'], {home})).code, 0);
	assert.deepEqual(await store.read('SELECT count(*) AS logs FROM logs'), [{logs: count}]);
	assert.deepEqual(await store.read('SELECT status FROM tasks'), [{status: 'done'}]);
});
