import assert from 'node:assert/strict';
import {rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {parse} from 'csv-parse/sync';
import {stringify} from 'csv-stringify/sync';
import {runCli, runShell} from '../helpers/run-cli.ts';
import {seedHome} from '../helpers/seed-home.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

const rows = [
	['Log ID', 'Date', 'Status', 'Channel', 'Duration', 'Response Body', 'Shop Name'],
	['log_1', '2026-11-22 10:00:00 UTC', '200', 'API', '44', '{"a":1}', 'Kraków'],
	['log_2', '2026-11-22T11:00:00.000Z', '404', 'Dashboard', '9', '\'=cmd', '-5'],
	['log_3', '2026-11-23T11:00:00.000Z', '', 'API', '', 'two\nlines \u001B[31m', ''],
];

const open = (context: TestContext, more = '') => {
	const home = temporaryDirectory(context);
	const file = path.join(home, 'api_log.csv');
	writeFileSync(file, stringify(rows, {quoted_match: /[\r\n]/}) + more);
	return {home, file, run: async (...words: string[]) => runCli(['browse', file, ...words], {home})};
};

test('browse prints rows in the order of the file, as JSON with the names and values of the fields', async context => {
	const {run} = open(context);
	const {code, stdout, stderr} = await run('--json');
	assert.deepEqual([code, stderr], [0, '']);
	assert.deepEqual(stdout.trimEnd().split('\n').map(line => JSON.parse(line) as unknown), [
		{id: 'log_1', created_at: '2026-11-22T10:00:00.000Z', status: 200, channel: 'API', request_duration: 44, response_body: '{"a":1}', shop_name: 'Kraków'},
		{id: 'log_2', created_at: '2026-11-22T11:00:00.000Z', status: 404, channel: 'Dashboard', request_duration: 9, response_body: '=cmd', shop_name: '-5'},
		{id: 'log_3', created_at: '2026-11-23T11:00:00.000Z', status: null, channel: 'API', request_duration: null, response_body: 'two\nlines \u001B[31m', shop_name: null},
	]);
	assert.doesNotMatch(stdout, /\u001B/);
});

test('browse --csv gives the cells back, formulas neutralised unless --raw', async context => {
	const {run} = open(context);
	assert.deepEqual(parse((await run('--csv')).stdout), rows);
	assert.equal((parse((await run('--csv', '--raw')).stdout))[2]![5], '=cmd');
});

test('browse --plain is one row a line', async context => {
	const {stdout} = await open(context).run('channel:API');
	assert.deepEqual(stdout.split('\n').map(line => line.split(/ {2,}/)), [
		['Log ID', 'Date', 'Status', 'Channel', 'Duration', 'Response Body', 'Shop Name'],
		['log_1', '2026-11-22T10:00:00.000Z', '200', 'API', '44', '{"a":1}', 'Kraków'],
		['log_3', '2026-11-23T11:00:00.000Z', '-', 'API', '-', String.raw`two\nlines \x1b[31m`, '-'], [''],
	]);
});

test('browse filters by the columns, counts, limits, and tells by its exit code', async context => {
	const {run} = open(context);
	assert.equal((await run('status:failure', '--count')).stdout, '2\n');
	assert.equal((await run('-channel:API', '--count', '--json')).stdout, '{"count":1}\n');
	assert.equal((await run('--limit', '1', '--json')).stdout.split('\n').length, 2);
	assert.equal((await run('shop_name:Kraków', '--exit-code', '--json')).code, 1);
	const none = await run('shop_name:Berlin', '--exit-code', '--plain');
	assert.deepEqual([none.code, none.stdout, none.stderr], [0, '', 'auditty: no row of api_log.csv matches\n']);
	const wrong = await run('campaign:x');
	assert.equal(wrong.code, 2);
	assert.match(wrong.stderr, /no column of this file has the key "campaign".*keys: id, since, until, status, channel, request_duration, response, shop_name/);
});

test('browse names lines that are no whole row, and fails when the file ends in the middle of one', async context => {
	const {stdout, stderr, code} = await open(context, 'a,b\n"open').run('--count');
	assert.deepEqual([stdout, code], ['3\n', 1]);
	assert.equal(stderr, 'auditty: 2 lines of api_log.csv left out\n  line 6: it has 2 cells where the heading has 7\n  line 7: the file ends in a quoted cell\n');
	assert.equal((await open(context, 'a,b\n').run('--count')).code, 0);
});

test('browse reads an export by its ID, and says why it cannot', async context => {
	const home = await seedHome(context, {logs: Array.from({length: 150}, (_, index) => ({id: `log_${index}`, status: index % 2 === 0 ? 200 : 500}))});
	const {stdout} = await runCli(['export', 'since:2000-01-01', '--fields', 'id,status', '--detach', '--json'], {home});
	const {id} = JSON.parse(stdout) as {id: string};
	const early = await runCli(['browse', id], {home});
	assert.equal(early.code, 1);
	assert.match(early.stderr, /has not begun.*wait for it, or run auditty worker/);
	await runCli(['worker', '--until-idle'], {home});
	assert.equal((await runCli(['browse', id, '--json'], {home})).stdout.split('\n').length, 101);
	assert.equal((await runCli(['browse', id, 'status:500', '--count'], {home})).stdout, '75\n');
	const none = await runCli(['browse', 'exp_none'], {home});
	assert.deepEqual([none.code, none.stderr], [1, 'auditty: there is no export and no file exp_none, find exports with auditty exports, or check the name of the file\n']);
	rmSync(path.join(home, 'exports'), {recursive: true});
	assert.match((await runCli(['browse', id], {home})).stderr, /the file of the export .* is not in/);
});

test('browse | head ends well', async context => {
	const home = temporaryDirectory(context);
	const file = path.join(home, 'many.csv');
	writeFileSync(file, `id,text\n${Array.from({length: 100_000}, (_, index) => `${index},some text of row ${index}\n`).join('')}`);
	const {code, stdout, stderr} = await runShell(`auditty browse ${file} --limit 0 --json | head -2; echo "\${PIPESTATUS[0]}"`, {home});
	assert.deepEqual([code, stderr], [0, '']);
	assert.deepEqual(stdout, '{"id":"0","text":"some text of row 0"}\n{"id":"1","text":"some text of row 1"}\n0\n');
});

test('the name of a file is text to the terminal, whatever is in it', async context => {
	const home = temporaryDirectory(context);
	const name = 'a\u001B]0;owned\u0007.csv';
	writeFileSync(path.join(home, name), 'id\nlog_1,2\n');
	for (const words of [[], ['--count'], ['id:none']]) {
		const {stdout, stderr} = await runCli(['browse', name, ...words], {home, cwd: home});
		assert.doesNotMatch(stdout + stderr, /\u001B|\u0007/);
		assert.match(stderr, /^auditty: 1 line of a\\x1b\]0;owned\\x07\.csv left out$/m);
	}

	const made = await runCli(['export', '--output', name, '--force'], {home, cwd: home});
	assert.match(made.stderr, /^auditty: exported 0 logs, .*, to a\\x1b\]0;owned\\x07\.csv; it stays as exp_/);
});
