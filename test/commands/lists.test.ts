import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {test} from 'node:test';
import {parse} from 'csv-parse/sync';
import {fieldsOf} from '../../source/domain/fields/field-tables.ts';
import {type Log, tabs} from '../../source/domain/records.ts';
import {runCli, runShell} from '../helpers/run-cli.ts';
import {runInProcess} from '../helpers/run-in-process.ts';
import {makeExport, makeSendout, makeTask, seedHome} from '../helpers/seed-home.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const ever = 'since:2000-01-01';

const hostile = 'a\u001b[31mb\u009b2J\u007f\u202ec\u0007\nd\u2066e\ud800f\u200b';
const hostileText = String.raw`a\x1b[31mb\x9b2J\x7f\u202ec\x07\nd\u2066e\ud800f\u200b`;

const some = (count: number): ReadonlyArray<Partial<Log> & {readonly id: string}> => Array.from({length: count}, (_, index) => ({
	id: `log_${String(index).padStart(5, '0')}`, created_at: noon + index * 1000, ...(index % 10 === 0 && {status: 500, outcome: 'failure' as const}),
}));

type Line = Readonly<Record<string, unknown>>;
const linesOf = ({stdout}: {readonly stdout: string}): readonly Line[] => stdout.split('\n').slice(0, -1).map(line => JSON.parse(line) as Line);
const idsOf = (result: {readonly stdout: string}): readonly unknown[] => linesOf(result).map(({id}) => id);

test('--json prints every field of each tab by its name, instants as ISO 8601 and null for what is missing', async t => {
	const home = await seedHome(t, {
		logs: [{id: 'log_1', created_at: noon + 120, request_headers: {accept: ['a', 'b']}, request_body: '{"n":1.0}', response_body: 'no json'}],
		tasks: [makeTask({id: 'aa_1', result: {done: 3}})],
		exports: [makeExport({id: 'exp_1'})],
		sendouts: [makeSendout({id: 'whs_1', attempt_log: []})],
	});
	for (const tab of tabs) {
		const result = await runInProcess([tab, ever, '--json'], {home});
		assert.equal(result.code, 0, result.stderr);
		const [line, ...others] = linesOf(result);
		assert.deepEqual(others, []);
		assert.deepEqual(Object.keys(line ?? {}), fieldsOf(tab).map(({name}) => name));
		assert.match(String(line?.['created_at']), /^2026-11-22T12:00:00\.\d{3}Z$/);
	}

	const [log] = linesOf(await runInProcess(['logs', ever, '--json'], {home}));
	assert.deepEqual(
		[log?.['created_at'], log?.['request_headers'], log?.['request_body'], log?.['response_body'], log?.['customer'], log?.['response_headers']],
		['2026-11-22T12:00:00.120Z', {accept: ['a', 'b']}, '{"n":1.0}', 'no json', null, null],
	);
	const [task] = linesOf(await runInProcess(['tasks', '--json'], {home}));
	assert.deepEqual([task?.['result'], task?.['progress'], task?.['updated_at']], [{done: 3}, 100, null]);
	const [sendout] = linesOf(await runInProcess(['sendouts', '--json'], {home}));
	assert.deepEqual([sendout?.['data'], sendout?.['attempt_log']], [{amount: 5}, []]);
});

test('lists print the newest first, 100 unless --limit says otherwise, 0 for all', async t => {
	const home = await seedHome(t, {logs: some(1234)});
	const newestFirst = some(1234).map(({id}) => id).toReversed();
	assert.deepEqual(idsOf(await runInProcess(['logs', ever, '--json'], {home})), newestFirst.slice(0, 100));
	assert.deepEqual(idsOf(await runInProcess(['logs', ever, '--json', '--limit', '7'], {home})), newestFirst.slice(0, 7));
	assert.deepEqual(idsOf(await runInProcess(['logs', ever, '--json', '--limit=600'], {home})), newestFirst.slice(0, 600));
	assert.deepEqual(idsOf(await runInProcess(['logs', ever, '--json', '--limit', '0'], {home})), newestFirst);
	assert.equal((await runInProcess(['logs', ever, '--limit', '0'], {home})).stdout.split('\n').length, 1234 + 2);
});

