import {PassThrough, Writable} from 'node:stream';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {type ReactNode} from 'react';
import {render} from 'ink';
import xterm from '@xterm/headless';
import {autoWrapOff} from '../../source/ui/terminal/auto-wrap.ts';

/** What keys send. Esc goes in the unambiguous form of the kitty protocol, so that no test waits for Ink's timer. */
const keySequences: Readonly<Record<string, string>> = {
	enter: '\r', esc: '\u001B[27u', tab: '\t', 'S-tab': '\u001B[Z', space: ' ', backspace: '\u007F', delete: '\u001B[3~',
	up: '\u001B[A', down: '\u001B[B', right: '\u001B[C', left: '\u001B[D', home: '\u001B[H', end: '\u001B[F',
	pgup: '\u001B[5~', pgdn: '\u001B[6~',
};

const sequenceOf = (key: string): string => {
	const control = /^ctrl-([a-z\\])$/.exec(key)?.[1];
	if (control !== undefined) {
		return String.fromCodePoint(control.codePointAt(0)! & 0x1F);
	}

	const alt = /^alt-(.)$/.exec(key)?.[1];
	return alt === undefined ? keySequences[key] ?? key : `\u001B${alt}`;
};

export type CellStyle = {
	readonly text: string;
	/** ANSI colour 0-15; -1 is the terminal's own. */
	readonly color: number;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isInverse: boolean;
	readonly isUnderlined: boolean;
};

export type Screen = {
	/** Rows of the terminal, spaces at their ends cut. */
	readonly lines: () => readonly string[];
	/** The whole frame as text, empty rows at its end cut. */
	readonly frame: () => string;
	/** Presses keys by name (`j`, `enter`, `ctrl-d`), each once what the one before it did is on the screen. */
	readonly press: (...keys: readonly string[]) => Promise<void>;
	/** Sends text as one chunk, as fast typing does. */
	readonly type: (text: string) => Promise<void>;
	readonly paste: (text: string) => Promise<void>;
	/** Waits until React, Ink and the terminal have nothing left to draw. */
	readonly settle: () => Promise<void>;
	/** Waits until the frame holds the text (or satisfies the condition); fails with the frame when it never does. */
	readonly until: (wanted: string | RegExp | ((frame: string) => boolean)) => Promise<void>;
	readonly rerender: (element: ReactNode) => Promise<void>;
	readonly resize: (columns: number, rows: number) => Promise<void>;
	/** Style of the first cell of the first occurrence of a text on the screen. */
	readonly styleOf: (text: string) => CellStyle;
	/** All that was written to the terminal since the start, or since the last call of `forget`. */
	readonly output: () => string;
	readonly forget: () => void;
	/** Sequences for the clipboard and titles that the terminal got: none may come from data. */
	readonly commands: () => readonly string[];
	/** Writes to the terminal as the program itself would, past Ink. */
	readonly write: (data: string) => void;
	/** The program asked to end. */
	readonly hasExited: () => boolean;
	readonly unmount: () => Promise<void>;
};

export type ScreenSize = {readonly columns?: number; readonly rows?: number};

