import {type RowTest, testOfFilter} from '../../domain/browse/cell-value.ts';
import {readColumnFilter} from '../../domain/browse/column-query.ts';
import {UsageFault} from '../../domain/fault.ts';
import {containsPattern} from '../../domain/query/fold-case.ts';
import {type Filter} from '../../domain/query/filter.ts';
import {type ValueContext} from '../../domain/query/resolve-query.ts';
import {type BrowseFound, type BrowseProgress, type BrowseRow, type BrowseView} from '../services.ts';
import {rawPattern, rawPatternsOf} from './raw-pattern.ts';
import {createRecordNumbers} from './record-places.ts';
import {createSortKeys, type SortKeys} from './sort-keys.ts';
import {type Table} from './table.ts';

/** A filtered and sorted view of a table, as far as it is worked out. */
export type TableView = {
	/** Works for about so long. */
	readonly step: (budgetMs: number, signal: AbortSignal | undefined) => Promise<void>;
	readonly progress: () => Omit<BrowseProgress, 'file'>;
	readonly rows: (from: number, limit: number) => Promise<readonly BrowseRow[]>;
	readonly row: (place: number) => Promise<BrowseRow | null>;
	readonly find: (text: string, options: {readonly from: number; readonly isBackwards: boolean; readonly budgetMs: number}) => Promise<BrowseFound>;
};

/** Characters of a cell in a list: more than the widest column shows. */
const listedCharacters = 400;
/** Of a cell in one row alone. */
const wholeCharacters = 256 * 1024;
/** Rows of one answer together were so many bytes in the file, beside the last one. */
const answerBytes = 8_000_000;
const rowsAtOnce = 500;

/** Rows from one on whose bytes together are not too many to read at once. */
const partOf = (table: Table, rows: readonly number[]): readonly number[] => {
	let bytes = 0;
	const end = rows.findIndex((row, index) => {
		bytes += table.places.end(row) - table.places.start(row);
		return index > 0 && bytes > answerBytes;
	});
	return end === -1 ? rows : rows.slice(0, end);
};

/** Throws a `UsageFault` that says what is wrong with the query. */
export const readViewFilter = (query: string, table: Pick<Table, 'columns'>, context: ValueContext): Filter => {
	const reading = readColumnFilter(query, table.columns, context);
	if (!reading.ok) {
		throw new UsageFault(reading.problem.message, {remedy: reading.problem.remedy});
	}

	return reading.filter;
};

