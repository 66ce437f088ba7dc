import {fork, type ChildProcess} from 'node:child_process';
import {type Socket} from 'node:net';
import {type FromChild, type ToChild} from './messages.ts';

/** A module and its arguments, run by this process's own Node with this process's own Node options. */
export type ChildCommand = readonly [module: string, ...arguments_: string[]];

export type SupervisedChild = {
	/** False when no child runs just now; the message is then gone. */
	readonly send: (message: ToChild) => boolean;
	/** Ends the child at once; it is started again. */
	readonly kill: (reason: string) => void;
	/** Ends the child for good: closes its channel, and kills it when it has not ended within `graceMs`. */
	readonly stop: (graceMs?: number) => Promise<void>;
	/** Closes its channel, waits for its end no longer than `waitMs`, and then leaves it to end by itself. */
	readonly leave: (waitMs: number) => Promise<void>;
	/** Of the child that runs now; null between two. */
	readonly pid: () => number | null;
	/** From now on this process does not end by itself while the child runs; only for one that was started unheld. */
	readonly hold: () => void;
};

/** How long to wait before the nth start in a row that came to nothing (n from 1). */
export const restartDelayMs = (failedStarts: number): number => failedStarts <= 1 ? 0 : Math.min(100 * 2 ** (failedStarts - 2), 10_000);

const unhold = (child: ChildProcess): void => {
	child.unref();
	child.channel?.unref();
	// A pipe is a socket, whatever the type says.
	(child.stderr as Socket | null)?.unref();
};

/**
 * Runs a child process and starts it again whenever it ends. It stands in a session of its own, so that ctrl-c and
 * ctrl-z in the terminal do not reach it, and ends by itself when its channel closes, however this process ended.
 * What it writes goes nowhere but, the last of stderr, into the reason of its end.
 */
export const superviseChild = ({command, opening, onStart, onMessage, onEnd, environment = {}, serialization = 'json', isUnheld = false, nodeOptions = process.execArgv}: {
	readonly command: ChildCommand;
	/** Sent as the first message of each start. */
	readonly opening: unknown;
	readonly environment?: Readonly<Record<string, string>>;
	/** `advanced` carries bytes as they are; `json` is faster for all else. */
	readonly serialization?: 'json' | 'advanced';
	/** For Node itself; this process's own where absent. */
	readonly nodeOptions?: readonly string[];
	/** This process may end while the child runs. */
	readonly isUnheld?: boolean;
	/** The child was started; messages may be sent, it reads them once it runs. */
	readonly onStart: () => void;
	readonly onMessage: (message: FromChild) => void;
	/** Not called for an end that `stop` asked for. */
	readonly onEnd: (end: {readonly reason: string; readonly failedStarts: number}) => void;
}): SupervisedChild => {
	let child: ChildProcess | null = null;
	let isStopping = false;
	let stopping: Promise<void> | null = null;
	let failedStarts = 0;
	let killReason: string | null = null;
	let restart: NodeJS.Timeout | undefined;
	let isHeld = !isUnheld;

	const start = (): void => {
		const [module, ...arguments_] = command;
		const started = fork(module, arguments_, {
			detached: true,
			serialization,
			execArgv: [...nodeOptions],
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
			env: {...process.env, ...environment},
		});
		let lastWords = '';
		let isEnded = false;
		child = started;
		if (!isHeld) {
			unhold(started);
		}

		killReason = null;
		failedStarts++;

		const end = (reason: string): void => {
			if (isEnded) {
				return;
			}

			isEnded = true;
			child = null;
			if (isStopping) {
				return;
			}

			restart = setTimeout(start, restartDelayMs(failedStarts));
			if (!isHeld) {
				restart.unref();
			}

			onEnd({reason: killReason ?? reason, failedStarts});
		};

		started.stderr?.setEncoding('utf8').on('data', (text: string) => {
			lastWords = (lastWords + text).slice(-2000);
		});
		started.on('message', message => {
			const received = message as FromChild;
			if (received.kind === 'ready') {
				failedStarts = 0;
			}

			onMessage(received);
		});
		started.on('error', error => end(error.message));
		// Not 'close', which does not come after a disconnect from this side. The last of stderr may still be on its way.
		started.on('exit', (code, signal) => setImmediate(() => end([signal ?? `exit code ${code}`, lastWords.trim()].filter(Boolean).join(': '))));
		started.send({kind: 'open', opening} satisfies ToChild, () => {
			// A child that ended before it read this is noticed by its end.
		});
		onStart();
	};

	/** Tells the child to end, and calls `late` when it has not within so long. Resolves at its end, or when `late` says so. */
	const finish = async (waitMs: number, late: (ending: ChildProcess, resolve: () => void) => void): Promise<void> => {
		isStopping = true;
		clearTimeout(restart);
		const ending = child;
		if (ending === null) {
			return;
		}

		const {promise, resolve} = Promise.withResolvers<void>();
		ending.once('exit', resolve);
		if (ending.connected) {
			ending.disconnect();
		}

		const timer = setTimeout(late, waitMs, ending, resolve);
		await promise;
		clearTimeout(timer);
	};

	start();
	return {
		send(message) {
			return child?.connected === true && child.send(message, () => {
				// As above.
			}) !== undefined;
		},
		kill(reason) {
			killReason = reason;
			child?.kill('SIGKILL');
		},
		async stop(graceMs = 2000) {
			stopping ??= finish(graceMs, ending => ending.kill('SIGKILL'));
			return stopping;
		},
		async leave(waitMs) {
			stopping ??= finish(waitMs, (ending, resolve) => {
				unhold(ending);
				resolve();
			});
			return stopping;
		},
		pid: () => child?.pid ?? null,
		hold() {
			isHeld = true;
			child?.ref();
			child?.channel?.ref();
			restart?.ref();
		},
	};
};
