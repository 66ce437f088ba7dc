import assert from 'node:assert/strict';
import {chmodSync, existsSync, openSync, closeSync, statSync, writeFileSync, writeSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {runCli} from '../helpers/run-cli.ts';
import {seedHome} from '../helpers/seed-home.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

type Check = {readonly check: string; readonly state: string; readonly found: string; readonly remedy: string | null};

const checksOf = (stdout: string): ReadonlyMap<string, Check> =>
	new Map(stdout.trim().split('\n').map(line => JSON.parse(line) as Check).map(check => [check.check, check]));

test('doctor finds all well, and changes nothing', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_1'}]});
	const store = path.join(home, 'auditty.db');
	const before = statSync(store).mtimeMs;
	const [text, json] = await Promise.all([runCli(['doctor'], {home}), runCli(['doctor', '--json'], {home})]);
	assert.deepEqual([text.code, json.code], [0, 0], text.stdout);
	assert.match(text.stdout, /^ok {7}node +\d+\./);
	const checks = checksOf(json.stdout);
	assert.deepEqual([checks.get('store')?.state, checks.get('store integrity')?.found, checks.get('store modes')?.found], ['ok', 'ok', '0600']);
	assert.match(checks.get('records')?.found ?? '', /logs from 2026-11-22T12:00:00\.000Z/);
	assert.equal(checks.get('terminal')?.state, 'warning');
	assert.equal(statSync(store).mtimeMs, before);
});

test('doctor makes no store where there is none', async t => {
	const home = temporaryDirectory(t);
	const {code, stdout} = await runCli(['doctor', '--json'], {home});
	assert.equal(code, 0);
	assert.match(checksOf(stdout).get('store')?.found ?? '', /made by the first command/);
	assert.equal(existsSync(path.join(home, 'auditty.db')), false);
});

test('doctor exits 1 and says what to do when the store is open to others, damaged or none', async t => {
	const open = await seedHome(t, {logs: [{id: 'log_1'}]});
	chmodSync(path.join(open, 'auditty.db'), 0o644);
	const damaged = await seedHome(t, {logs: Array.from({length: 500}, (_, index) => ({id: `log_${index}`, request_body: 'x'.repeat(3000)}))});
	const file = path.join(damaged, 'auditty.db');
	const descriptor = openSync(file, 'r+');
	for (let offset = 64 * 4096; offset < statSync(file).size - 4096; offset += 8192) {
		writeSync(descriptor, Buffer.alloc(4096, 0xff), 0, 4096, offset);
	}

	closeSync(descriptor);
	const garbage = temporaryDirectory(t);
	writeFileSync(path.join(garbage, 'auditty.db'), 'this is no database at all');
	const [first, second, third] = await Promise.all([open, damaged, garbage].map(async home => runCli(['doctor', '--json'], {home})));
	assert.equal(first!.code, 1);
	assert.match(checksOf(first!.stdout).get('store modes')?.remedy ?? '', /^run chmod 600 /);
	assert.equal(second!.code, 1, second!.stdout);
	assert.ok([...checksOf(second!.stdout).values()].some(({check, state, remedy}) => check.startsWith('store') && state === 'problem' && remedy !== null), second!.stdout);
	assert.equal(third!.code, 1);
	assert.match(checksOf(third!.stdout).get('store')?.found ?? '', /is not a store/);
});

test('doctor knows terminals, multiplexers, locales and time zones', async t => {
	const home = temporaryDirectory(t);
	const [plain, tmux, screen] = await Promise.all([
		runCli(['doctor', '--json'], {home, env: {LANG: undefined, TZ: 'Mars/Base', NO_COLOR: '1'}}),
		runCli(['doctor', '--json'], {home, env: {TMUX: '/nowhere/tmux,1,0', PATH: '/nowhere'}}),
		runCli(['doctor', '--json'], {home, env: {STY: '1.pts'}}),
	]);
	const checks = checksOf(plain.stdout);
	assert.equal(checks.get('locale')?.state, 'warning');
	assert.match(checks.get('local time')?.found ?? '', /TZ=Mars\/Base is not known/);
	assert.equal(checks.get('colours')?.found, 'off by NO_COLOR');
	assert.match(checksOf(tmux.stdout).get('clipboard')?.remedy ?? '', /set-clipboard on/);
	assert.match(checksOf(screen.stdout).get('clipboard')?.found ?? '', /screen/);
});
