import {testOfFilter} from '../../domain/browse/cell-value.ts';
import {type BrowseColumn, columnsOfHeadings} from '../../domain/browse/columns.ts';
import {withoutSpreadsheetSafety} from '../../domain/csv/spreadsheet-safe.ts';
import {type ValueContext} from '../../domain/query/resolve-query.ts';
import {headBytes, layoutOf} from './csv-layout.ts';
import {type FoundSource} from './find-source.ts';
import {readCells} from './read-cells.ts';
import {stateOfFile, withFile} from './read-file.ts';
import {createRowReader, type Problem} from './row-reader.ts';
import {readViewFilter} from './table-view.ts';

export type StreamedRows = {
	readonly columns: readonly BrowseColumn[];
	/** Rows that pass, in the order of the file, some at a time. */
	readonly rows: () => AsyncGenerator<ReadonlyArray<readonly string[]>>;
	/** What was left out so far; whole when the rows have ended. */
	readonly problems: {readonly first: readonly Problem[]; readonly count: number};
	/** The file ended in the middle of a row. */
	readonly isCut: () => boolean;
};

const chunkBytes = 1 << 20;
const mostProblems = 100;

/**
 * Reads a CSV file from its beginning to its end, holding nothing but the part that it is at. Throws a `Fault` for what is
 * no CSV, a `UsageFault` for a bad query.
 */
export const streamRows = async (source: FoundSource, query: string, context: ValueContext, signal: AbortSignal): Promise<StreamedRows> => {
	const {bytes} = await stateOfFile(source.path);
	const head = await withFile(source.path, read => read(0, Math.min(headBytes, bytes)));
	const layout = layoutOf(head, {name: source.name, isWhole: head.length === bytes, tab: source.tab});
	const columns = columnsOfHeadings(layout.headings, layout.tab);
	const filter = readViewFilter(query, {columns}, context);
	const test = testOfFilter(filter, columns);
	const wanted = new Set(test.columns);
	const first: Problem[] = [];
	const problems = {first, count: 0};
	let places: Array<{readonly start: number; readonly end: number}> = [];
	const reader = createRowReader(layout, {
		onRow: place => {
			places.push(place);
		},
		onProblem: problem => {
			problems.count++;
			if (first.length < mostProblems) {
				first.push(problem);
			}
		},
	});
	const restore = (cells: readonly string[]): readonly string[] => source.isRaw ? cells : cells.map(withoutSpreadsheetSafety);

	const rows = async function * (): AsyncGenerator<ReadonlyArray<readonly string[]>> {
		/** What is read and not yet given; `from` is where it begins in the file. */
		let held: Buffer = Buffer.alloc(0);
		let from = layout.start;
		let at = layout.start;
		const take = (): ReadonlyArray<readonly string[]> => {
			const found: Array<readonly string[]> = [];
			for (const {start, end} of places) {
				const place = {delimiter: layout.delimiter, start: start - from, end: end - from};
				if (filter.length === 0 || test.passes(restore(readCells(held, {...place, wanted})))) {
					found.push(restore(readCells(held, place)));
				}
			}

			const last = places.at(-1);
			if (last !== undefined) {
				held = held.subarray(last.end - from);
				from = last.end;
			}

			places = [];
			return found;
		};

		while (at < bytes && !reader.isStopped()) {
			signal.throwIfAborted();
			const chunk = await withFile(source.path, read => read(at, Math.min(chunkBytes, bytes - at)));
			if (chunk.length === 0) {
				break;
			}

			held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
			at += chunk.length;
			reader.push(chunk);
			const found = take();
			if (found.length > 0) {
				yield found;
			}
		}

		reader.end();
		const found = take();
		if (found.length > 0) {
			yield found;
		}
	};

	return {columns, rows, problems, isCut: reader.isCut};
};
