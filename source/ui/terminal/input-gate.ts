import {Readable} from 'node:stream';

type TerminalInput = NodeJS.ReadStream & {readonly setRawMode: (isRaw: boolean) => unknown};

/** Over SSH the bytes of one key can come apart by tens of milliseconds. */
export const escapeWaitMs = (environment: Readonly<Record<string, string | undefined>>): number =>
	environment['SSH_CONNECTION'] === undefined && environment['SSH_TTY'] === undefined ? 20 : 100;

// ESC alone, ESC [ or ESC O and parameters without their end: more may be on its way.
 
const unfinished = /\u001B(?:\[[\d;<=>?]*|O)?$/;

/**
 * Stands between the terminal and Ink: holds an escape sequence that came in part until the rest is there or `waitMs` has
 * passed, so that a key that a slow link tore apart does not become Escape and letters.
 */
export class InputGate extends Readable {
	readonly isTTY = true;
	readonly #input: TerminalInput;
	readonly #waitMs: number;
	#held = '';
	#timer: NodeJS.Timeout | undefined;
	#isReading = false;

	constructor(input: TerminalInput, waitMs: number) {
		super({encoding: 'utf8', read() {
			// What comes is pushed as it comes.
		}});
		this.#input = input;
		this.#waitMs = waitMs;
		input.setEncoding('utf8');
		input.on('end', () => this.push(null));
	}

	setRawMode(isRaw: boolean): this {
		this.#input.setRawMode(isRaw);
		if (isRaw && !this.#isReading) {
			this.#isReading = true;
			this.#input.on('data', this.#take);
			this.#input.resume();
		} else if (!isRaw && this.#isReading) {
			// Whoever has the terminal meanwhile (an editor) reads every byte.
			this.#isReading = false;
			this.#input.off('data', this.#take);
			this.#input.pause();
			this.#release();
		}

		return this;
	}

	ref(): this {
		this.#input.ref();
		return this;
	}

	unref(): this {
		this.#input.unref();
		return this;
	}

	readonly #take = (chunk: string): void => {
		clearTimeout(this.#timer);
		this.#held += chunk;
		if (unfinished.test(this.#held)) {
			this.#timer = setTimeout(() => {
				this.#release();
			}, this.#waitMs);
		} else {
			this.#release();
		}
	};

	#release(): void {
		clearTimeout(this.#timer);
		if (this.#held !== '') {
			const all = this.#held;
			this.#held = '';
			this.push(all);
		}
	}
}
