import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import packageJson from '../../package.json' with {type: 'json'};
import {commandTable} from '../../source/commands/command-table.ts';
import {helpText} from '../../source/commands/help-text.ts';
import {runCli, runShell} from '../helpers/run-cli.ts';
import {runInProcess} from '../helpers/run-in-process.ts';
import {seedHome} from '../helpers/seed-home.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

const commandNames = commandTable.map(([name]) => name);

test('every command is documented: summary, usage, description, examples and each flag', async () => {
	const help = await helpText(null);
	for (const [name, load] of commandTable) {
		const command = await load();
		assert.equal(command.name, name);
		assert.ok(command.summary.length > 10, `${name} has no summary`);
		assert.ok(command.usage.length > 0 && command.usage.every(line => line.startsWith(name)), `${name} has no usage`);
		assert.ok(command.description.length > 0, `${name} has no description`);
		assert.ok(command.examples.length > 0 && command.examples.every(({line, does}) => line.startsWith(name) && does !== ''), `${name} has no examples`);
		assert.ok(help.includes(command.summary), `auditty --help does not tell of ${name}`);
		const own = await helpText(command);
		for (const [flag, {description}] of Object.entries(command.flags)) {
			assert.ok(description.length > 10 && own.includes(description), `${name}: ${flag} is not documented`);
		}
	}
});

test('no line of help is wider than 120 columns', async () => {
	const texts = [await helpText(null), ...await Promise.all(commandTable.map(async ([, load]) => helpText(await load())))];
	assert.deepEqual(texts.flatMap(text => text.split('\n').filter(line => line.length > 120)), []);
});

test('--help and --version print to standard output and exit 0, wherever they stand', async t => {
	const home = temporaryDirectory(t);
	const [root, version] = await Promise.all([runCli(['--help'], {home}), runCli(['--version'], {home})]);
	const [short, word, logs, before, after] = await Promise.all([
		runInProcess(['-h'], {home}), runInProcess(['help'], {home}), runInProcess(['logs', '--help'], {home}), runInProcess(['--help', 'logs'], {home}),
		runInProcess(['help', 'logs'], {home}),
	]);
	for (const name of commandNames) {
		assert.match(root.stdout, new RegExp(`auditty ${name}`));
	}

	assert.equal(root.code, 0);
	assert.equal(short.stdout, root.stdout);
	assert.equal(word.stdout, root.stdout);
	assert.deepEqual([version.code, version.stdout], [0, `${packageJson.version}\n`]);
	assert.match(logs.stdout, /--follow/);
	assert.match(logs.stdout, /server_key:/);
	assert.equal(before.stdout, logs.stdout);
	assert.equal(after.stdout, logs.stdout);
});

test('wrong usage exits 2 with one line on standard error that says what to do', async t => {
	const home = temporaryDirectory(t);
	const cases: ReadonlyArray<readonly [args: readonly string[], wanted: RegExp]> = [
		[['lgos'], /^auditty: there is no command lgos, did you mean logs\?/],
		[['xyzzy'], /the commands are logs, tasks/],
		[[''], /there is no command/],
		[['two words'], /there is no command two words/],
		[['status:failure'], /write auditty logs status:failure/],
		[['-status:failure', 'logs'], /write auditty logs -status:failure/],
		[['logs', '--bogus'], /auditty logs has no flag --bogus, it has .*--follow/],
		[['logs', '--bogus-flag=1'], /has no flag --bogus-flag=1/],
		[['logs', '-x'], /has no flag -x.*after --/],
		[['--bogus'], /auditty has no flag --bogus/],
		[['logs', '--limit', 'many'], /--limit many is no whole number, give/],
		[['logs', '--limit', '-1'], /--limit -1 is no whole number/],
		[['logs', '--limit'], /--limit has no value, write --limit N/],
		[['logs', '--limit', '1', '--limit', '2'], /--limit is given more than once/],
		[['logs', '--json', '--csv'], /--json and --csv exclude each other/],
		[['logs', '--follow', '--count'], /--follow does not end/],
		[['logs', '--follow', '--exit-code'], /--follow does not end/],
		[['logs', 'statu:404'], /no key "statu".*status.*endpoint/s],
		[['logs', '-statu:404'], /no key "statu"/],
		[['logs', 'since:yesterday'], /"yesterday" is not a date, write 30m/],
		[['exports', 'status:finished'], /scheduled, in_progress, done, error/],
		[['show'], /show needs an argument, write auditty show ID/],
		[['show', 'a', 'b'], /show does not take b/],
		[['show', ''], /the ID is empty/],
		[['doctor', 'now'], /doctor does not take now/],
		[['doctor', '--csv'], /doctor prints no CSV/],
		[['settings', 'project.colour'], /there is no setting project\.colour, use project\.name/],
		[['settings', 'retention', '3 parsecs'], /retention cannot be '3 parsecs', give/],
		[['settings', '--unset'], /--unset takes one setting/],
		[['settings', 'project.name', 'Shop', '--read-only'], /--read-only leaves the store as it is, leave it out to set it/],
		[['settings', 'project.name', '--unset', '--read-only'], /--read-only leaves the store as it is/],
		[['export', '--limit', '2'], /export takes no --limit, /],
		[['show', 'log_1', '--limit', '2'], /show takes no --limit, /],
		[['task', 'cancel', 'aa_1', '--csv'], /task prints no CSV/],
		[['logs', '--db', 'mysql://host'], /no address of a store, give file:PATH/],
		[['logs', '--db', 'libsql://user:secret@host'], /holds a secret, give the token in AUDITTY_DB_TOKEN/],
		[['logs', '--demo', '--db', 'file:a.db'], /--demo and --db exclude each other/],
		[[], /ssh -t/],
		[['--read-only'], /ssh -t/],
	];
	for (const [args, wanted] of cases) {
		const {code, stdout, stderr} = await runInProcess(args, {home});
		const call = `auditty ${args.join(' ')}`;
		assert.equal(code, 2, `${call} exits ${code}: ${stderr}`);
		assert.equal(stdout, '', call);
		assert.match(stderr, wanted, call);
		assert.match(stderr, /^auditty: [^\n]+\n$/, call);
		assert.ok(!stderr.includes('secret@'), call);
	}
});

