import {execFileSync} from 'node:child_process';
import process from 'node:process';
import {type TestContext} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {startInPty, type PtySession} from './pty.ts';
import {cliCommand, cliEnvironment} from './run-cli.ts';

/** For what depends on how busy the machine is: long, since nothing waits longer than it must. */
export const patientMs = 60_000;

export type AudittyOptions = {
	readonly home: string;
	readonly arguments?: readonly string[];
	readonly columns?: number;
	readonly rows?: number;
	readonly term?: string;
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** What comes before the program on its command line: a shell that goes on after it. */
	readonly within?: readonly string[];
};

/** A terminal in which auditty runs, as a person has it. */
export type AudittySession = PtySession & {
	/** Waits for a text on the screen, as long as a busy machine may need. */
	readonly sees: (wanted: string | RegExp | ((frame: string) => boolean)) => Promise<void>;
	/** Sends keys, then waits for what they bring. */
	readonly press: (keys: string, wanted: string | RegExp | ((frame: string) => boolean)) => Promise<void>;
};

/** Opens auditty in a real pseudo-terminal; it ends with the test at the latest. */
export const openAuditty = (context: Pick<TestContext, 'after'>, {home, arguments: given = [], columns = 120, rows = 40, term = 'xterm-256color', env = {}, within = []}: AudittyOptions): AudittySession => {
	const session = startInPty({
		// A pseudo-terminal sets TERM itself, so that another one is given by env(1).
		command: ['env', `TERM=${term}`, ...within, ...cliCommand, ...given], columns, rows, env: cliEnvironment({home, env}),
	});
	context.after(async () => {
		// What a shell stopped, and what a program started, would outlive the shell.
		for (const {pid} of descendantsOf(session.pid)) {
			try {
				process.kill(pid, 'SIGKILL');
			} catch {
				// It has ended meanwhile.
			}
		}

		await session.close();
	});
	const sees: AudittySession['sees'] = async wanted => session.screen.waitFor(wanted, patientMs);
	return {
		...session,
		sees,
		async press(keys, wanted) {
			session.send(keys);
			await sees(wanted);
		},
	};
};

export const keys = {enter: '\r', escape: '\u001B', controlC: '\u0003', controlZ: '\u001A', up: '\u001B[A', down: '\u001B[B'} as const;

/** Looks again and again, for what tells nobody that it has come. */
export const eventually = async (isSo: () => boolean | Promise<boolean>, what: string): Promise<void> => {
	const deadline = Date.now() + patientMs;
	while (!await isSo()) {
		if (Date.now() > deadline) {
			throw new Error(`it never came to this: ${what}`);
		}

		await delay(20);
	}
};

export type ProcessRow = {readonly pid: number; readonly parent: number; readonly command: string};

/** Every process of the machine. */
export const listProcesses = (): readonly ProcessRow[] => execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], {encoding: 'utf8', maxBuffer: 16 * 1024 * 1024})
	.split('\n').flatMap(line => {
		const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
		return match === null ? [] : [{pid: Number(match[1]), parent: Number(match[2]), command: match[3] ?? ''}];
	});

/** Processes that a process started, and those that they started. */
export const descendantsOf = (pid: number): readonly ProcessRow[] => {
	const all = listProcesses();
	const below = (parent: number): readonly ProcessRow[] => all.filter(row => row.parent === parent).flatMap(row => [row, ...below(row.pid)]);
	return below(pid);
};
