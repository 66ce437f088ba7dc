import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {runCli, startCli} from '../helpers/run-cli.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

type Home = {readonly home: string; readonly taskId: string};

/** A data directory with an import that waits for a worker. */
const homeWithTask = async (context: TestContext): Promise<Home> => {
	const home = temporaryDirectory(context);
	const file = path.join(home, 'a.ndjson');
	writeFileSync(file, `${JSON.stringify({id: 'log_1', created_at: '2026-11-22T10:00:00.000Z', status: 200, method: 'GET', url: 'https://shop.example/v1/vouchers'})}\n`);
	const {stdout} = await runCli(['import', file, '--detach', '--json'], {home});
	return {home, taskId: (JSON.parse(stdout) as {task_id: string}).task_id};
};

const statusOf = async ({home, taskId}: Home): Promise<unknown> => (JSON.parse((await runCli(['show', taskId, '--json'], {home})).stdout) as {status: unknown}).status;

test('worker --until-idle does what waits, says so line by line, and ends', async context => {
	const given = await homeWithTask(context);
	const {code, stdout, stderr} = await runCli(['worker', '--until-idle'], given);
	assert.equal(code, 0);
	assert.equal(stderr, '');
	const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
	assert.match(stdout, new RegExp(`^${time} started worker=\\S+\n${time} claimed id=${given.taskId} type=LOGS.IMPORT try=1\n${time} done id=${given.taskId} type=LOGS.IMPORT try=1 ms=\\d+\n${time} stopped worker=\\S+\n$`));
	assert.equal(await statusOf(given), 'done');
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	test(`worker ends well on ${signal}`, async context => {
		const running = startCli(['worker', '--json'], {home: temporaryDirectory(context)});
		context.after(() => running.child.kill('SIGKILL'));
		assert.match(await running.nextLine() ?? running.stderr(), /"event":"started"/);
		running.child.kill(signal);
		assert.match(await running.nextLine() ?? '', /"event":"stopping"/);
		assert.match(await running.nextLine() ?? '', /"event":"stopped"/);
		assert.deepEqual(await running.ended, {code: 0, signal: null});
		assert.equal(running.stderr(), '');
	});
}

test('task cancel ends a task that waits, task rerun brings it back; neither does so twice', async context => {
	const given = await homeWithTask(context);
	const {home, taskId} = given;
	assert.deepEqual(await runCli(['task', 'cancel', taskId], {home}), {code: 0, signal: null, stdout: `${taskId} cancelled\n`, stderr: ''});
	assert.equal(await statusOf(given), 'failed');
	const again = await runCli(['task', 'cancel', taskId], {home});
	assert.deepEqual([again.code, again.stdout, again.stderr], [1, '', `auditty: the background task ${taskId} has ended (failed), only a task that waits or runs can be cancelled\n`]);

	const rerun = await runCli(['task', 'rerun', taskId, '--json'], {home});
	assert.equal(rerun.code, 0);
	assert.partialDeepStrictEqual(JSON.parse(rerun.stdout), {id: taskId, status: 'scheduled', error: null});
	assert.equal((await runCli(['task', 'rerun', taskId], {home})).code, 1);
	await runCli(['worker', '--until-idle'], {home});
	assert.equal(await statusOf(given), 'done');
});

test('wrong use of task and worker is told, and nothing is written', async context => {
	const home = temporaryDirectory(context);
	for (const [args, message] of [
		[['task', 'stop', 'aa_1'], /task does not know stop, write auditty task cancel ID/],
		[['task', 'cancel'], /task needs 2 arguments/],
		[['task', 'cancel', 'aa_1', '--read-only'], /--read-only leaves the store as it is/],
		[['worker', '--read-only'], /--read-only leaves the store as it is/],
		[['worker', 'now'], /worker does not take now/],
	] as const) {
		const {code, stdout, stderr} = await runCli(args, {home});
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, message);
	}

	const unknown = await runCli(['task', 'cancel', 'aa_1'], {home});
	assert.deepEqual([unknown.code, unknown.stderr], [1, 'auditty: the background task aa_1 is not in the store, see the list with auditty tasks\n']);
});
