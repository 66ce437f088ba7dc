import xterm from '@xterm/headless';

export type EmulatedTerminal = {
	readonly write: (bytes: string | Uint8Array) => void;
	/** Rows of the screen, spaces at their ends cut. */
	readonly lines: () => readonly string[];
	/** The screen as text, empty rows at its end cut. */
	readonly frame: () => string;
	readonly cursor: () => {readonly column: number; readonly row: number};
	readonly isAlternateScreen: () => boolean;
	/** What a program may leave changed. */
	readonly modes: () => TerminalModes;
	readonly resize: (columns: number, rows: number) => void;
	/** Waits until the screen shows the text, or satisfies the condition; fails with the screen when it does not within the time. */
	readonly waitFor: (wanted: string | RegExp | ((frame: string) => boolean), timeoutMs?: number) => Promise<void>;
	/** Waits until all that was written is on the screen. */
	readonly flush: () => Promise<void>;
	/** Bytes received so far. */
	readonly received: () => number;
	/** All that was received, as text. */
	readonly output: () => string;
	/** Sequences that set a title or the clipboard, ring or notify: none may come from data. */
	readonly commands: () => readonly string[];
	/** What the terminal answers when it is asked (its kind, its cursor's place). */
	readonly onAnswer: (listener: (answer: string) => void) => void;
};

export type TerminalModes = {
	readonly isAlternateScreen: boolean;
	readonly isCursorVisible: boolean;
	readonly hasAutoWrap: boolean;
	readonly hasBracketedPaste: boolean;
	readonly mouseTracking: string;
	/** Tells when its window gains or loses the focus. */
	readonly reportsFocus: boolean;
	readonly hasApplicationKeys: boolean;
};

/** A terminal as a shell has it. */
export const modesOfAShell: TerminalModes = {
	isAlternateScreen: false, isCursorVisible: true, hasAutoWrap: true, hasBracketedPaste: false, mouseTracking: 'none', reportsFocus: false, hasApplicationKeys: false,
};

const watchedCommands = [0, 1, 2, 4, 7, 8, 9, 52, 777, 1337];

/** A whole terminal without a window: takes the bytes that a program writes, and has the screen that a person would see. */
export function emulateTerminal({columns = 80, rows = 24}: {readonly columns?: number; readonly rows?: number} = {}): EmulatedTerminal {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
	const commands: string[] = [];
	for (const code of watchedCommands) {
		terminal.parser.registerOscHandler(code, data => {
			commands.push(`${code};${data}`);
			return true;
		});
	}

	let isCursorVisible = true;
	for (const [final, isVisible] of [['h', true], ['l', false]] as const) {
		terminal.parser.registerCsiHandler({prefix: '?', final}, parameters => {
			if (parameters.includes(25)) {
				isCursorVisible = isVisible;
			}

			// The terminal does it too.
			return false;
		});
	}

	terminal.onBell(() => commands.push('bell'));
	const decoder = new TextDecoder();
	const listeners = new Set<() => void>();
	let received = 0;
	let output = '';

	const lines = () => Array.from({length: terminal.rows}, (_, row) => {
		const buffer = terminal.buffer.active;
		return buffer.getLine(buffer.baseY + row)?.translateToString(true).trimEnd() ?? '';
	});
	const frame = () => lines().join('\n').trimEnd();

	return {
		lines,
		frame,
		write(bytes) {
			received += typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
			output += typeof bytes === 'string' ? bytes : decoder.decode(bytes, {stream: true});
			terminal.write(bytes, () => {
				for (const listener of listeners) {
					listener();
				}
			});
		},
		cursor: () => ({column: terminal.buffer.active.cursorX, row: terminal.buffer.active.cursorY}),
		isAlternateScreen: () => terminal.buffer.active.type === 'alternate',
		modes: () => ({
			isAlternateScreen: terminal.buffer.active.type === 'alternate',
			isCursorVisible,
			hasAutoWrap: terminal.modes.wraparoundMode,
			hasBracketedPaste: terminal.modes.bracketedPasteMode,
			mouseTracking: terminal.modes.mouseTrackingMode,
			reportsFocus: terminal.modes.sendFocusMode,
			hasApplicationKeys: terminal.modes.applicationCursorKeysMode || terminal.modes.applicationKeypadMode,
		}),
		resize(width, height) {
			terminal.resize(width, height);
		},
		async waitFor(wanted, timeoutMs = 20_000) {
			const isThere = (): boolean => {
				const text = frame();
				return typeof wanted === 'function' ? wanted(text) : typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
			};

			await new Promise<void>((resolve, reject) => {
				const settle = (finish: () => void): void => {
					clearTimeout(deadline);
					listeners.delete(check);
					finish();
				};

				const check = (): void => {
					if (isThere()) {
						settle(resolve);
					}
				};

				const deadline = setTimeout(() => {
					settle(() => {
						reject(new Error(`the screen never showed ${typeof wanted === 'function' ? 'what was waited for' : String(wanted)}:\n${frame()}`));
					});
				}, timeoutMs);
				listeners.add(check);
				check();
			});
		},
		flush: async () => new Promise<void>(resolve => {
			terminal.write('', resolve);
		}),
		received: () => received,
		output: () => output,
		commands: () => commands,
		onAnswer(listener) {
			terminal.onData(listener);
		},
	};
}
