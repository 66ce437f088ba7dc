import zlib from 'node:zlib';
import {type Duplex} from 'node:stream';

export type DecodedBody = {
	readonly bytes: Buffer;
	/** The end is missing: there is more than the limit, or what came in was cut itself. */
	readonly isCut: boolean;
};

const {BROTLI_OPERATION_FLUSH, ZSTD_e_flush: zstdFlush, Z_SYNC_FLUSH} = zlib.constants;
/** A body that ends in the middle gives what it holds until there. */
const flushing = {finishFlush: Z_SYNC_FLUSH};

/** Some servers send `deflate` without the header that it should have. */
const createInflate = (bytes: Uint8Array): Duplex => ((bytes[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate(flushing) : zlib.createInflateRaw(flushing);

const decoders: Readonly<Record<string, ((bytes: Uint8Array) => Duplex) | undefined>> = {
	gzip: () => zlib.createGunzip(flushing),
	'x-gzip': () => zlib.createGunzip(flushing),
	deflate: createInflate,
	br: () => zlib.createBrotliDecompress({finishFlush: BROTLI_OPERATION_FLUSH}),
	// Since Node 22.15.
	zstd: typeof zlib.createZstdDecompress === 'function' ? () => zlib.createZstdDecompress({finishFlush: zstdFlush}) : undefined,
};

const decodeOnce = async (bytes: Uint8Array, stream: Duplex, limit: number): Promise<DecodedBody> => {
	const chunks: Buffer[] = [];
	let length = 0;
	let isCut = false;
	try {
		stream.end(bytes);
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			chunks.push(chunk);
			length += chunk.length;
			if (length > limit) {
				isCut = true;
				break;
			}
		}
	} catch {
		// It ends in the middle, or is not what it says; what could be decoded is there.
		isCut = true;
	}

	return {bytes: Buffer.concat(chunks).subarray(0, limit), isCut};
};

/**
 * Undoes the encodings of a Content-Encoding header (gzip, deflate, br, zstd, several in a row), to at most `limit`
 * bytes however much the body would become. A body that is cut gives what its beginning holds. Null when an encoding is
 * not known, or nothing could be decoded.
 */
export const decodeBody = async (bytes: Uint8Array, contentEncoding: string, limit: number): Promise<DecodedBody | null> => {
	const encodings = contentEncoding.toLowerCase().split(',').map(name => name.trim()).filter(name => name !== '' && name !== 'identity');
	let body: DecodedBody = {bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), isCut: false};
	for (const encoding of encodings.toReversed()) {
		const create = decoders[encoding];
		if (create === undefined || body.bytes.length === 0) {
			return null;
		}

		const {bytes: decoded, isCut} = await decodeOnce(body.bytes, create(body.bytes), limit);
		body = {bytes: decoded, isCut: isCut || body.isCut};
	}

	return encodings.length > 0 && body.bytes.length === 0 && body.isCut ? null : body;
};
