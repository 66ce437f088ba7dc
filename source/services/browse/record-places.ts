const partSize = 1 << 16;

/** Where the records of a file lie: 12 bytes a record, grown without copying. */
export type RecordPlaces = {
	readonly count: () => number;
	readonly add: (start: number, end: number) => void;
	/** Bytes from the beginning of the file; `end` is exclusive. */
	readonly start: (record: number) => number;
	readonly end: (record: number) => number;
};

export const createRecordPlaces = (): RecordPlaces => {
	const starts: Float64Array[] = [];
	const lengths: Uint32Array[] = [];
	let count = 0;
	const startOf = (record: number): number => starts[record >>> 16]![record & (partSize - 1)]!;
	return {
		count: () => count,
		add(start, end) {
			if (count % partSize === 0) {
				starts.push(new Float64Array(partSize));
				lengths.push(new Uint32Array(partSize));
			}

			starts[count >>> 16]![count & (partSize - 1)] = start;
			lengths[count >>> 16]![count & (partSize - 1)] = end - start;
			count++;
		},
		start: startOf,
		end: record => startOf(record) + lengths[record >>> 16]![record & (partSize - 1)]!,
	};
};

/** Record numbers in an order, grown as they are found. */
export type RecordNumbers = {
	readonly count: () => number;
	readonly add: (record: number) => void;
	readonly at: (place: number) => number;
};

export const createRecordNumbers = (): RecordNumbers => {
	const parts: Uint32Array[] = [];
	let count = 0;
	return {
		count: () => count,
		add(record) {
			if (count % partSize === 0) {
				parts.push(new Uint32Array(partSize));
			}

			parts[count >>> 16]![count & (partSize - 1)] = record;
			count++;
		},
		at: place => parts[place >>> 16]![place & (partSize - 1)]!,
	};
};
