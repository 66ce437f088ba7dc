/** How a loop waits for more to do. */
export type Waker = {
	/** There is something to do: ends the rest, or the next one where none is taken just now. */
	readonly wake: () => void;
	/** Resolves after so many milliseconds, or as soon as the loop was woken. */
	readonly rest: (ms: number) => Promise<void>;
};

/** A waker for one loop, which the abort of `signal` wakes too. */
export const createWaker = (signal: AbortSignal): Waker => {
	let isWoken = false;
	let endRest = (): void => undefined;
	const wake = (): void => {
		isWoken = true;
		endRest();
	};

	signal.addEventListener('abort', wake, {once: true});
	return {
		wake,
		async rest(ms) {
			if (!isWoken) {
				const {promise, resolve} = Promise.withResolvers<void>();
				const timer = setTimeout(resolve, ms);
				endRest = resolve;
				await promise;
				clearTimeout(timer);
			}

			isWoken = false;
		},
	};
};
