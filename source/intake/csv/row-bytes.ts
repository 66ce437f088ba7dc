import {isUtf8} from 'node:buffer';
import {maxRecordBytes} from '../record-limit.ts';

/** Tells of rows whether their bytes were UTF-8: of others the parser makes characters that nobody wrote. */
export type RowBytes = {
	/** The next bytes that the parser takes. */
	readonly add: (bytes: Buffer) => void;
	/** To be asked of each row, in order. `bytes` is how many bytes the rows so far have taken. */
	readonly isUtf8: (row: {readonly cells: readonly string[]; readonly bytes: number}) => boolean;
};

const mostHeldBytes = 2 * maxRecordBytes;

export const createRowBytes = (): RowBytes => {
	/** From the chunk in which the next row begins. */
	let pieces: Buffer[] = [];
	let piecesBegin = 0;
	let rowBegin = 0;
	let taken = 0;
	const bytesOf = (end: number): Buffer => {
		const bytes = pieces.length === 1 ? pieces[0] as Buffer : Buffer.concat(pieces);
		pieces = [bytes];
		return bytes.subarray(Math.max(0, rowBegin - piecesBegin), end - piecesBegin);
	};

	return {
		add(bytes) {
			pieces.push(bytes);
			taken += bytes.length;
			// Blank lines make no row: they must not be held for ever.
			for (let [first] = pieces; first !== undefined && (piecesBegin + first.length <= rowBegin || taken - piecesBegin > mostHeldBytes); [first] = pieces) {
				piecesBegin += first.length;
				pieces.shift();
			}
		},
		isUtf8({cells, bytes: end}) {
			// Only a row that holds the character that stands for what is none can have been other bytes.
			const isText = !cells.some(cell => cell.includes('\uFFFD')) || isUtf8(bytesOf(end));
			rowBegin = end;
			return isText;
		},
	};
};
