import assert from 'node:assert/strict';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {openStore} from '../../source/store/open-store.ts';
import {descendantsOf, eventually, openAuditty} from '../helpers/open-auditty.ts';
import {startReceiver} from '../helpers/receiver.ts';
import {runCli} from '../helpers/run-cli.ts';
import {seedHome} from '../helpers/seed-home.ts';
import {fileUrl} from '../helpers/temporary-store.ts';

/** A shell whose prompt comes back after auditty. */
const shell = ['sh', '-c', '"$@"; echo "left with $?, over"; read -r line', 'sh'];

const isRunning = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
};

test('the terminal is back while webhooks are still being sent: one that is answered then is recorded, one that hangs is given back, and the worker ends', async context => {
	const home = await seedHome(context, {logs: [{id: 'log_1', created_at: Date.now()}]});
	const quit = Promise.withResolvers<void>();
	const late = await startReceiver(context, response => void quit.promise.then(() => response.end('late')));
	const hanging = await startReceiver(context, () => undefined);
	assert.equal((await runCli(['settings', 'webhooks.allow_private', 'true'], {home})).code, 0);
	for (const {url} of [late, hanging]) {
		assert.equal((await runCli(['endpoint', 'add', url], {home})).code, 0);
	}

	const session = openAuditty(context, {home, within: shell, arguments: ['sendouts']});
	await session.sees(/W endpoints/);
	assert.equal((await runCli(['emit', 'order.paid', '--data', '{}'], {home})).code, 0);
	await eventually(() => late.received.length === 1 && hanging.received.length === 1, 'both are being sent');
	const worker = descendantsOf(session.pid).find(({command}) => command.endsWith('--internal-worker'))?.pid ?? 0;
	context.after(() => isRunning(worker) && process.kill(worker, 'SIGKILL'));

	await session.press('q', /^left with 0, over$/m);
	assert.ok(isRunning(worker), 'the prompt did not wait for it');
	const output = session.screen.output().length;
	quit.resolve();
	await eventually(() => !isRunning(worker), 'the worker ended');
	assert.equal(session.screen.output().length, output, 'without a word');

	const store = await openStore({url: fileUrl(path.join(home, 'auditty.db')), isReadOnly: true});
	context.after(async () => store.close());
	assert.deepEqual(
		await store.read('SELECT target_url, status, sendouts.attempts, jobs.state, jobs.attempt AS tries FROM sendouts JOIN jobs ON jobs.id = sendouts.id ORDER BY sendouts.seq'),
		[
			{target_url: late.url, status: 'success', attempts: 1, state: 'done', tries: 0},
			{target_url: hanging.url, status: 'pending', attempts: 0, state: 'ready', tries: 0},
		],
	);
});