test('the process itself gives exit code, standard output and standard error', async t => {
	const home = temporaryDirectory(t);
	const [usage, none] = await Promise.all([runCli(['lgos'], {home}), runCli([], {home})]);
	assert.deepEqual([usage.code, usage.stdout, usage.stderr], [2, '', 'auditty: there is no command lgos, did you mean logs? All commands: auditty --help\n']);
	assert.equal(none.code, 2);
	assert.match(none.stderr, /^auditty: the screen needs a terminal, .*ssh -t/);
});

test('a store that cannot be used exits 1 and says why', async t => {
	const home = await seedHome(t);
	const bare = temporaryDirectory(t);
	const missing = path.join(bare, 'auditty.db');
	const [none, garbage] = await Promise.all([
		runCli(['logs', '--read-only'], {home: bare}),
		runShell(`echo garbage garbage > garbage.db; auditty logs --db file:garbage.db`, {home, cwd: home}),
	]);
	assert.deepEqual([none.code, none.stderr], [1, `auditty: the store ${missing} does not exist, check --db, or leave out --read-only to make it\n`]);
	assert.equal(garbage.code, 1);
	assert.match(garbage.stderr, /^auditty: the file .*garbage\.db is not a store, /);
});

test('AUDITTY_DB names the store, and --db wins over it; global flags stand anywhere', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_home'}]});
	const other = await seedHome(t, {logs: [{id: 'log_other'}]});
	const otherUrl = `file:${path.join(other, 'auditty.db')}`;
	const ids = ({stdout}: {readonly stdout: string}) => stdout.trim().split('\n').map(line => (JSON.parse(line) as {readonly id: string}).id);
	const [byDefault, byVariable, byFlag, first] = await Promise.all([
		runCli(['logs', 'since:2000-01-01', '--json'], {home}),
		runCli(['logs', 'since:2000-01-01', '--json'], {home, env: {AUDITTY_DB: otherUrl}}),
		runCli(['logs', 'since:2000-01-01', '--json', '--db', `file:${path.join(home, 'auditty.db')}`], {home, env: {AUDITTY_DB: otherUrl}}),
		runCli(['--json', '--db', otherUrl, '--read-only', '--limit', '5', 'logs', 'since:2000-01-01'], {home}),
	]);
	assert.deepEqual(ids(byDefault), ['log_home']);
	assert.deepEqual(ids(byVariable), ['log_other']);
	assert.deepEqual(ids(byFlag), ['log_home']);
	assert.deepEqual(ids(first), ['log_other']);
});

test('a command runs with every standard stream closed or missing', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_1'}]});
	const [noInput, closedInput, closedOutput, allClosed] = await Promise.all([
		runCli(['logs', 'since:2000-01-01', '--json'], {home, input: null}),
		runShell('auditty logs since:2000-01-01 --json <&-', {home}),
		runShell('auditty logs since:2000-01-01 --json >&-; echo "exit $?" >&2', {home}),
		runShell('( auditty logs since:2000-01-01 --json <&- >&- 2>&- ); echo "exit $?"', {home}),
	]);
	assert.match(noInput.stdout, /"log_1"/);
	assert.match(closedInput.stdout, /"log_1"/);
	assert.equal(closedOutput.stderr, 'exit 0\n');
	assert.equal(allClosed.stdout, 'exit 0\n');
});

test('an output that cannot be written exits 1', {skip: process.platform !== 'linux' && 'only Linux has /dev/full'}, async t => {
	const home = await seedHome(t, {logs: [{id: 'log_1'}]});
	const {stderr} = await runShell('auditty logs since:2000-01-01 --json > /dev/full; echo "exit $?" >&2', {home});
	assert.match(stderr, /^auditty: the output cannot be written \(ENOSPC.*\), .*\nexit 1\n$/);
});