test('arguments are joined to one query; a negated key is query wherever it stands, and -- ends flags', async t => {
	const home = await seedHome(t, {logs: [
		{id: 'log_api', channel: 'API', url: 'https://x.test/grüße'}, {id: 'log_dash', channel: 'Dashboard', status: 404, outcome: 'failure'},
		{id: 'log_web', channel: 'Web site', response_body: 'quantity exceeded -x'},
	]});
	const list = async (...args: readonly string[]) => {
		const result = await runInProcess(['logs', '--json', ...args], {home});
		assert.equal(result.code, 0, result.stderr);
		return idsOf(result).toSorted();
	};

	assert.deepEqual(await list(ever, '-channel:API'), ['log_dash', 'log_web']);
	assert.deepEqual(await list('-channel:API,Dashboard', '--limit', '5', ever), ['log_web']);
	assert.deepEqual(await list(ever, '-channel:API -status:failure'), ['log_web']);
	assert.deepEqual(await list(ever, '-CHANNEL:API'), ['log_dash', 'log_web']);
	assert.deepEqual(await list(ever, 'channel:"Web site"'), ['log_web']);
	assert.deepEqual(await list(ever, 'response:"quantity exceeded"'), ['log_web']);
	assert.deepEqual(await list(ever, 'GRÜSSE'), []);
	assert.deepEqual(await list(ever, 'GRÜßE'), ['log_api']);
	assert.deepEqual(await list(ever, '--', '"-x"'), ['log_web']);
	assert.deepEqual(await list(ever, '--', '-exceeded'), ['log_api', 'log_dash']);
	assert.deepEqual(await list(`${ever} status:failure`), ['log_dash']);
});

test('the same through a process: a query with a leading minus, quotes and letters beyond ASCII', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_api', url: 'https://x.test/grüße'}, {id: 'log_dash', channel: 'Dashboard'}, {id: 'log_other'}]});
	const {stdout} = await runShell(`auditty logs -channel:Dashboard --json ${ever} 'url:"GRÜßE"' -method:POST`, {home});
	assert.deepEqual(idsOf({stdout}), ['log_api']);
});

test('--count is exact, --exit-code exits 1 when something matched', async t => {
	const home = await seedHome(t, {logs: some(1234)});
	const run = async (...args: readonly string[]) => {
		const {code, stdout} = await runInProcess(['logs', ever, ...args], {home});
		return [code, stdout];
	};

	assert.deepEqual(await run('--count'), [0, '1234\n']);
	assert.deepEqual(await run('--count', '--limit', '5', 'status:failure'), [0, '124\n']);
	assert.deepEqual(await run('--count', '--json'), [0, '{"count":1234}\n']);
	assert.deepEqual(await run('--count', 'no such text'), [0, '0\n']);
	assert.deepEqual(await run('--count', '--exit-code'), [1, '1234\n']);
	assert.deepEqual(await run('--count', '--exit-code', 'status:404'), [0, '0\n']);
	assert.equal((await run('--exit-code', '--json', '--limit', '1'))[0], 1);
	assert.deepEqual(await run('--exit-code', '--json', 'status:404'), [0, '']);
});

test('an empty list says why on standard error, and exits 0', async t => {
	const empty = temporaryDirectory(t);
	const nothing = await runInProcess(['logs'], {home: empty});
	assert.deepEqual([nothing.code, nothing.stdout], [0, '']);
	assert.match(nothing.stderr, /^auditty: no logs are stored yet, bring some in with auditty import FILE\n$/);
	assert.match((await runInProcess(['sendouts'], {home: empty})).stderr, /no sendouts are stored yet/);

	const home = await seedHome(t, {logs: [{id: 'log_old', created_at: Date.UTC(2020, 0, 2)}]});
	const old = await runInProcess(['logs', '--json'], {home});
	assert.deepEqual([old.code, old.stdout], [0, '']);
	assert.match(old.stderr, /the newest log is from 2020-01-02T00:00:00\.000Z, widen the range with since:2020-01-02T00:00:00\.000Z/);
	const shown = await runInProcess(['logs', 'since:2020-01-02T00:00:00.000Z', '--json'], {home});
	assert.deepEqual(idsOf(shown), ['log_old']);
	assert.match((await runInProcess(['logs', ever, 'status:404'], {home})).stderr, /no log matches, leave out a part of the query/);
});

