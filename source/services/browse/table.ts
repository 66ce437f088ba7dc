import {type BrowseColumn, columnsOfHeadings} from '../../domain/browse/columns.ts';
import {withoutSpreadsheetSafety} from '../../domain/csv/spreadsheet-safe.ts';
import {type CsvLayout, headBytes, layoutOf} from './csv-layout.ts';
import {type FoundSource} from './find-source.ts';
import {readCells} from './read-cells.ts';
import {compareFile, type FileState, type ReadBuffer, stateOfFile, withFile} from './read-file.ts';
import {createRecordPlaces, type RecordPlaces} from './record-places.ts';
import {createRowReader, type Problem} from './row-reader.ts';

type RowOptions = {readonly wanted?: ReadonlySet<number>; readonly limit?: number; readonly holding?: readonly RegExp[]};

/** A CSV file that is open: where its rows lie, as far as it is read. Nothing of the rows themselves is held. */
export type Table = {
	readonly source: FoundSource;
	readonly layout: CsvLayout;
	readonly columns: readonly BrowseColumn[];
	readonly bytes: number;
	readonly places: RecordPlaces;
	readonly problems: {readonly first: readonly Problem[]; readonly count: number};
	readonly isRead: () => boolean;
	/** Of the file, 0 to 1. */
	readonly share: () => number;
	/** Reads the next megabyte. */
	readonly readOn: () => Promise<void>;
	/**
	 * Cells of rows in these places of the file, each of at most so many characters; calls `onCells` in the order of the rows
	 * given, for those that hold each of the patterns, until it gives false.
	 */
	readonly readRows: (rows: readonly number[], options: RowOptions, onCells: (row: number, cells: string[]) => boolean | void) => Promise<void>;
	readonly compare: () => Promise<'same' | 'changed' | 'gone'>;
};

const chunkBytes = 1 << 20;
/** Rows that follow each other are read together, up to so many bytes. */
const togetherBytes = 1 << 20;
const mostProblems = 100;

/** Opens a file and reads its headings. Throws a `Fault` when it is no CSV. */
export const openTable = async (source: FoundSource): Promise<Table> => {
	const state: FileState = await stateOfFile(source.path);
	const head = await withFile(source.path, read => read(0, Math.min(headBytes, state.bytes)));
	const layout = layoutOf(head, {name: source.name, isWhole: head.length === state.bytes, tab: source.tab});
	const {delimiter} = layout;
	const places = createRecordPlaces();
	const first: Problem[] = [];
	const problems = {first, count: 0};
	const reader = createRowReader(layout, {
		onRow: ({start, end}) => {
			places.add(start, end);
		},
		onProblem: problem => {
			problems.count++;
			if (first.length < mostProblems) {
				first.push(problem);
			}
		},
	});
	const buffer: ReadBuffer = {bytes: Buffer.alloc(0)};
	let at = layout.start;
	let isRead = false;

	const restore = (cells: string[]): string[] => source.isRaw ? cells : cells.map(withoutSpreadsheetSafety);

	return {
		source,
		layout,
		columns: columnsOfHeadings(layout.headings, layout.tab),
		bytes: state.bytes,
		places,
		problems,
		isRead: () => isRead,
		share: () => state.bytes === 0 ? 1 : at / state.bytes,
		async readOn() {
			const chunk = await withFile(source.path, read => read(at, Math.min(chunkBytes, state.bytes - at)), buffer);
			at += chunk.length;
			reader.push(chunk);
			// One that is shorter by now has changed, and says so elsewhere.
			if (chunk.length === 0 || at >= state.bytes || reader.isStopped()) {
				reader.end();
				isRead = true;
			}
		},
		async readRows(rows, {wanted, limit = Infinity, holding}, onCells) {
			await withFile(source.path, async read => {
				for (let index = 0; index < rows.length;) {
					const start = places.start(rows[index]!);
					let last = index;
					while (last + 1 < rows.length && rows[last + 1] === rows[last]! + 1 && places.end(rows[last + 1]!) - start <= togetherBytes) {
						last++;
					}

					const bytes = await read(start, places.end(rows[last]!) - start);
					for (; index <= last; index++) {
						const row = rows[index]!;
						const place = {delimiter, start: places.start(row) - start, end: Math.min(bytes.length, places.end(row) - start)};
						if (holding !== undefined && holding.length > 0) {
							const raw = bytes.toString('latin1', place.start, place.end);
							if (!holding.every(pattern => pattern.test(raw))) {
								continue;
							}
						}

						const cells = readCells(bytes, {...place, wanted, limit});
						if (onCells(row, restore(cells)) === false) {
							return;
						}
					}
				}
			}, buffer);
		},
		compare: () => compareFile(source.path, state),
	};
};

