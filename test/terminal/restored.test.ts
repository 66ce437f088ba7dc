import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, test, type TestContext} from 'node:test';
import {descendantsOf, eventually, keys, openAuditty, type AudittySession} from '../helpers/open-auditty.ts';
import {seedHome} from '../helpers/seed-home.ts';
import {modesOfAShell} from '../helpers/terminal.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

/** A shell that goes on after auditty and says how it ended and what the terminal's settings are then. */
const shell = ['sh', '-c', 'sh -c \'echo $$ >"$PID_FILE"; exec "$@"\' sh "$@"; echo "left with $?"; stty -a; echo over', 'sh'];

const openWithin = async (context: TestContext, within: readonly string[] = shell) => {
	const home = await seedHome(context, {logs: [{id: 'log_1', status: 404, outcome: 'failure', error_key: 'not_found', response_body: '{"key":"not_found"}'}]});
	const pidFile = path.join(temporaryDirectory(context), 'pid');
	const session = openAuditty(context, {home, within, arguments: ['logs', 'since:2000-01-01'], env: {PID_FILE: pidFile}});
	await session.sees(/▸ {2}✗ 404/);
	return {session, pid: () => Number(readFileSync(pidFile, 'utf8'))};
};

/** What `stty -a` wrote: lines, echo and signals are the terminal's own again. */
const assertCooked = (frame: string): void => {
	const words = new Set(frame.split(/[\s;]+/));
	for (const word of ['icanon', 'echo', 'isig', 'iexten', 'opost', 'icrnl']) {
		assert.ok(words.has(word), `${word} is off:\n${frame}`);
	}
};

const assertRestored = (session: AudittySession, code: number): void => {
	const frame = session.screen.frame();
	assert.match(frame, new RegExp(`^left with ${code}$`, 'm'));
	assertCooked(frame);
	assert.deepEqual(session.screen.modes(), modesOfAShell);
	// What Ink pushes on the terminal's stack of keyboard modes it takes off again.
	const output = session.screen.output();
	assert.equal(output.split('\u001B[>1u').length, output.split('\u001B[<u').length);
};

const places = {
	list: () => Promise.resolve(),
	detail: async (session: AudittySession) => session.press(keys.enter, 'key: "not_found"'),
	form: async (session: AudittySession) => session.press('f', /Filter .*match/),
	palette: async (session: AudittySession) => session.press(':', 'Failures only'),
	help: async (session: AudittySession) => session.press('?', 'Redraw the screen'),
} as const satisfies Readonly<Record<string, (session: AudittySession) => Promise<void>>>;

const codes = {'ctrl-c': 0, SIGINT: 130, SIGTERM: 143, SIGHUP: 129} as const;

const ways: ReadonlyArray<readonly [place: keyof typeof places, ...ends: ReadonlyArray<keyof typeof codes>]> = [
	['list', 'ctrl-c', 'SIGINT', 'SIGTERM', 'SIGHUP'],
	['detail', 'ctrl-c', 'SIGHUP'],
	['form', 'ctrl-c', 'SIGTERM'],
	['palette', 'SIGINT'],
	['help', 'SIGHUP'],
];

describe('the terminal is given back as it was', {concurrency: 2}, () => {
	for (const [place, ...ends] of ways) {
		for (const end of ends) {
			test(`by ${end} at the ${place}`, async context => {
				const {session, pid} = await openWithin(context);
				await places[place](session);
				if (end === 'ctrl-c') {
					session.send(keys.controlC);
				} else {
					process.kill(pid(), end);
				}

				await session.sees(/^over$/m);
				assertRestored(session, codes[end]);
			});
		}
	}

	test('by q at the list, and by q q from the detail', async context => {
		const {session} = await openWithin(context);
		await places.detail(session);
		await session.press('q', frame => !frame.includes('key: "not_found"'));
		await session.press('q', /^over$/m);
		assertRestored(session, 0);
	});

	test('when the terminal is closed, nothing is left running', async context => {
		const {session, pid} = await openWithin(context);
		const root = pid();
		const started = descendantsOf(root).map(row => row.pid);
		assert.ok(started.length >= 2, 'a store host and a worker');
		session.kill('SIGKILL');
		await session.exited;
		const isGone = (one: number): boolean => {
			try {
				process.kill(one, 0);
				return false;
			} catch {
				return true;
			}
		};
		await eventually(() => [root, ...started].every(isGone), 'no process of auditty is left');
	});
});

for (const place of ['list', 'detail'] as const) {
	test(`ctrl-z at the ${place} leaves the shell a terminal as it was, and fg draws all again`, async context => {
		const {session} = await openWithin(context, ['bash', '--noprofile', '--norc', '-c', 'set -m; "$@"; echo "stopped"; stty -a; read -r line; fg; echo "left with $?"; stty -a; echo over', 'bash']);
		await places[place](session);
		await session.press(keys.controlZ, /^stopped$[^]*icanon/m);
		assert.deepEqual(session.screen.modes(), modesOfAShell);
		assertCooked(session.screen.frame());
		await session.press('\r', place === 'list' ? /▸ {2}✗ 404[^]*enter open/ : /✗ 404[^]*key: "not_found"/);
		assert.doesNotMatch(session.screen.frame(), /icanon/);
		assert.equal(session.screen.modes().isAlternateScreen, true);
		await session.press(keys.controlC, /^over$/m);
		assertRestored(session, 0);
	});
}
