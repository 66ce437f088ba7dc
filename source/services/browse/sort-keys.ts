import {valueOfCell} from '../../domain/browse/cell-value.ts';
import {type BrowseColumn} from '../../domain/browse/columns.ts';
import {foldCase} from '../../domain/query/fold-case.ts';
import {createRecordNumbers} from './record-places.ts';
import {sortStepwise} from './sort-stepwise.ts';

const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;
/** Bytes of all texts together that are held to compare them by. */
const mostBytes = 48_000_000;
/** Of one text, to begin with; half as many each time that there are too many. */
const firstCut = 1024;
const leastCut = 16;

/** What rows are sorted by, taken in one after the other. */
export type SortKeys = {
	readonly add: (record: number, cell: string) => void;
	/** Sorts in steps; empty cells come last either way, equal ones stay in the order of the file. */
	readonly sort: (isDescending: boolean) => Generator<number, Uint32Array>;
	/** Bytes that long texts were compared by; null when all were compared whole. */
	readonly cutAt: () => number | null;
};

const grown = <T extends Float64Array | Uint8Array>(array: T, length: number): T => {
	const larger = new (array.constructor as new (length: number) => T)(length);
	larger.set(array);
	return larger;
};

/** Texts as UTF-8 in one piece of memory, which strings by the million would need several times of. */
const createTexts = () => {
	let bytes: Uint8Array = new Uint8Array(1 << 16);
	let ends = new Float64Array(1 << 12);
	let count = 0;
	let used = 0;
	let cut = firstCut;
	let isCut = false;
	const encoder = new TextEncoder();

	/** Keeps half as much of each text. */
	const halve = (): void => {
		cut /= 2;
		let start = 0;
		used = 0;
		for (let index = 0; index < count; index++) {
			const end = ends[index]!;
			const kept = Math.min(end - start, cut);
			isCut ||= kept < end - start;
			bytes.copyWithin(used, start, start + kept);
			used += kept;
			ends[index] = used;
			start = end;
		}
	};

	return {
		cutAt: () => isCut ? cut : null,
		add(text: string): void {
			// A character is three bytes at most, or four for two units of it.
			const short = text.length > cut ? text.slice(0, cut) : text;
			while (bytes.length < used + short.length * 3) {
				bytes = grown(bytes, bytes.length * 2);
			}

			const {written} = encoder.encodeInto(short, bytes.subarray(used));
			isCut ||= written > cut || short.length < text.length;
			used += Math.min(written, cut);
			if (count === ends.length) {
				ends = grown(ends, count * 2);
			}

			ends[count++] = used;
			while (used > mostBytes && cut > leastCut) {
				halve();
			}
		},
		compare(one: number, other: number): number {
			let at = one === 0 ? 0 : ends[one - 1]!;
			let otherAt = other === 0 ? 0 : ends[other - 1]!;
			const length = ends[one]! - at;
			const otherLength = ends[other]! - otherAt;
			for (const end = at + Math.min(length, otherLength); at < end; at++, otherAt++) {
				const difference = bytes[at]! - bytes[otherAt]!;
				if (difference !== 0) {
					return difference;
				}
			}

			return length - otherLength;
		},
	};
};

/** Keys of a column: numbers and times by their value and before texts, texts whatever their case; a column of nothing but numbers as numbers. */
export const createSortKeys = ({field}: BrowseColumn): SortKeys => {
	const records = createRecordNumbers();
	const empty = createRecordNumbers();
	const texts = createTexts();
	/** By the value, as numbers; not a number where it is a text. */
	let numbers = new Float64Array(1 << 12);
	let isNumeric = true;

	return {
		add(record, cell) {
			const value = valueOfCell(field, cell);
			if (value === null) {
				empty.add(record);
				return;
			}

			const index = records.count();
			records.add(record);
			if (index === numbers.length) {
				numbers = grown(numbers, index * 2);
			}

			const isNumber = typeof value === 'number';
			isNumeric &&= isNumber || plainNumber.test(value);
			numbers[index] = isNumber ? value : (isNumeric ? Number(value) : Number.NaN);
			texts.add(isNumber ? '' : foldCase(value));
		},
		* sort(isDescending) {
			const isTyped = field.type !== 'text' || isNumeric;
			const compareUp = (one: number, other: number): number => {
				if (isTyped) {
					const difference = numbers[one]! - numbers[other]!;
					if (!Number.isNaN(difference)) {
						return difference;
					}

					if (Number.isNaN(numbers[one]) !== Number.isNaN(numbers[other])) {
						return Number.isNaN(numbers[one]) ? 1 : -1;
					}
				}

				return texts.compare(one, other);
			};

			const count = records.count();
			const order = yield * sortStepwise(Uint32Array.from({length: count}, (_, index) => index), isDescending ? (one, other) => compareUp(other, one) : compareUp);
			yield 1;
			const sorted = new Uint32Array(count + empty.count());
			for (const [place, index] of order.entries()) {
				sorted[place] = records.at(index);
			}

			for (let index = 0; index < empty.count(); index++) {
				sorted[count + index] = empty.at(index);
			}

			return sorted;
		},
		cutAt: texts.cutAt,
	};
};
