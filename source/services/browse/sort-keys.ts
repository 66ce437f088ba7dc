import {valueOfCell} from '../../domain/browse/cell-value.ts';
import {type BrowseColumn} from '../../domain/browse/columns.ts';
import {foldCase} from '../../domain/query/fold-case.ts';
import {sortStepwise} from './sort-stepwise.ts';

const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;
/** Characters of all texts together that are held to compare them by. */
const mostCharacters = 40_000_000;
/** Of one text, to begin with; half as many each time that there are too many. */
const firstCut = 512;
/** Equal texts are held once while no more of them differ than this. */
const mostDistinct = 300_000;

/** What rows are sorted by, taken in one after the other. */
export type SortKeys = {
	readonly add: (record: number, cell: string) => void;
	/** Sorts in steps; empty cells come last either way, equal ones stay in the order of the file. */
	readonly sort: (isDescending: boolean) => Generator<number, Uint32Array>;
	/** Characters that long texts were compared by; null when all were compared whole. */
	readonly cutAt: () => number | null;
};

/** Keys of a column: numbers and times by their value, texts whatever their case, a column of nothing but numbers as numbers. */
export const createSortKeys = ({field}: BrowseColumn): SortKeys => {
	const records: number[] = [];
	/** Text of each record by its index in `texts`; -1 for an empty cell. */
	const textOf: number[] = [];
	let texts: string[] = [];
	const known = new Map<string, number>();
	let characters = 0;
	let cut = firstCut;
	let isCut = false;
	let isNumeric = true;

	/** A slice would keep the whole text it was taken from. */
	const copied = (text: string): string => Buffer.from(text).toString();

	const add = (record: number, cell: string): void => {
		records.push(record);
		if (cell === '') {
			textOf.push(-1);
			return;
		}

		const value = valueOfCell(field, cell);
		let text = typeof value === 'number' ? String(value) : foldCase(cell);
		isNumeric &&= typeof value === 'number' || plainNumber.test(text);
		if (text.length > cut) {
			isCut = true;
			text = copied(text.slice(0, cut));
		}

		const found = known.get(text);
		textOf.push(found ?? texts.length);
		if (found === undefined) {
			if (known.size < mostDistinct) {
				known.set(text, texts.length);
			}

			texts.push(text);
			characters += text.length + 16;
		}

		if (characters > mostCharacters && cut > 32) {
			cut /= 2;
			isCut ||= texts.some(long => long.length > cut);
			known.clear();
			texts = texts.map(long => long.length > cut ? copied(long.slice(0, cut)) : long);
			characters = texts.reduce((sum, short) => sum + short.length + 16, 0);
		}
	};

	const sort = function * (isDescending: boolean): Generator<number, Uint32Array> {
		known.clear();
		const values = isNumeric ? Float64Array.from(texts, Number) : null;
		const order = yield * sortStepwise(Uint32Array.from(texts.keys()), values === null
			? (one, other) => texts[one]! < texts[other]! ? -1 : (texts[one]! > texts[other]! ? 1 : 0)
			: (one, other) => values[one]! - values[other]!);
		const ranks = new Uint32Array(texts.length);
		let rank = 0;
		for (const [place, text] of order.entries()) {
			if (place > 0 && (values === null ? texts[order[place - 1]!] !== texts[text] : values[order[place - 1]!] !== values[text])) {
				rank++;
			}

			ranks[text] = rank;
		}

		yield 1;
		const buckets = rank + 2;
		const bucketOf = (index: number): number => textOf[index] === -1 ? buckets - 1 : (isDescending ? rank - ranks[textOf[index]!]! : ranks[textOf[index]!]!);
		const starts = new Uint32Array(buckets + 1);
		for (let index = 0; index < records.length; index++) {
			starts[bucketOf(index) + 1]!++;
		}

		for (let bucket = 0; bucket < buckets; bucket++) {
			starts[bucket + 1]! += starts[bucket]!;
		}

		yield 1;
		const sorted = new Uint32Array(records.length);
		for (const [index, record] of records.entries()) {
			sorted[starts[bucketOf(index)]!++] = record;
		}

		return sorted;
	};

	return {add, sort, cutAt: () => isCut ? cut : null};
};
