import {type FileState} from '../../services/import/log-source.ts';

/** Bytes of a source, decompressed, with how far into the stored bytes they reach. */
export type Chunk = {readonly bytes: Buffer; readonly bytesRead: number};

export type ByteInput = {
	readonly chunks: AsyncIterable<Chunk>;
	/** Of a plain file, when it was opened; null for anything else. */
	readonly file: FileState | null;
	/** The chunks from an offset on; null unless it is a plain file that is not compressed. */
	readonly readFrom: ((offset: number) => AsyncIterable<Chunk>) | null;
	/** Once the chunks have ended: why they ended too early (a clause for a person), or null. */
	readonly damage: () => string | null;
};

type Peeked = {readonly head: Buffer; readonly chunks: AsyncIterable<Chunk>; readonly close: () => Promise<void>};

/**
 * The first bytes, as many as are enough (fewer when there are no more), and chunks that begin with them.
 * Chunks that are not read need `close`, else the source stays open.
 */
export const peek = async (chunks: AsyncIterable<Chunk>, isEnough: (head: Buffer) => boolean): Promise<Peeked> => {
	const iterator = chunks[Symbol.asyncIterator]();
	const taken: Chunk[] = [];
	let head: Buffer = Buffer.alloc(0);
	while (!isEnough(head)) {
		const next = await iterator.next();
		if (next.done === true) break;
		taken.push(next.value);
		head = taken.length === 1 ? next.value.bytes : Buffer.concat([head, next.value.bytes]);
	}

	const all = async function * (): AsyncGenerator<Chunk> {
		try {
			yield * taken.splice(0);
			for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
		} finally {
			await iterator.return?.();
		}
	};

	return {
		head,
		chunks: all(),
		close: async () => {
			await iterator.return?.();
		},
	};
};