test('--csv reads back as what is stored, neutralises formulas unless --raw, and has its heading even when empty', async t => {
	const body = 'line 1\r\nline 2, "quoted"\n\ttab\u0000 ü 🚀';
	const home = await seedHome(t, {logs: [
		{id: 'log_1', customer: '=1+1', campaign: '-5', incentive: ' @SUM(A1)', user_email: '-x', request_body: body, response_body: '\n=cmd', request_headers: {a: 'b'}},
	]});
	const read = async (...args: readonly string[]) => {
		const {stdout} = await runInProcess(['logs', ever, '--csv', ...args], {home});
		return {stdout, rows: parse(stdout, {columns: true}) as ReadonlyArray<Readonly<Record<string, string>>>};
	};

	const {stdout, rows: [safe]} = await read();
	assert.ok(stdout.startsWith(`${fieldsOf('logs').map(({name}) => name).join(',')}\r\n`));
	assert.equal(stdout.includes('\n'), true);
	assert.deepEqual(
		[safe?.['id'], safe?.['created_at'], safe?.['customer'], safe?.['campaign'], safe?.['incentive'], safe?.['user_email'], safe?.['request_body'], safe?.['response_body'], safe?.['request_headers'], safe?.['task_id']],
		['log_1', '2026-11-22T12:00:00.000Z', '\'=1+1', '-5', '\' @SUM(A1)', '\'-x', body, '\'\n=cmd', '{"a":"b"}', ''],
	);
	const {rows: [raw]} = await read('--raw');
	assert.deepEqual([raw?.['customer'], raw?.['incentive'], raw?.['user_email'], raw?.['response_body']], ['=1+1', ' @SUM(A1)', '-x', '\n=cmd']);
	const none = await read('status:404');
	assert.deepEqual([none.stdout.trimEnd().split(','), none.rows], [fieldsOf('logs').map(({name}) => name), []]);
});

test('--plain is one record a line in columns, piped output is the same, nothing is cut and an empty cell is -', async t => {
	const url = `https://api.example.com/${'long/'.repeat(40)}`;
	const home = await seedHome(t, {logs: [
		{id: 'log_1', url, status: null, outcome: 'failure', channel: null, error_key: 'quantity_exceeded'}, {id: 'log_2', created_at: noon - 1, customer: '日本 語'},
	]});
	await runInProcess(['settings', 'project.timezone', 'Europe/Warsaw'], {home});
	const {stdout} = await runInProcess(['logs', ever], {home});
	assert.equal((await runInProcess(['logs', ever, '--plain'], {home})).stdout, stdout);
	const [heading, first, second, ...rest] = stdout.split('\n');
	assert.match(heading ?? '', /^STATUS {2}DATE +METHOD {2}ENDPOINT +CHANNEL/);
	assert.match(first ?? '', /^- {7}2026-11-22T13:00:00\.000\+01:00 {2}GET {5}GET_v1_vouchers {2}- /);
	assert.ok(first?.includes(`  ${url}  `));
	assert.match(second ?? '', /^200 {5}2026-11-22T12:59:59\.999\+01:00 .*日本 語/);
	assert.deepEqual(rest, ['']);
	assert.equal(heading?.indexOf('ENDPOINT'), first?.indexOf('GET_v1_vouchers'));
});

test('no byte of a record reaches a terminal raw, in any format', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_1', customer: hostile, error_key: hostile, url: hostile, request_headers: {[hostile]: hostile}, request_body: hostile}]});
	for (const format of ['--plain', '--json', '--csv']) {
		for (const args of [['logs', ever, format, '--limit', '0'], ['show', 'log_1', format]]) {
			const {stdout, code} = await runInProcess(args, {home, columns: 300});
			assert.equal(code, 0);
			assert.ok(stdout.includes('log_1'));
			assert.doesNotMatch(stdout.replaceAll(/\r?\n/g, ''), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u, args.join(' '));
		}
	}

	assert.ok((await runInProcess(['logs', ever], {home})).stdout.includes(hostileText));
	const [line] = linesOf(await runInProcess(['logs', ever, '--json'], {home}));
	assert.equal(line?.['request_body'], hostile);
});

