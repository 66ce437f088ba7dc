import {Readable} from 'node:stream';
import {openLogSource} from '../../source/intake/open-log-source.ts';
import {type SourceItem, type SourceLog} from '../../source/services/import/log-source.ts';

/** An item without where it stood among the bytes, which depends on how they arrived. */
export type Read = {readonly kind: SourceItem['kind']; readonly place: number; readonly log?: SourceLog; readonly reason?: string};

/** Cuts bytes at these shares (0-1) of their length. */
export const cutAt = (bytes: Buffer, shares: readonly number[]): readonly Buffer[] => {
	const ends = [...shares.map(share => Math.floor(share * bytes.length)), bytes.length].toSorted((a, b) => a - b);
	return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
};

/** What a source that arrives in these pieces gives. */
export const readPieces = async (pieces: ReadonlyArray<Buffer | string>, format?: 'har' | 'ndjson' | 'csv'): Promise<readonly Read[]> => {
	const stream = Readable.from(pieces.map(piece => Buffer.from(piece as Buffer)));
	const source = await openLogSource({from: {stream, name: 'standard input'}, format});
	const read: Read[] = [];
	for await (const items of source.items) {
		for (const item of items) {
			const {bytesRead: _, end: __, ...rest} = {end: 0, ...item};
			read.push(rest);
		}
	}

	return read;
};

export const readText = (text: Buffer | string, format?: 'har' | 'ndjson' | 'csv'): Promise<readonly Read[]> => readPieces([text], format);

/** The logs alone; fails when anything else came. */
export const logsOf = (items: readonly Read[]): readonly SourceLog[] => items.map(item => {
	if (item.log === undefined) throw new Error(`${item.kind} at ${item.place}: ${item.reason}`);
	return item.log;
});

/** A HAR document with these entries. */
export const har = (entries: readonly unknown[], indent?: number): string =>
	JSON.stringify({log: {version: '1.2', creator: {name: 'test', version: '1'}, entries, pages: [{id: 'page_1', title: '"entries": ['}]}}, null, indent);

/** An entry with the least that a log needs. */
export const entry = (more: object = {}): object => ({
	startedDateTime: '2026-11-22T10:00:00.000Z', time: 12.5,
	request: {method: 'GET', url: 'https://shop.example/v1/vouchers', headers: []},
	response: {status: 200, headers: [], content: {size: 2, mimeType: 'application/json', text: '{}'}},
	...more,
});