/** Renders into a true terminal emulation. Unmount it at the end of the test. */
export const renderScreen = async (element: ReactNode, {columns = 80, rows = 24}: ScreenSize = {}): Promise<Screen> => {
	const terminal = new xterm.Terminal({cols: columns, rows, convertEol: true, allowProposedApi: true, scrollback: 0});
	const commands: string[] = [];
	for (const code of [0, 1, 2, 4, 7, 8, 9, 52, 777, 1337]) {
		terminal.parser.registerOscHandler(code, data => {
			commands.push(`${code};${data}`);
			return true;
		});
	}

	// As on the real screen.
	terminal.write(autoWrapOff);
	let output = '';
	const onWrite = new Set<() => void>();
	const write = (data: string) => {
		output += data;
		terminal.write(data, () => {
			for (const listener of onWrite) {
				listener();
			}
		});
	};

	const stdout = Object.assign(new Writable({
		decodeStrings: false,
		write(chunk, _encoding, done) {
			write(String(chunk));
			done();
		},
	}), {columns, rows, isTTY: true});
	const stdin = Object.assign(new PassThrough(), {isTTY: true, setRawMode: () => stdin, ref: () => stdin, unref: () => stdin});
	const instance = render(element, {
		stdout: stdout as unknown as NodeJS.WriteStream,
		stderr: stdout as unknown as NodeJS.WriteStream,
		stdin: stdin as unknown as NodeJS.ReadStream,
		interactive: true, exitOnCtrlC: false, patchConsole: false, incrementalRendering: true, maxFps: 1000,
	});

	const terminalFlush = async () => new Promise<void>(resolve => {
		terminal.write('', resolve);
	});

	const settle = async () => {
		// Input goes through the stream and, key by key, through the queue of the keymap; effects may draw again: quiet is two turns without output.
		let quiet = 0;
		while (quiet < 3) {
			const before = output.length;
			await nextTurn();
			await nextTurn();
			await instance.waitUntilRenderFlush();
			quiet = output.length === before ? quiet + 1 : 0;
		}

		await terminalFlush();
	};

	const lines = () => Array.from({length: terminal.rows}, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true).trimEnd() ?? '');
	const frame = () => lines().join('\n').trimEnd();

	const send = async (data: string) => {
		stdin.write(data);
		await settle();
	};

	let isExited = false;
	void instance.waitUntilExit().then(() => {
		isExited = true;
	}, () => undefined);
	await settle();
	return {
		lines, frame, settle, write,
		async press(...keys) {
			for (const key of keys) {
				await send(sequenceOf(key));
			}
		},
		type: send,
		paste: async text => send(`\u001B[200~${text}\u001B[201~`),
		async until(wanted) {
			const isThere = () => {
				const text = frame();
				return typeof wanted === 'function' ? wanted(text) : (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
			};

			await settle();
			if (isThere()) {
				return;
			}

			await new Promise<void>((resolve, reject) => {
				const stop = () => {
					clearTimeout(deadline);
					onWrite.delete(check);
				};

				const check = () => {
					if (isThere()) {
						stop();
						resolve();
					}
				};

				const deadline = setTimeout(() => {
					stop();
					reject(new Error(`Never on the screen: ${String(wanted)}\n${frame()}`));
				}, 10_000);
				onWrite.add(check);
			});
			await settle();
		},
		async rerender(next) {
			instance.rerender(next);
			await settle();
		},
		async resize(newColumns, newRows) {
			terminal.resize(newColumns, newRows);
			Object.assign(stdout, {columns: newColumns, rows: newRows});
			stdout.emit('resize');
			await settle();
		},
		styleOf(text) {
			const row = lines().findIndex(line => line.includes(text));
			const line = terminal.buffer.active.getLine(row);
			if (row < 0 || !line) {
				throw new Error(`Not on the screen: ${text}\n${frame()}`);
			}

			// Wide characters fill two cells: count cells until the text before is spent.
			const before = lines()[row]!.indexOf(text);
			let column = 0;
			for (let length = 0; length < before; column++) {
				length += line.getCell(column)?.getChars().length ?? 1;
				length += line.getCell(column)?.getWidth() === 1 && line.getCell(column)?.getChars() === '' ? 1 : 0;
			}

			const cell = line.getCell(column)!;
			return {
				text: cell.getChars(),
				color: cell.isFgDefault() ? -1 : cell.getFgColor(),
				isBold: cell.isBold() !== 0,
				isDim: cell.isDim() !== 0,
				isInverse: cell.isInverse() !== 0,
				isUnderlined: cell.isUnderline() !== 0,
			};
		},
		output: () => output,
		forget() {
			output = '';
		},
		commands: () => commands,
		hasExited: () => isExited,
		async unmount() {
			instance.unmount();
			await instance.waitUntilExit();
			terminal.dispose();
		},
	};
};
