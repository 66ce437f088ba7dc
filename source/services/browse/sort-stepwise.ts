/** Comparisons between two pauses: some milliseconds. */
const comparisonsAtOnce = 50_000;

/**
 * Sorts numbers by a comparison in steps, so that whoever runs it can do other things between: a stable merge sort from
 * the bottom up. Each step yields how much is done, 0 to 1; the sorted numbers are what it returns.
 */
export const sortStepwise = function * (numbers: Uint32Array, compare: (one: number, other: number) => number): Generator<number, Uint32Array> {
	const {length} = numbers;
	let from = numbers;
	let to: Uint32Array = new Uint32Array(length);
	const passes = Math.max(1, Math.ceil(Math.log2(Math.max(2, length))));
	let pass = 0;
	let done = 0;
	for (let width = 1; width < length; width *= 2) {
		for (let left = 0; left < length; left += 2 * width) {
			const middle = Math.min(left + width, length);
			const right = Math.min(left + 2 * width, length);
			let one = left;
			let other = middle;
			for (let place = left; place < right; place++) {
				to[place] = one < middle && (other >= right || compare(from[one]!, from[other]!) <= 0) ? from[one++]! : from[other++]!;
				if (++done % comparisonsAtOnce === 0) {
					yield Math.min(1, (pass + place / length) / passes);
				}
			}
		}

		[from, to] = [to, from];
		pass++;
	}

	return from;
};
