import {type CsvLayout} from './csv-layout.ts';
import {createRecordScanner, type FoundRecord} from './scan-records.ts';

/** A line of a file that is no whole row, or begins none. */
export type Problem = {readonly line: number; readonly reason: string};

/** A single row larger than this ends the reading: a quote that is never closed would make one row of the rest. */
export const mostRowBytes = 64 * 1024 * 1024;

export type RowReader = {
	readonly push: (bytes: Uint8Array) => void;
	readonly end: () => void;
	/** What follows cannot be told apart. */
	readonly isStopped: () => boolean;
	/** The end of the file was in the middle of a row. */
	readonly isCut: () => boolean;
};

/** Rows of a file as they follow each other, from its line of headings on: those that have a cell for each heading; of others it says why they are none. */
export const createRowReader = ({delimiter, headings, start}: CsvLayout, {onRow, onProblem}: {
	readonly onRow: (record: FoundRecord) => void;
	readonly onProblem: (problem: Problem) => void;
}): RowReader => {
	let isHeading = true;
	let isEnding = false;
	let isStopped = false;
	let isCut = false;
	let pushed = start;
	const scanner = createRecordScanner(delimiter, record => {
		if (isHeading) {
			isHeading = false;
		} else if (record.cells === headings.length) {
			onRow(record);
		} else if (isEnding && record.cells < headings.length) {
			isCut = true;
			onProblem({line: record.line, reason: 'the file ends in the middle of a row'});
		} else {
			onProblem({line: record.line, reason: `it has ${record.cells} ${record.cells === 1 ? 'cell' : 'cells'} where the heading has ${headings.length}`});
		}
	}, start);
	return {
		push(bytes) {
			if (isStopped) {
				return;
			}

			scanner.push(bytes);
			pushed += bytes.length;
			if (pushed - scanner.recordStart() > mostRowBytes) {
				isStopped = true;
				onProblem({line: scanner.recordLine(), reason: `the row is larger than ${mostRowBytes / 1024 / 1024} MiB, so that what follows cannot be told apart`});
			}
		},
		end() {
			if (isStopped) {
				return;
			}

			isEnding = true;
			const {isQuoteOpen, line} = scanner.end();
			if (isQuoteOpen) {
				isCut = true;
				onProblem({line, reason: 'the file ends in a quoted cell'});
			}
		},
		isStopped: () => isStopped,
		isCut: () => isCut || isStopped,
	};
};
