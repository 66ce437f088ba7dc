import assert from 'node:assert/strict';
import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {startInPty} from '../helpers/pty.ts';
import {cliCommand, cliEnvironment, runCli} from '../helpers/run-cli.ts';
import {runInProcess} from '../helpers/run-in-process.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

const log = '{"id":"log_1","created_at":"2026-11-22T10:00:00Z","status":200}\n';

test('a named store that does not exist is an error to what reads or changes what is there, and is not made', async t => {
	const home = temporaryDirectory(t);
	const missing = path.join(home, 'mistyped', 'store.db');
	const wanted = `auditty: the store ${missing} does not exist, check --db and AUDITTY_DB, or make it by bringing something in, such as auditty import FILE\n`;
	for (const args of [
		['logs', '--json'], ['logs', '--count'], ['tasks'], ['exports', '--csv'], ['sendouts', '--follow'], ['show', 'log_1'], ['download', 'exp_1'], ['browse', 'exp_1'],
		['export'], ['export', '--detach'], ['endpoint', 'list'], ['endpoint', 'show', 'wh_1'], ['endpoint', 'remove', 'wh_1'], ['task', 'cancel', 'aa_1'],
		['retry', 'whs_1'], ['retry', '--query', 'status:failed', '--dry-run'], ['replay', 'wh_1', '--since', '1h'], ['purge'], ['purge', '--dry-run'],
		['settings'], ['settings', 'project.name'], ['settings', 'project.name', '--unset'], ['logs', '--read-only'],
	]) {
		const {code, stdout, stderr} = await runInProcess([...args, '--db', `file:${missing}`], {home});
		assert.deepEqual([code, stdout, stderr], [1, '', wanted], args.join(' '));
	}

	const byVariable = await runInProcess(['logs'], {home, env: {AUDITTY_DB: `file:${missing}`}});
	assert.deepEqual([byVariable.code, byVariable.stderr], [1, wanted]);
	assert.deepEqual(readdirSync(home), []);
});

test('what brings something in makes a named store, once it has something', async t => {
	const home = temporaryDirectory(t);
	const file = path.join(home, 'logs.ndjson');
	writeFileSync(file, log);
	for (const [index, args] of [
		['import', file], ['import', file, '--detach'], ['emit', 'order.paid', '--data', '{}'], ['endpoint', 'add', 'https://hooks.example.com/'],
		['settings', 'project.name', 'Shop'], ['worker', '--until-idle'],
	].entries()) {
		const store = path.join(home, `store-${index}.db`);
		const {code, stderr} = await runCli([...args, '--db', `file:${store}`], {home});
		assert.equal(code, 0, stderr);
		assert.equal(existsSync(store), true, args.join(' '));
		assert.equal((await runInProcess(['logs', '--count', '--db', `file:${store}`], {home})).code, 0);
	}

	const url = `file:${path.join(home, 'none.db')}`;
	assert.equal((await runInProcess(['import', path.join(home, 'no-file'), '--db', url], {home})).code, 1);
	assert.equal(existsSync(path.join(home, 'none.db')), false);
});

test('the store of the data directory is made by whatever needs it first, also where --db names it', async t => {
	const home = temporaryDirectory(t);
	const {code, stdout} = await runInProcess(['logs', '--count', '--db', `file:${path.join(home, '.', 'auditty.db')}`], {home});
	assert.deepEqual([code, stdout], [0, '0\n']);
	const other = temporaryDirectory(t);
	assert.deepEqual((await runInProcess(['logs', '--count'], {home: other})).stdout, '0\n');
});

test('doctor warns of a named store that does not exist, and makes none', async t => {
	const home = temporaryDirectory(t);
	const missing = path.join(home, 'mistyped.db');
	const {code, stdout} = await runInProcess(['doctor', '--json', '--db', `file:${missing}`], {home});
	assert.equal(code, 0);
	const check = stdout.trim().split('\n').map(line => JSON.parse(line) as Readonly<Record<string, unknown>>).find(line => line['check'] === 'store');
	assert.deepEqual([check?.['state'], check?.['found']], ['warning', `${missing} does not exist`]);
	assert.deepEqual(readdirSync(home), []);
});

test('browse FILE needs no store, and makes none', async t => {
	const home = temporaryDirectory(t);
	const file = path.join(home, 'a.csv');
	writeFileSync(file, 'id,status\nlog_1,404\nlog_2,200\n');
	for (const more of [[], ['--read-only'], ['--db', `file:${path.join(home, 'mistyped.db')}`]]) {
		const {code, stdout, stderr} = await runInProcess(['browse', file, 'status:4xx', '--json', ...more], {home});
		assert.deepEqual([code, stdout, stderr], [0, '{"id":"log_1","status":404}\n', ''], more.join(' '));
	}

	assert.deepEqual(readdirSync(home), ['a.csv']);
});

test('on a terminal a mistyped store is told before a screen opens; auditty alone makes it', async t => {
	const home = temporaryDirectory(t);
	const url = `file:${path.join(home, 'new.db')}`;
	const start = (...args: readonly string[]) => startInPty({command: [...cliCommand, ...args], columns: 100, rows: 30, env: cliEnvironment({home})});
	const mistyped = start('logs', '--db', url);
	try {
		assert.equal((await mistyped.exited).code, 1);
		assert.match(mistyped.screen.frame().replaceAll('\n', ''), /^auditty: the store .*new\.db does not exist, check --db/);
		assert.equal(mistyped.screen.output().includes('\u001B[?1049h'), false);
	} finally {
		await mistyped.close();
	}

	const alone = start('--db', url);
	try {
		await alone.screen.waitFor(frame => frame.includes('new.db') && frame.includes('Logs'));
		alone.send('\u0003');
		assert.equal((await alone.exited).code, 0);
		assert.equal(existsSync(path.join(home, 'new.db')), true);
	} finally {
		await alone.close();
	}
});
