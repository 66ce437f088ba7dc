import {type KeptBody} from './exchange.ts';

/** Collects the beginning of a body while it passes by. */
export type BodyKeeper = {
	readonly add: (chunk: Uint8Array) => void;
	/** Null when nothing passed. */
	readonly kept: () => KeptBody | null;
};

/** A form may hold a CSV; whether it does is seen only in its parts. */
const mayHoldCsv = /^(?:text\/csv|application\/csv|multipart\/form-data)\b/i;
const csvPart = /content-type:\s*(?:text|application)\/csv|filename="?[^"\r\n]*\.csv"?/i;

/**
 * Keeps the first `bodyLimit` bytes; an uploaded CSV whole, unless it is larger than `uploadLimit`: then its first
 * `bodyLimit` bytes as well.
 * @param type Content-Type of the request, null for a body that is no upload.
 */
export const createBodyKeeper = ({bodyLimit, uploadLimit}: {readonly bodyLimit: number; readonly uploadLimit: number}, type: string | null): BodyKeeper => {
	const chunks: Uint8Array[] = [];
	let keptBytes = 0;
	let size = 0;
	let limit = type !== null && mayHoldCsv.test(type) ? Math.max(uploadLimit, bodyLimit) : bodyLimit;
	let isSettled = type === null || !/^multipart\//i.test(type);

	const cutTo = (most: number): void => {
		limit = most;
		let whole = Buffer.concat(chunks, keptBytes);
		if (whole.length > most) whole = Buffer.from(whole.subarray(0, most));
		chunks.splice(0, chunks.length, whole);
		keptBytes = whole.length;
	};

	/** The heads of a form's parts stand at its beginning, mostly: what shows none by then holds no CSV. */
	const settle = (): void => {
		isSettled = true;
		if (!csvPart.test(Buffer.concat(chunks).toString('latin1'))) cutTo(bodyLimit);
	};

	return {
		add(chunk) {
			size += chunk.length;
			const room = limit - keptBytes;
			if (room > 0) {
				const part = chunk.length <= room ? chunk : chunk.subarray(0, room);
				// A part of a large chunk would hold on to all of it.
				chunks.push(part.length * 2 < part.buffer.byteLength ? Buffer.from(part) : part);
				keptBytes += part.length;
			}

			if (!isSettled && keptBytes > bodyLimit) settle();
			if (size > limit && limit > bodyLimit) cutTo(bodyLimit);
		},
		kept() {
			if (size === 0) return null;
			return {bytes: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, keptBytes), size};
		},
	};
};