export const createTableView = (table: Table, view: BrowseView, context: ValueContext): TableView => {
	const filter = readViewFilter(view.query, table, context);
	const test: RowTest | null = filter.length === 0 ? null : testOfFilter(filter, table.columns);
	const matching = test === null ? null : createRecordNumbers();
	const sortColumn = view.sort === null ? undefined : table.columns[view.sort.column];
	let keys: SortKeys | null = sortColumn === undefined ? null : createSortKeys(sortColumn);
	const wanted = new Set([...test?.columns ?? [], ...(sortColumn === undefined ? [] : [sortColumn.index])]);
	const holding = rawPatternsOf(filter);
	let passed = 0;
	let sorting: Generator<number, Uint32Array> | null = null;
	let sortShare = 0;
	let sortedBy: number | null = null;
	let sorted: Uint32Array | null = null;
	let searched: {readonly text: string; readonly isMatch: Uint8Array; upTo: number} | null = null;

	const isPassing = test !== null || sortColumn !== undefined;
	const count = (): number => sorted?.length ?? matching?.count() ?? table.places.count();
	const rowAt = (place: number): number => sorted?.[place] ?? matching?.at(place) ?? place;
	const isDone = (): boolean => table.isRead() && (!isPassing || passed === table.places.count()) && (sortColumn === undefined || sorted !== null);

	/** Filters the rows that are read, and takes what they are sorted by. */
	const pass = async (): Promise<void> => {
		const most = Math.min(table.places.count(), passed + rowsAtOnce);
		const rows = partOf(table, Array.from({length: most - passed}, (_, index) => passed + index));
		await table.readRows(rows, {wanted, holding}, (row, cells) => {
			if (test === null || test.passes(cells)) {
				matching?.add(row);
				keys?.add(row, cells[sortColumn?.index ?? 0] ?? '');
			}
		});
		passed += rows.length;
	};

	const sortOn = (): void => {
		sorting ??= keys!.sort(view.sort!.isDescending);
		const next = sorting.next();
		if (next.done === true) {
			sorted = next.value;
			sortedBy = keys!.cutAt();
			// The texts of a large file are many megabytes.
			keys = null;
			sorting = null;
		} else {
			sortShare = next.value;
		}
	};

	/** Rows that follow each other in the file are read together. */
	const findInOrder: TableView['find'] = async (text, {from, isBackwards, budgetMs}) => {
		const pattern = containsPattern(text);
		const raw = rawPattern(text);
		const startedAt = performance.now();
		const by = isBackwards ? -1 : 1;
		let place = from;
		while (place >= 0 && place < count()) {
			const size = Math.min(rowsAtOnce, isBackwards ? place + 1 : count() - place);
			const rows = partOf(table, Array.from({length: size}, (_, index) => rowAt(isBackwards ? place - index : place + index)));
			const start = isBackwards ? place - rows.length + 1 : place;
			const inFileOrder = isBackwards ? rows.toReversed() : rows;
			let found = -1;
			await table.readRows(inFileOrder, {holding: [raw]}, (row, cells) => {
				if (cells.some(cell => pattern.test(cell))) {
					found = row;
				}

				return isBackwards || found < 0;
			});
			if (found >= 0) {
				const at = start + inFileOrder.indexOf(found);
				return {place: at, next: at + by};
			}

			place += by * rows.length;
			if (performance.now() - startedAt >= budgetMs) {
				break;
			}
		}

		return {place: null, next: place >= 0 && place < count() ? place : null};
	};

	/** In another order than that of the file all rows are searched in that of the file first: one by one would take many times as long. */
	const findSorted: TableView['find'] = async (text, {from, isBackwards, budgetMs}) => {
		if (searched?.text !== text) {
			searched = {text, isMatch: new Uint8Array(table.places.count()), upTo: 0};
		}

		const {isMatch} = searched;
		const pattern = containsPattern(text);
		const raw = rawPattern(text);
		const startedAt = performance.now();
		while (searched.upTo < isMatch.length) {
			const {upTo} = searched;
			const rows = partOf(table, Array.from({length: Math.min(rowsAtOnce, isMatch.length - upTo)}, (_, index) => upTo + index));
			await table.readRows(rows, {holding: [raw]}, (row, cells) => {
				isMatch[row] = cells.some(cell => pattern.test(cell)) ? 1 : 0;
			});
			searched.upTo += rows.length;
			if (performance.now() - startedAt >= budgetMs) {
				return {place: null, next: from};
			}
		}

		for (let place = from; place >= 0 && place < count(); place += isBackwards ? -1 : 1) {
			if (isMatch[rowAt(place)] === 1) {
				return {place, next: place + (isBackwards ? -1 : 1)};
			}
		}

		return {place: null, next: null};
	};

	const stage = (): BrowseProgress['stage'] => isDone() ? 'done' : (!table.isRead() ? 'reading' : (passed < table.places.count() && isPassing ? 'filtering' : 'sorting'));

	return {
		async step(budgetMs, signal) {
			const startedAt = performance.now();
			while (!isDone() && performance.now() - startedAt < budgetMs) {
				signal?.throwIfAborted();
				if (isPassing && passed < table.places.count()) {
					await pass();
				} else if (table.isRead()) {
					sortOn();
				} else {
					await table.readOn();
				}
			}
		},
		progress() {
			const now = stage();
			const shares = {reading: table.share(), filtering: passed / Math.max(1, table.places.count()), sorting: sortShare, done: 1};
			return {
				rows: table.places.count(), matching: count(), stage: now, share: shares[now],
				problems: table.problems.first, problemCount: table.problems.count, sortedBy,
			};
		},
		async rows(from, limit) {
			const places = Array.from({length: Math.max(0, Math.min(limit, rowsAtOnce, count() - from))}, (_, index) => from + index);
			const rows: BrowseRow[] = [];
			await table.readRows(partOf(table, places.map(rowAt)), {limit: listedCharacters}, (row, cells) => {
				rows.push({place: from + rows.length, row: row + 1, cells: cells.map(cell => cell.slice(0, listedCharacters))});
			});
			return rows;
		},
		async row(place) {
			if (place < 0 || place >= count()) {
				return null;
			}

			let found: BrowseRow | null = null;
			await table.readRows([rowAt(place)], {}, (row, cells) => {
				const long = cells.flatMap((cell, index) => cell.length > wholeCharacters ? [[String(index), Buffer.byteLength(cell)] as const] : []);
				found = {place, row: row + 1, cells: cells.map(cell => cell.slice(0, wholeCharacters)), ...(long.length > 0 && {cut: Object.fromEntries(long)})};
			});
			return found;
		},
		find: async (text, options) => sortColumn === undefined ? findInOrder(text, options) : findSorted(text, options),
	};
};
