import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {cliCommand, cliEnvironment, runCli} from '../helpers/run-cli.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';
import {entry, har} from '../intake/read-source.ts';

const objects = (text: string): ReadonlyArray<Readonly<Record<string, unknown>>> =>
	text.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Readonly<Record<string, unknown>>);

const first = '2026-09-01T10:00:00.000Z';
const ndjson = [
	{id: 'log_1', created_at: first, method: 'GET', url: '/v1/vouchers?api_key=planted', status: 200},
	{id: 'log_2', created_at: '2026-09-02T10:00:00.000Z', method: 'POST', url: '/v1/redemptions', status: 400, response_body: {key: 'quantity_exceeded', amount: 1}},
].map(log => `${JSON.stringify(log)}\n`).join('');

test('import tells what came in, of what time range, and the command that shows it', async context => {
	const home = temporaryDirectory(context);
	const file = path.join(home, 'traffic.ndjson');
	writeFileSync(file, ndjson);
	const imported = await runCli(['import', file], {home});
	assert.deepEqual(imported, {
		code: 0, signal: null, stderr: '',
		stdout: 'imported 2 logs, 1 secret replaced; from 2026-09-01 10:00:00 to 2026-09-02 10:00:00 (UTC)\nsee them: auditty logs since:2026-09-01T10:00 until:2026-09-02T10:00:00.001\n',
	});
	const [, command = ''] = /auditty (.*)\n/.exec(imported.stdout)!;
	const shown = await runCli([...command.split(' '), '--json'], {home});
	assert.deepEqual(objects(shown.stdout).map(({id, error_key: error}) => [id, error]), [['log_2', 'quantity_exceeded'], ['log_1', null]]);
	assert.doesNotMatch(shown.stdout, /planted/);

	const again = await runCli(['import', file], {home});
	assert.match(again.stdout, /^imported 0 logs, 2 were there already/);
	assert.equal(again.code, 0);
});

test('import --json prints one object, and the background task has the same result', async context => {
	const home = temporaryDirectory(context);
	const imported = await runCli(['import', '-', '--json'], {home, input: `${ndjson}nonsense\n`});
	assert.equal(imported.code, 0);
	assert.equal(imported.stderr, 'auditty: line 3 rejected: it is not valid JSON\n');
	const [report, ...more] = objects(imported.stdout);
	assert.equal(more.length, 0);
	const {task_id: taskId, ...counts} = report!;
	assert.deepEqual(counts, {
		format: 'ndjson', place_noun: 'line', read: 3, inserted: 2, duplicates: 0, rejected: 1, rejections: [{place: 3, reason: 'it is not valid JSON'}], secrets_replaced: 1,
		truncated: null, is_interrupted: false, bytes_read: ndjson.length + 9, bytes_total: null, oldest: first, newest: '2026-09-02T10:00:00.000Z',
	});
	const [task] = objects((await runCli(['tasks', '--json'], {home})).stdout);
	assert.deepEqual([task!.id, task!.type, task!.status, task!.progress, task!.done_count, task!.failed_count], [taskId, 'LOGS.IMPORT', 'done', 100, 2, 1]);
	assert.deepEqual((task!.result as {rejections: unknown}).rejections, counts.rejections);
	assert.equal((task!.result as {oldest: unknown}).oldest, first);
});

test('import lists the first rejected records and counts the others', async context => {
	const home = temporaryDirectory(context);
	const {stderr, stdout, code} = await runCli(['import', '-'], {home, input: ndjson + 'x\n'.repeat(50)});
	const lines = stderr.trimEnd().split('\n');
	assert.deepEqual([lines.length, lines[0], lines.at(-1)], [21, 'auditty: line 3 rejected: it is not valid JSON', 'auditty: and 30 more rejected']);
	assert.match(stdout, /^imported 2 logs, 50 rejected/);
	assert.equal(code, 0);
});