test('on a terminal --plain fits its width', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_1', endpoint: 'POST_v1_vouchers_code_redemption', error_key: 'quantity_exceeded', status: 400, url: 'https://x.test/'.repeat(20)}]});
	const {stdout} = await runInProcess(['logs', ever, '--plain'], {home, columns: 80});
	assert.ok(stdout.split('\n').every(line => line.length <= 80), stdout);
	assert.match(stdout, /STATUS .*DATE .*ENDPOINT .*ERROR/);
	const narrow = await runInProcess(['logs', ever, '--plain'], {home, columns: 5});
	assert.ok(narrow.stdout.split('\n').every(line => line.length <= 5), narrow.stdout);
});

test('a reader that closes early ends the list quietly with 0', async t => {
	const home = await seedHome(t, {logs: some(3000).map(log => ({...log, request_body: 'x'.repeat(500)}))});
	for (const format of ['--json', '--csv', '--plain']) {
		const {stdout, stderr} = await runShell(`set -o pipefail; auditty logs ${ever} ${format} --limit 0 | head -n 2 | wc -l; echo "exit $?"`, {home});
		assert.deepEqual([stdout, stderr], ['2\nexit 0\n', ''], format);
	}
});

test('a long list is printed with flat memory, as fast as its reader takes it', async t => {
	const home = await seedHome(t, {logs: some(3000).map(log => ({...log, response_body: 'y'.repeat(20_000)}))});
	const {stdout} = await runShell(`auditty logs ${ever} --json --limit 0 | (sleep 0.2; wc -l)`, {home, env: {NODE_OPTIONS: '--max-old-space-size=48'}});
	assert.equal(stdout.trim(), '3000');
});

test('a list is the same in another locale and time zone', async t => {
	const home = await seedHome(t, {logs: some(20)});
	const [one, other] = await Promise.all([
		runCli(['logs', ever, '--json'], {home}),
		runCli(['logs', ever, '--json'], {home, env: {TZ: 'Pacific/Apia', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8'}}),
	]);
	assert.equal(one.stdout, other.stdout);
	assert.equal(idsOf(one).length, 20);
});

test('--demo lists the sample project out of a store that is gone afterwards, and leaves the own one alone', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_own'}]});
	const temporary = temporaryDirectory(t);
	const run = async (...args: readonly string[]) => runCli(['--demo', ...args], {home, env: {TMPDIR: temporary}});
	const [logs, tasks, count] = await Promise.all([run('logs', '--json', 'since:30d', '--limit', '0'), run('tasks', '--limit', '3'), run('logs', 'since:30d', '--count', '--read-only')]);
	assert.deepEqual([logs.code, tasks.code, count.code], [0, 0, 0], logs.stderr + tasks.stderr + count.stderr);
	assert.equal(idsOf(logs).length, Number(count.stdout));
	assert.ok(!idsOf(logs).includes('log_own'));
	assert.doesNotMatch(logs.stdout, /not-a-real-token/);
	assert.match(logs.stdout, /"x-app-token":/);
	assert.ok(tasks.stdout.split('\n').length > 2);
	assert.ok(Number(count.stdout) > 1000);
	assert.deepEqual(readdirSync(temporary).filter(name => name.startsWith('auditty-demo-')), []);
});

test('a terminal that does not know its width, as one without a window, is taken to be 80 columns wide', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_1', status: 404, outcome: 'failure'}]});
	const [unknown, usual] = await Promise.all([0, 80].map(async columns => runInProcess(['logs', ever, '--plain'], {home, columns})));
	assert.match(usual?.stdout ?? '', /^STATUS [^]*\n404 /);
	assert.equal(unknown?.stdout, usual?.stdout);
});
