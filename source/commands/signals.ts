const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The first signal aborts `interrupted`, so that a command can close what it opened; a second one ends the process at
 * once. `dieOf` sends the process the signal again, now without a listener: whoever started it sees why it ended.
 */
export const catchSignals = (process: NodeJS.Process): {readonly interrupted: AbortSignal; readonly dieOf: () => Promise<never>} => {
	const aborting = new AbortController();
	let received: NodeJS.Signals = 'SIGINT';
	const forget = (): void => {
		for (const ending of endingSignals) {
			process.off(ending, listen);
		}
	};

	// It goes on listening after the first: a library that finds itself the only listener ends the process at once.
	const listen = (signal: NodeJS.Signals): void => {
		received = signal;
		if (aborting.signal.aborted) {
			forget();
			process.kill(process.pid, signal);
		} else {
			aborting.abort();
		}
	};

	for (const ending of endingSignals) {
		process.on(ending, listen);
	}

	return {
		interrupted: aborting.signal,
		dieOf: async () => {
			forget();
			process.kill(process.pid, received);
			return new Promise<never>(() => {
				// Where the signal is ignored from outside (nohup), the process ends all the same.
				setTimeout(() => process.exit(1), 1000);
			});
		},
	};
};
