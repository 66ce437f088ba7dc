import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {runCli, startCli} from '../helpers/run-cli.ts';
import {runInProcess} from '../helpers/run-in-process.ts';
import {seedHome} from '../helpers/seed-home.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

const ever = 'since:2000-01-01';
const logs = [{id: 'log_1', status: 404, outcome: 'failure', url: '=1'}, {id: 'log_2', url: '/b'}] as const;
const jsonOf = (text: string): Readonly<Record<string, unknown>> => JSON.parse(text) as Readonly<Record<string, unknown>>;

test('export writes CSV to standard output, its progress elsewhere, and download gives the same again', async t => {
	const home = await seedHome(t, {logs});
	const made = await runCli(['export', ever, '-status:404', '--fields', 'id,url'], {home});
	assert.deepEqual([made.code, made.stdout], [0, 'id,url\r\nlog_2,/b\r\n']);
	const id = /it stays as (exp_[0-9a-f]{18})/.exec(made.stderr)?.[1] ?? '';
	const again = await runInProcess(['download', id], {home});
	assert.deepEqual([again.code, again.stdout], [0, made.stdout]);
	assert.equal(statSync(path.join(home, 'exports')).mode & 0o777, 0o700);
});

test('order and --raw do what they say, and the order of the newest first may be named', async t => {
	const home = await seedHome(t, {logs: logs.map((log, index) => ({...log, created_at: Date.UTC(2026, 1, 1, index)}))});
	const cells = async (...args: readonly string[]) => (await runInProcess(['export', ever, '--fields', 'url', ...args], {home})).stdout.split('\r\n').slice(1, -1);
	assert.deepEqual(await cells(), ['/b', '\'=1']);
	assert.deepEqual(await cells('--order', '-created_at'), ['/b', '\'=1']);
	assert.deepEqual(await cells('--order=created_at', '--raw'), ['=1', '/b']);
	const {code, stderr} = await runInProcess(['export', '--order', 'id'], {home});
	assert.equal(code, 2);
	assert.match(stderr, /--order cannot be id, give one of created_at, -created_at/);
});

test('--output is refused before any work when it exists, is replaced on --force, and nothing is written through a link', async t => {
	const home = await seedHome(t, {logs});
	const directory = temporaryDirectory(t);
	const file = path.join(directory, 'a.csv');
	const run = async (...args: readonly string[]) => runInProcess(['export', ever, '--fields', 'id', ...args], {home});
	assert.equal((await run('--output', file)).code, 0);
	assert.equal(statSync(file).mode & 0o777, 0o600);
	const whole = readFileSync(file, 'utf8');

	writeFileSync(file, 'precious');
	const refused = await run('--output', file);
	assert.equal(refused.code, 1);
	assert.match(refused.stderr, /a\.csv exists, name another file, or give --force to replace it/);
	assert.equal(readFileSync(file, 'utf8'), 'precious');
	assert.equal((await runInProcess(['exports', '--count'], {home})).stdout, '1\n');
	assert.equal((await run('--output', file, '--force')).code, 0);
	assert.equal(readFileSync(file, 'utf8'), whole);

	const precious = path.join(directory, 'precious');
	writeFileSync(precious, 'precious');
	for (const [name, target] of [['link', precious], ['dangling', path.join(directory, 'nowhere')]] as const) {
		const link = path.join(directory, name);
		symlinkSync(target, link);
		assert.equal((await run('--output', link)).code, 1, name);
		assert.equal(readlinkSync(link), target);
		assert.equal((await run('--output', link, '--force')).code, 0, name);
		assert.equal(readFileSync(link, 'utf8'), whole);
	}

	assert.equal(readFileSync(precious, 'utf8'), 'precious');
	assert.equal(existsSync(path.join(directory, 'nowhere')), false);
	mkdirSync(path.join(directory, 'sub'));
	for (const bad of ['sub', 'missing/a.csv', 'precious/a.csv', '/dev/null']) {
		const {code, stderr} = await run('--output', path.resolve(directory, bad), '--force');
		assert.equal(code, 1, `${bad}: ${stderr}`);
	}

	assert.deepEqual(readdirSync(directory).sort(), ['a.csv', 'dangling', 'link', 'precious', 'sub']);
});

