/** The process was asked to end. */
export class Interrupted extends Error {
	override readonly name = 'Interrupted';
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The first signal aborts `signal`, so that a command can close what it opened; a second one ends the process at once.
 * `dieOf` sends the process the signal again, now without a listener: whoever started it sees that it was interrupted.
 */
export const catchSignals = (target: NodeJS.Process): {readonly signal: AbortSignal; readonly dieOf: () => Promise<never>} => {
	const aborting = new AbortController();
	let received: NodeJS.Signals = 'SIGINT';
	const listen = (signal: NodeJS.Signals): void => {
		received = signal;
		stopListening();
		aborting.abort(new Interrupted(signal));
	};

	const stopListening = (): void => {
		for (const signal of endingSignals) {
			target.off(signal, listen);
		}
	};

	for (const signal of endingSignals) {
		target.on(signal, listen);
	}

	return {
		signal: aborting.signal,
		dieOf: async () => {
			target.kill(target.pid, received);
			return new Promise<never>(() => {
				// The signal ends the process; a timer keeps it alive until then.
				setTimeout(() => target.exit(1), 1000);
			});
		},
	};
};