test('import of a file that ends in the middle says so, keeps what was whole, and exits 1', async context => {
	const home = temporaryDirectory(context);
	const whole = har([entry(), entry({time: 1}), entry({time: 2})]);
	const {code, stdout, stderr} = await runCli(['import', '-'], {home, input: whole.slice(0, whole.lastIndexOf('"startedDateTime"') + 5)});
	assert.equal(code, 1);
	assert.match(stdout, /^imported 2 logs/);
	assert.equal(stderr, 'auditty: entry 3: the file ends in the middle of an entry; what was whole before it is in\n');
});

test('import replaces the secrets of a recording before anything is stored', async context => {
	const home = temporaryDirectory(context);
	const file = path.join(import.meta.dirname, '..', 'fixtures', 'import', 'firefox.har');
	const {code, stdout, stderr} = await runCli(['import', file], {home});
	assert.deepEqual([code, stderr], [0, '']);
	assert.match(stdout, /^imported 3 logs, 1 secret replaced/);
	for (const name of ['auditty.db', 'auditty.db-wal']) assert.ok(!readFileSync(path.join(home, name)).includes('planted'));
});

const refusals: ReadonlyArray<readonly [name: string, args: readonly string[], code: number, fault: RegExp]> = [
	['a file that does not exist', ['import', '/none.har'], 1, /^auditty: \/none\.har does not exist, check the path\n$/],
	['a directory', ['import', '/'], 1, /is a directory/],
	['nothing on standard input', ['import', '-'], 1, /standard input is empty/],
	['no file', ['import'], 2, /needs an argument/],
	['two files', ['import', 'a', 'b'], 2, /does not take b/],
	['an unknown format', ['import', 'a', '--format', 'xml'], 2, /xml/],
	['--read-only', ['import', 'a', '--read-only'], 2, /read-only/],
	['--csv', ['import', 'a', '--csv'], 2, /CSV/],
	['standard input for later', ['import', '-', '--detach'], 2, /standard input/],
];

for (const [name, args, code, fault] of refusals) {
	test(`import refuses ${name}`, async context => {
		const result = await runCli(args, {home: temporaryDirectory(context), input: ''});
		assert.deepEqual([result.code, result.stdout], [code, '']);
		assert.match(result.stderr, fault);
	});
}

test('import --detach leaves the file to a worker', async context => {
	const home = temporaryDirectory(context);
	const file = path.join(home, 'traffic.ndjson.gz');
	writeFileSync(file, gzipSync(ndjson));
	const {stdout} = await runCli(['import', file, '--detach', '--json'], {home});
	const [{task_id: taskId}] = objects(stdout) as [{task_id: string}];
	assert.match(taskId, /^aa_[0-9a-f]{18}$/);
	assert.equal((await runCli(['worker', '--until-idle'], {home})).code, 0);
	const [task] = objects((await runCli(['show', taskId, '--json'], {home})).stdout);
	assert.deepEqual([task!.status, task!.done_count], ['done', 2]);
});

test('an interrupted import keeps what went in, says so, and leaves a store in which it can be done again', async context => {
	const home = temporaryDirectory(context);
	const [program, ...args] = cliCommand;
	const child = spawn(program, [...args, 'import', '-'], {env: cliEnvironment({home}), stdio: ['pipe', 'pipe', 'pipe']});
	context.after(() => child.kill('SIGKILL'));
	const lines = (count: number): string => Array.from({length: count}, (_, index) => `${JSON.stringify({id: `log_${index}`, created_at: Date.parse(first) + index})}\n`).join('');
	child.stdin.write(lines(1200));
	let stdout = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	for (let stored = 0; stored < 1000;) {
		const {stdout: count, code} = await runCli(['logs', '--count', 'since:2026-01-01'], {home});
		stored = code === 0 ? Number(count.trim()) : 0;
	}

	child.kill('SIGINT');
	const [code, signal] = await once(child, 'close') as [number | null, string | null];
	assert.deepEqual([code, signal], [null, 'SIGINT']);
	assert.match(stdout, /^stopped early: imported 1,200 logs; from .*\nsee them: /);
	const again = await runCli(['import', '-'], {home, input: lines(1500)});
	assert.match(again.stdout, /^imported 300 logs, 1,200 were there already/);
	const tasks = objects((await runCli(['tasks', '--json'], {home})).stdout);
	assert.deepEqual(tasks.map(({status}) => status), ['done', 'failed']);
});
