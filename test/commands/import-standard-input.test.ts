import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {cliCommand, cliEnvironment, runCli, runShell} from '../helpers/run-cli.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

const secret = 'c0ffee00-app-token-0001';
const line = (index: number, headers: object): string =>
	`${JSON.stringify({id: `log_${index}`, created_at: '2026-11-22T10:00:00.000Z', status: 200, url: '/v1/orders', request_headers: headers, request_body: 'x'.repeat(2000)})}\r\n`;
const lines = (count: number, headers: object = {}): string => Array.from({length: count}, (_, index) => line(index, headers)).join('');

const filesUnder = (directory: string): readonly string[] =>
	readdirSync(directory, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));

const task = async (home: string): Promise<{readonly id: string; readonly status: string; readonly error: string | null; readonly result: Readonly<Record<string, unknown>>}> =>
	JSON.parse((await runCli(['tasks', '--json'], {home})).stdout.trim().split('\n')[0] ?? '') as never;

for (const count of [3, 1500]) {
	test(`${count} logs by standard input are kept byte for byte, for their owner only, and found by the task and by each log`, async context => {
		const home = temporaryDirectory(context);
		const input = lines(count);
		assert.equal((await runCli(['import', '-'], {home, input})).code, 0);
		const {id} = await task(home);
		for (const by of [id, 'log_0', `log_${count - 1}`]) {
			assert.equal((await runCli(['download', by], {home})).stdout, input);
		}

		assert.partialDeepStrictEqual(JSON.parse((await runCli(['download', id, '--json'], {home})).stdout), {name: 'standard-input.ndjson', secrets_replaced: 0});
		const kept = filesUnder(path.join(home, 'originals'));
		assert.equal(kept.length, 1);
		assert.equal(statSync(kept[0] ?? '').mode & 0o777, 0o600);
	});
}

test('of standard input with secrets just these are replaced, and the task tells how many; compressed input is unpacked for it', async context => {
	for (const pack of [(text: string): string | Buffer => text, (text: string) => gzipSync(text)]) {
		const home = temporaryDirectory(context);
		const input = lines(1500, {'X-App-Token': secret});
		assert.equal((await runCli(['import', '-'], {home, input: pack(input)})).code, 0);
		const {result} = await task(home);
		assert.partialDeepStrictEqual(result, {secrets_replaced: 1500, original: {name: 'standard-input.ndjson', secrets_replaced: 1500}});
		const {stdout} = await runCli(['download', 'log_7'], {home});
		const mark = /\[redacted [0-9a-f]{8}\]/.exec(stdout)?.[0] ?? '';
		assert.equal(stdout, input.replaceAll(secret, mark));
	}
});

test('compressed standard input without secrets stays compressed', async context => {
	const home = temporaryDirectory(context);
	const packed = gzipSync(lines(1500));
	assert.equal((await runCli(['import', '-'], {home, input: packed})).code, 0);
	const target = path.join(home, 'copy');
	assert.equal((await runCli(['download', 'log_0', '--output', target], {home})).code, 0);
	assert.ok(readFileSync(target).equals(packed));
	assert.partialDeepStrictEqual((await task(home)).result, {original: {name: 'standard-input.ndjson.gz', bytes: packed.length}});
});

test('with originals: none nothing is kept of standard input', async context => {
	const home = temporaryDirectory(context);
	assert.equal((await runCli(['settings', 'originals', 'none'], {home})).code, 0);
	assert.equal((await runCli(['import', '-'], {home, input: lines(1500)})).code, 0);
	assert.equal((await runCli(['download', 'log_0'], {home})).code, 1);
	assert.deepEqual(filesUnder(home).filter(file => file.includes('originals')), []);
});

test('an import of standard input that is killed leaves nothing unredacted, and no file, on the disk', async context => {
	const home = temporaryDirectory(context);
	const [program, ...args] = cliCommand;
	const env = {...cliEnvironment({home}), AUDITTY_LEASE_MS: '500'};
	const child = spawn(program, [...args, 'import', '-'], {env, stdio: ['pipe', 'ignore', 'ignore']});
	context.after(() => child.kill('SIGKILL'));
	child.stdin.on('error', () => {
		// It is killed before it has read everything.
	});
	// Beyond what a spool holds in memory.
	child.stdin.write(lines(2500, {'X-App-Token': secret}));
	for (let stored = 0; stored < 2000;) {
		const {stdout, code} = await runCli(['logs', '--count', 'since:2026-01-01'], {home});
		stored = code === 0 ? Number(stdout.trim()) : 0;
	}

	child.kill('SIGKILL');
	await once(child, 'close');
	for (const file of filesUnder(home)) {
		assert.equal(readFileSync(file).includes(secret), false, file);
	}

	assert.deepEqual(filesUnder(path.join(home, 'originals')), []);
	assert.equal((await runCli(['worker', '--until-idle'], {home, env: {AUDITTY_LEASE_MS: '500'}})).code, 0);
	assert.partialDeepStrictEqual(await task(home), {status: 'failed', error: 'standard input ended with the command that read it, import it again'});
});

test('a pipe by its path is kept as standard input is, and a file on standard input as a file', async context => {
	const home = temporaryDirectory(context);
	const file = path.join(home, 'a.ndjson');
	const run = async (command: string): Promise<Readonly<Record<string, unknown>>> => {
		const {code, stderr} = await runShell(command, {home});
		assert.equal(code, 0, stderr);
		return (await task(home)).result;
	};

	assert.partialDeepStrictEqual(await run(`auditty import <(printf '%s' '${line(0, {})}')`), {inserted: 1, original: {name: 'standard-input.ndjson'}});
	assert.partialDeepStrictEqual(await run(`mkfifo '${home}/traffic' && (printf '%s' '${line(1, {})}' > '${home}/traffic' & auditty import '${home}/traffic')`), {inserted: 1, original: {name: 'traffic'}});
	assert.partialDeepStrictEqual(await run(`printf '%s' '${line(2, {})}' > '${file}'; auditty import /dev/stdin < '${file}'`), {inserted: 1, original: {name: 'a.ndjson'}});
	const detached = await runShell(`auditty import --detach '${home}/traffic'`, {home});
	assert.deepEqual([detached.code, detached.stderr], [1, `auditty: ${home}/traffic is no plain file, and a worker could not read it, run auditty import without --detach\n`]);
});
