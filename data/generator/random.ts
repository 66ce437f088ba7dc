/** A source of numbers that gives the same ones for the same seed, on every machine. */
export type Random = {
	/** From 0 to 1, without 1. */
	readonly next: () => number;
	/** Both ends included. */
	readonly integer: (least: number, most: number) => number;
	readonly chance: (probability: number) => boolean;
	readonly pick: <T>(values: readonly T[]) => T;
	/** Values beside their weights. */
	readonly weighted: <T>(choices: ReadonlyArray<readonly [T, number]>) => T;
	/** A skewed pick: the first values come far more often than the last. */
	readonly favourite: <T>(values: readonly T[]) => T;
	/** Milliseconds round a median, with the long tail that response times have. */
	readonly duration: (medianMs: number, spread?: number) => number;
	readonly alphanumeric: (length: number) => string;
	readonly uuid: () => string;
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	// Mulberry32: 32 bits of state are plenty for a few thousand records.
	const next = (): number => {
		state = (state + 0x6d_2b_79_f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_00_00_00_00;
	};

	const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
	const at = <T>(values: readonly T[], index: number): T => {
		const value = values[index];
		if (value === undefined) {
			throw new RangeError('nothing to pick from');
		}

		return value;
	};

	const hexadecimal = (length: number): string => Array.from({length}, () => integer(0, 15).toString(16)).join('');

	return {
		next,
		integer,
		chance: probability => next() < probability,
		pick: values => at(values, integer(0, values.length - 1)),
		weighted(choices) {
			let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
			return at(choices, choices.findIndex(([, weight]) => (left -= weight) < 0))[0];
		},
		favourite: values => at(values, Math.floor(next() ** 2.2 * values.length)),
		duration(medianMs, spread = 0.45) {
			const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
			return Math.max(1, Math.round(medianMs * Math.exp(spread * normal)));
		},
		alphanumeric: length => Array.from({length}, () => letters[integer(0, letters.length - 1)]).join(''),
		uuid: () => `${hexadecimal(8)}-${hexadecimal(4)}-4${hexadecimal(3)}-a${hexadecimal(3)}-${hexadecimal(12)}`,
	};
}
