const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Where a record of CSV lies in its file, without its line break. */
export type FoundRecord = {
	/** Bytes from the beginning of the file; `end` is exclusive. */
	readonly start: number;
	readonly end: number;
	readonly cells: number;
	/** Line of the file in which it begins, from 1. */
	readonly line: number;
};

export type RecordScanner = {
	/** Takes the next bytes of the file. */
	readonly push: (bytes: Uint8Array) => void;
	/** The file has ended: a last record without a line break comes now. */
	readonly end: () => {readonly isQuoteOpen: boolean; readonly line: number};
	/** Where the record begins that is being read. */
	readonly recordStart: () => number;
	readonly recordLine: () => number;
};

/** Where a byte may stand: at the start of a cell, inside one, inside quotes, behind a quote that may be doubled or the last. */
const At = {cellStart: 0, cell: 1, quotes: 2, quoteSeen: 3} as const;

/**
 * Finds the records of CSV and counts their cells, without reading what is in them: at some 500 MB/s, ten times as fast as
 * csv-parse, which does not tell where a record lies. Quotes and line breaks mean what they mean to csv-parse with
 * `relax_quotes`; lines without anything are passed over. `from` is where the bytes begin in the file.
 */
export const createRecordScanner = (delimiter: number, onRecord: (record: FoundRecord) => void, from = 0): RecordScanner => {
	let at: number = At.cellStart;
	/** Bytes of the file before the next ones. */
	let offset = from;
	let start = from;
	let cells = 1;
	let line = 1;
	let startLine = 1;
	let last = 0;

	const finish = (end: number, next: number): void => {
		if (end > start) {
			onRecord({start, end, cells, line: startLine});
		}

		start = next;
		startLine = line;
		cells = 1;
		at = At.cellStart;
	};

	return {
		push(bytes) {
			const {length} = bytes;
			for (let index = 0; index < length; index++) {
				let byte = bytes[index]!;
				if (at === At.quotes) {
					while (byte !== quote) {
						line += byte === lineFeed ? 1 : 0;
						index++;
						if (index === length) {
							break;
						}

						byte = bytes[index]!;
					}

					if (index < length) {
						at = At.quoteSeen;
					}

					continue;
				}

				if (at === At.cell) {
					while (byte !== delimiter && byte !== lineFeed && ++index < length) {
						byte = bytes[index]!;
					}

					if (index >= length) {
						break;
					}
				}

				if (byte === lineFeed) {
					line++;
					const before = index === 0 ? last : bytes[index - 1];
					finish(offset + index - (before === carriageReturn && offset + index > start ? 1 : 0), offset + index + 1);
				} else if (byte === delimiter) {
					cells++;
					at = At.cellStart;
				} else if (byte === quote && at !== At.cell) {
					// At the start of a cell it opens the quotes, behind another one it stands for itself.
					at = At.quotes;
				} else {
					at = At.cell;
				}
			}

			last = length === 0 ? last : bytes[length - 1]!;
			offset += length;
		},
		end() {
			const isQuoteOpen = at === At.quotes;
			const beganAt = startLine;
			if (!isQuoteOpen) {
				finish(offset, offset);
			}

			return {isQuoteOpen, line: beganAt};
		},
		recordStart: () => start,
		recordLine: () => startLine,
	};
};
