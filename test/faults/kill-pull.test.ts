import assert from 'node:assert/strict';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {type PullReport} from '../../source/services/pull/pull-report.ts';
import {openStore} from '../../source/store/open-store.ts';
import {eventually} from '../helpers/open-auditty.ts';
import {runCli, startCli} from '../helpers/run-cli.ts';
import {fileUrl, temporaryDirectory} from '../helpers/temporary-store.ts';
import {remoteExport, remoteLogs, remoteTask, startVoucherifyServer} from '../helpers/voucherify-server.ts';

/** 4 kills in `npm test`; with `AUDITTY_FAULT_ROUNDS=100` until it is through, at most 20. */
const rounds = Math.min(20, Number(process.env['AUDITTY_FAULT_ROUNDS'] ?? 4));
/** So many that a pull is not through before its first kills. */
const logCount = 2500 * rounds;

test(`a pull that is killed again and again (${rounds} times at most) goes on where it stopped: everything is there once, no window twice`, async context => {
	const server = await startVoucherifyServer(context);
	const home = temporaryDirectory(context);
	const now = Date.now();
	server.pageSize = 10;
	server.logs.push(...remoteLogs(logCount, {days: 6.9, now}).map(log => ({...log, response_body: JSON.stringify({note: 'x'.repeat(300)})})));
	server.tasks.push(...Array.from({length: 35}, (_, index) => remoteTask({id: `aa_${index}`, created_at: new Date(now - index * 3_600_000).toISOString()})));
	server.exports.push(...Array.from({length: 25}, (_, index) => remoteExport({id: `exp_remote${index}`, created_at: new Date(now - index * 86_400_000).toISOString()})));
	const options = {home, env: {...server.environment, AUDITTY_DB: fileUrl(path.join(home, 'auditty.db')), AUDITTY_LEASE_MS: '600'}};
	let kills = 0;
	let isThrough = false;
	while (kills < rounds && !isThrough) {
		const before = server.calls.length;
		const running = startCli(['pull'], options);
		context.after(() => running.child.kill('SIGKILL'));
		// Killed somewhere in the middle of what it had begun to ask.
		await eventually(() => server.calls.length > before + 2 || running.child.exitCode !== null, 'the pull asks the project');
		await delay(Math.random() * 1000 / rounds);
		running.child.kill('SIGKILL');
		const {code, signal} = await running.ended;
		isThrough = signal === null;
		assert.equal(isThrough ? code : signal, isThrough ? 0 : 'SIGKILL', running.stderr());
		kills += isThrough ? 0 : 1;
	}

	assert.ok(kills >= 3, `${kills} kills`);
	context.diagnostic(`${kills} kills`);
	if (!isThrough) {
		const {code, stderr} = await runCli(['pull'], options);
		assert.deepEqual([code, stderr], [0, '']);
	}

	const store = await openStore({url: options.env.AUDITTY_DB, isReadOnly: true});
	context.after(async () => store.close());
	assert.deepEqual(await store.read('SELECT count(*) AS count, count(DISTINCT id) AS ids FROM logs JOIN log_contents USING (seq)'), [{count: logCount, ids: logCount}]);
	assert.deepEqual(await store.read(`SELECT count(*) AS count FROM tasks WHERE origin = 'voucherify' AND result IS NOT NULL`), [{count: 35}]);
	assert.deepEqual(await store.read('SELECT count(*) AS count FROM exports'), [{count: 25}]);
	const [task, ...others] = await store.read(`SELECT status, result FROM tasks WHERE type = 'VOUCHERIFY.PULL'`);
	assert.deepEqual([task?.status, others], ['done', []]);
	assert.partialDeepStrictEqual(JSON.parse(String(task?.result)), {logs: {inserted: logCount, rejected: 0, gaps: [], error: null}, tasks: {error: null, unfinished: 0, without_result: 0}, exports: {error: null}});
	// Seven windows; one that was asked for and not noted when the process died may be asked for again.
	const posts = server.calls.filter(({method}) => method === 'POST').length;
	assert(posts <= 7 + kills, String(posts));
	const again = JSON.parse((await runCli(['pull', '--json'], options)).stdout) as PullReport;
	assert.deepEqual([again.logs.inserted, again.tasks.added, again.exports.added], [0, 0, 0]);
});