test('--json describes the export; --detach leaves it to a worker', async t => {
	const home = await seedHome(t, {logs});
	const waited = jsonOf((await runInProcess(['export', ever, '--json'], {home})).stdout);
	assert.partialDeepStrictEqual(waited, {resource: 'api_log', status: 'done', rows: 2, query: ever, order: '-created_at'});
	assert.match(String(waited['sha256']), /^[0-9a-f]{64}$/);

	const detached = jsonOf((await runInProcess(['export', ever, '--detach', '--json'], {home})).stdout);
	assert.match(String(detached['task_id']), /^aa_/);
	const early = await runInProcess(['download', String(detached['id'])], {home});
	assert.equal(early.code, 1);
	assert.match(early.stderr, /has not begun, wait for it, or run auditty worker/);
	assert.equal((await runCli(['worker', '--until-idle'], {home})).code, 0);
	for (const key of ['id', 'task_id']) {
		assert.equal((await runInProcess(['download', String(detached[key])], {home})).stdout.split('\r\n').length, 4);
	}

	assert.match((await runInProcess(['export', ever, '--detach'], {home})).stdout, /^exp_[0-9a-f]{18}\n$/);
});

test('what cannot be is refused with one line', async t => {
	const home = await seedHome(t, {logs});
	for (const [args, code, message] of [
		[['export', '--fields', 'id,nothing'], 2, /there is no field nothing, choose of id, /],
		[['export', '--fields', 'id,'], 2, /the fields hold an empty name/],
		[['export', 'nokey:1'], 2, /nokey/],
		[['export', '--detach', '--output', 'x'], 2, /--detach does not wait/],
		[['export', '--read-only'], 2, /--read-only leaves the store as it is/],
		[['download', 'exp_nothing'], 1, /no record has the ID exp_nothing/],
		[['download', 'log_1'], 1, /the log log_1 did not come in by a file/],
	] as const) {
		const result = await runInProcess(args, {home});
		assert.deepEqual([result.code, result.stdout], [code, ''], args.join(' '));
		assert.match(result.stderr, message);
	}
});

test('an interrupted export leaves neither file nor running task', async t => {
	const home = await seedHome(t, {logs: Array.from({length: 30_000}, (_, index) => ({id: `log_${index}`, request_body: 'x'.repeat(300)}))});
	const target = path.join(home, 'out.csv');
	const running = startCli(['export', ever, '--output', target], {home});
	running.child.stdout.resume();
	const directory = path.join(home, 'exports');
	while (!existsSync(directory) || readdirSync(directory).length === 0) await new Promise(resolve => setImmediate(resolve));
	running.child.kill('SIGINT');
	assert.deepEqual(await running.ended, {code: null, signal: 'SIGINT'});
	assert.equal(existsSync(target), false);
	assert.deepEqual(readdirSync(directory), []);
	assert.partialDeepStrictEqual(jsonOf((await runInProcess(['exports', '--json'], {home})).stdout), {status: 'error', error: 'cancelled'});
	assert.partialDeepStrictEqual(jsonOf((await runInProcess(['tasks', '--json'], {home})).stdout), {status: 'failed', error: 'cancelled'});
});

test('purge says what would go, and then deletes it', async t => {
	const home = await seedHome(t, {logs});
	assert.match((await runInProcess(['purge', '--dry-run'], {home})).stdout, /^0 logs would go, from before .* \(UTC; retention is 6 months\)\n$/);
	assert.partialDeepStrictEqual(jsonOf((await runInProcess(['purge', '--dry-run', '--json'], {home})).stdout), {count: 0, retention: '6 months'});
	assert.match((await runInProcess(['purge'], {home})).stdout, /^deleted 0 logs, from before/);
	assert.equal((await runInProcess(['settings', 'retention', 'forever'], {home})).code, 0);
	assert.equal((await runInProcess(['purge'], {home})).stdout, 'nothing goes: retention is forever\n');
});
