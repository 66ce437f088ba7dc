import process from 'node:process';
import {spawn} from '@lydell/node-pty';
import {emulateTerminal, type EmulatedTerminal} from './terminal.ts';

export type PtyOptions = {
	/** Program and arguments. The Node that runs the tests when the program is `node`. */
	readonly command: readonly [string, ...string[]];
	readonly columns?: number;
	readonly rows?: number;
	readonly cwd?: string;
	/** Beside the few variables that a login gives; undefined leaves one of those out. */
	readonly env?: Readonly<Record<string, string | undefined>>;
};

export type PtySession = {
	readonly screen: EmulatedTerminal;
	readonly pid: number;
	/** Sends bytes as a terminal does for keys and pasted text. */
	readonly send: (text: string) => void;
	readonly resize: (columns: number, rows: number) => void;
	readonly kill: (signal?: string) => void;
	/** Resolves once the program is over and all that it wrote is on the screen. */
	readonly exited: Promise<{readonly code: number; readonly signal: number}>;
	/** Called for each chunk of output as it arrives, before it is drawn; returns what ends that. */
	readonly onOutput: (listener: (bytes: number) => void) => () => void;
	/** Ends the program where it still runs. Call it in `finally`. */
	readonly close: () => Promise<void>;
};

/** Starts a program in a real pseudo-terminal, whose screen can be read and waited for. */
export function startInPty({command: [program, ...programArguments], columns = 80, rows = 24, cwd, env}: PtyOptions): PtySession {
	const screen = emulateTerminal({columns, rows});
	const child = spawn(program === 'node' ? process.execPath : program, programArguments, {
		name: 'xterm-256color', cols: columns, rows, cwd: cwd ?? process.cwd(),
		// Null gives the bytes as they come; the types know only strings.
		encoding: null,
		env: {
			PATH: process.env['PATH'], HOME: process.env['HOME'], TERM: 'xterm-256color', LANG: 'C.UTF-8', TZ: 'UTC', ...env,
		},
	});
	const listeners = new Set<(bytes: number) => void>();
	child.onData(data => {
		const bytes = data as unknown as Buffer;
		for (const listener of listeners) {
			listener(bytes.length);
		}

		screen.write(bytes);
	});
	let isOver = false;
	const exited = new Promise<{code: number; signal: number}>(resolve => {
		child.onExit(({exitCode, signal}) => {
			isOver = true;
			void screen.flush().then(() => {
				resolve({code: exitCode, signal: signal ?? 0});
			});
		});
	});
	screen.onAnswer(answer => {
		if (!isOver) {
			child.write(answer);
		}
	});

	return {
		screen,
		pid: child.pid,
		exited,
		send(text) {
			child.write(text);
		},
		resize(width, height) {
			screen.resize(width, height);
			child.resize(width, height);
		},
		kill(signal) {
			child.kill(signal);
		},
		onOutput(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		async close() {
			if (!isOver) {
				child.kill('SIGKILL');
			}

			await exited;
		},
	};
}
