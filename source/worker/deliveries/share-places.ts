/** Of the places that are left one endpoint takes so much at most. */
const partOfLeft = 1 / 4;

/**
 * How many deliveries may be claimed of each lane, of those that get any. A lane that has nothing under way gets a place
 * as long as there is one, and none takes more than a part of what it leaves to others: so however many endpoints hang, and
 * however much waits for them, there is room for one that answers.
 */
export const sharePlaces = (lanes: ReadonlyArray<{
	readonly name: string;
	/** How many more the lane itself lets run. */
	readonly room: number;
	/** How many are under way here. */
	readonly running: number;
}>, free: number): ReadonlyArray<{readonly name: string; readonly limit: number}> => {
	const equal = Math.max(1, Math.floor(free / (lanes.length + 1)));
	let left = free;
	return lanes.flatMap(({name, room, running}) => {
		const share = Math.max(1, Math.floor(left * partOfLeft)) - running;
		const limit = Math.max(0, Math.min(room, share, equal, left));
		left -= limit;
		return limit === 0 ? [] : [{name, limit}];
	});
};
