import {isUtf8} from 'node:buffer';
import {type Chunk} from '../input/byte-input.ts';

/**
 * A line without its end; `text` is null when the line is longer than the limit. `isLast` lines have no end of line.
 * `end` is the byte where the next one begins.
 */
export type Line = {readonly number: number; readonly text: string | null; readonly isUtf8: boolean; readonly isLast: boolean; readonly bytesRead: number; readonly end: number};

const lineFeed = 0x0a;

/**
 * Lines of UTF-8 text by LF or CRLF, a batch for each chunk. Never holds more than one line and one chunk.
 * @param linesBefore How many come before the chunks.
 */
export const splitLines = async function * (chunks: AsyncIterable<Chunk>, maxBytes: number, linesBefore = 0): AsyncGenerator<readonly Line[]> {
	let number = linesBefore;
	let held: Buffer[] = [];
	let heldBytes = 0;
	let bytesRead = 0;
	const take = (piece: Buffer): void => {
		heldBytes += piece.length;
		// What is too long is counted, not kept.
		if (heldBytes <= maxBytes) held.push(piece);
		else held = [];
	};

	const finish = (isLast: boolean, end: number): Line => {
		const bytes = held.length === 1 ? held[0] : Buffer.concat(held);
		const text = heldBytes > maxBytes || bytes === undefined ? null : bytes.toString('utf8', 0, bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length);
		held = [];
		heldBytes = 0;
		number++;
		return {number, text, isUtf8: bytes === undefined || isUtf8(bytes), isLast, bytesRead, end};
	};

	for await (const chunk of chunks) {
		const lines: Line[] = [];
		({bytesRead} = chunk);
		const start = bytesRead - chunk.bytes.length;
		let from = 0;
		for (let end = chunk.bytes.indexOf(lineFeed); end !== -1; end = chunk.bytes.indexOf(lineFeed, from)) {
			take(chunk.bytes.subarray(from, end));
			from = end + 1;
			lines.push(finish(false, start + from));
		}

		if (from < chunk.bytes.length) take(chunk.bytes.subarray(from));
		yield lines;
	}

	if (heldBytes > 0) yield [finish(true, bytesRead)];
};
