import {stringify} from 'csv-stringify';
import {csvFormat} from './csv-format.ts';

/** Text that grows row by row, as UTF-8. */
const createBytes = (size: number) => {
	let bytes = Buffer.allocUnsafeSlow(size);
	let length = 0;
	return {
		add(text: string): void {
			// Three bytes a UTF-16 unit is the most; counted only where that would not fit.
			const most = length + text.length * 3;
			if (most > bytes.length && length + Buffer.byteLength(text) > bytes.length) {
				const grown = Buffer.allocUnsafeSlow(most * 2);
				bytes.copy(grown, 0, 0, length);
				bytes = grown;
			}

			length += bytes.write(text, length);
		},
		taken: (): Uint8Array<ArrayBuffer> => new Uint8Array(bytes.buffer, bytes.byteOffset, length),
	};
};

/**
 * Rows of cells as lines of CSV (RFC 4180), by csv-stringify, in an ArrayBuffer of their own.
 * @param size Bytes that they will need, about.
 */
export const csvLines = (rows: Iterable<readonly string[]>, {columns, hasHeading = false, size}: {
	readonly columns: readonly string[];
	readonly hasHeading?: boolean;
	readonly size: number;
}): Promise<Uint8Array<ArrayBuffer>> => new Promise((resolve, reject) => {
	const bytes = createBytes(size);
	// Lines are ended here: for each delimiter of more than one character csv-stringify copies each cell, to see whether it
	// would stand across the cell's end. It quotes cells that hold CR or LF in any case.
	const stringifier = stringify({...csvFormat(columns, {hasHeading}), record_delimiter: '', readableObjectMode: true});
	// Each row becomes bytes at once: kept as text, the hundreds of pieces that it was put together from would live until
	// the page ends, and be moved about by the collector for three times what all else costs.
	stringifier.on('data', row => bytes.add(`${row}\r\n`)).once('error', reject).once('end', () => resolve(bytes.taken()));
	for (const row of rows) {
		stringifier.write(row);
	}

	stringifier.end();
});
