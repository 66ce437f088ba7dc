import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startInPty} from '../helpers/pty.ts';
import {cliCommand, cliEnvironment} from '../helpers/run-cli.ts';
import {seedHome} from '../helpers/seed-home.ts';

/** A pseudo-terminal sets TERM itself, so that another one is given by env(1). */
const onTerminal = async (home: string, args: readonly string[], term = 'xterm-256color') => {
	const session = startInPty({command: ['env', `TERM=${term}`, ...cliCommand, ...args], columns: 100, rows: 30, env: cliEnvironment({home})});
	try {
		const {code} = await session.exited;
		return {code, frame: session.screen.frame(), isAlternate: session.screen.output().includes('\u001b[?1049h'), commands: session.screen.commands()};
	} finally {
		await session.close();
	}
};

test('--count, --exit-code and each format print on a terminal too', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_1', error_key: 'not_found', status: 404, outcome: 'failure'}]});
	const [count, exit, plain, json, show] = await Promise.all([
		onTerminal(home, ['logs', 'since:2000-01-01', '--count']),
		onTerminal(home, ['logs', 'since:2000-01-01', '--exit-code']),
		onTerminal(home, ['logs', 'since:2000-01-01', '--plain']),
		onTerminal(home, ['logs', 'since:2000-01-01', '--json', '--limit', '1']),
		onTerminal(home, ['show', 'log_1', '--plain']),
	]);
	assert.deepEqual([count.code, count.frame], [0, '1']);
	assert.equal(exit.code, 1);
	assert.equal(exit.frame, plain.frame);
	assert.match(plain.frame, /^STATUS .*\n404 .*not_found$/);
	assert.match(json.frame, /^\{"id":"log_1"/);
	assert.match(show.frame, /^log_1\n/);
	assert.ok([count, exit, plain, json, show].every(({isAlternate}) => !isAlternate));
});

test('settings are a table where the terminal has room and signs for it, and lines elsewhere', async t => {
	const home = await seedHome(t, {});
	const wide = await onTerminal(home, ['settings']);
	assert.match(wide.frame, /^│ retention +│ 6 months │ default │/m);
	assert.match(wide.frame, /^┌/);
	const ascii = await onTerminal(home, ['settings'], 'linux');
	assert.match(ascii.frame, /^retention +6 months {2}\(default\)$/m);
});

test('with TERM=dumb there is no screen but one clear line, and printing works', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_1'}]});
	const [bare, logs, plain] = await Promise.all([
		onTerminal(home, [], 'dumb'), onTerminal(home, ['logs'], 'dumb'), onTerminal(home, ['logs', 'since:2000-01-01', '--count'], 'dumb'),
	]);
	for (const {code, frame, isAlternate} of [bare, logs]) {
		assert.deepEqual([code, isAlternate], [2, false]);
		assert.match(frame.replaceAll('\n', ''), /^auditty: this terminal cannot show the screen \(TERM=dumb\), print with a command such as auditty logs --plain, or set TERM$/);
	}

	assert.deepEqual([plain.code, plain.frame], [0, '1']);
});

test('hostile records do nothing to a terminal that they are printed on', async t => {
	const evil = '\u001b]0;owned\u0007\u001b]52;c;ZXZpbA==\u0007\u001b[2J\u009d0;owned\u009c\u0007';
	const home = await seedHome(t, {logs: [{id: `log_${evil}`, customer: evil, error_key: evil, request_body: evil, request_headers: {[evil]: evil}}]});
	for (const args of [['logs', 'since:2000-01-01', '--plain'], ['logs', 'since:2000-01-01', '--json'], ['logs', 'since:2000-01-01', '--csv'], ['show', 'log_', '--plain'], [`logs${evil}`]]) {
		const {commands, frame} = await onTerminal(home, args);
		assert.deepEqual(commands, [], args.join(' '));
		assert.match(frame, /\\x1b|\\u001b/, args.join(' '));
	}
});
