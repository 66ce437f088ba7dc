import {createGunzip} from 'node:zlib';
import {type Chunk} from './byte-input.ts';

// What a write that fails had made already is lost: small writes lose little.
const pieceBytes = 16 * 1024;

/** Whether these first bytes are those of a gzip file. */
export const isGzip = (head: Buffer): boolean => head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;

/**
 * Decompresses. Everything that could be decompressed before the data end or break is given;
 * `onDamage` then says what was wrong, and the chunks end.
 */
export const gunzip = async function * (chunks: AsyncIterable<Chunk>, onDamage: (reason: string) => void): AsyncGenerator<Chunk> {
	const inflater = createGunzip({chunkSize: 128 * 1024});
	const ready: Buffer[] = [];
	let failure: NodeJS.ErrnoException | null = null;
	// Listening to `data` takes each piece as it is made: pieces that wait in a stream are lost when it fails.
	inflater.on('data', (piece: Buffer) => ready.push(piece));
	const settled = (run: (done: () => void) => void): Promise<void> => new Promise(resolve => {
		const fail = (error: NodeJS.ErrnoException): void => {
			failure = error;
			resolve();
		};

		inflater.once('error', fail);
		run(() => {
			inflater.off('error', fail);
			resolve();
		});
	});
	let bytesRead = 0;
	const drain = function * (): Generator<Chunk> {
		for (const bytes of ready.splice(0)) yield {bytes, bytesRead};
	};

	try {
		for await (const chunk of chunks) {
			bytesRead = chunk.bytesRead;
			for (let from = 0; from < chunk.bytes.length && failure === null; from += pieceBytes) {
				const piece = chunk.bytes.subarray(from, from + pieceBytes);
				await settled(done => inflater.write(piece, () => done()));
				yield * drain();
			}

			if (failure !== null) break;
		}

		if (failure === null) {
			await settled(done => {
				inflater.once('end', done);
				inflater.end();
			});
			yield * drain();
		}

		if (failure !== null) {
			onDamage((failure as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'the compressed data end in the middle' : 'the compressed data are damaged');
		}
	} finally {
		inflater.on('error', () => {});
		inflater.destroy();
	}
};
