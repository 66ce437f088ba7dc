import fs from 'node:fs/promises';

const pieceBytes = 1 << 18;

/** A file from its start to its end. All pieces use the same memory: each is good until the next is asked for. */
export const fileContent = async function * (file: string): AsyncGenerator<Buffer> {
	const piece = Buffer.allocUnsafeSlow(pieceBytes);
	const handle = await fs.open(file);
	try {
		for (;;) {
			const {bytesRead} = await handle.read(piece, 0, pieceBytes);
			if (bytesRead === 0) {
				return;
			}

			yield piece.subarray(0, bytesRead);
		}
	} finally {
		await handle.close();
	}
};

/** The pieces with memory of their own, for who holds several at once, as streams do. */
export const ownPieces = async function * (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	for await (const piece of pieces) {
		yield Buffer.from(piece);
	}
};
