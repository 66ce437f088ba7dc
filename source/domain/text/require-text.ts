import {Fault} from '../fault.ts';

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Length of the byte order mark. */
export const markLength = (head: Buffer): number => head.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;

const otherKinds: ReadonlyArray<readonly [magic: readonly number[], what: string, remedy: string]> = [
	[[0xff, 0xfe], 'is UTF-16 text', 'convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)'],
	[[0xfe, 0xff], 'is UTF-16 text', 'convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)'],
	[[0x50, 0x4b, 0x03, 0x04], 'is a ZIP archive', 'unpack it first'],
	[[0x28, 0xb5, 0x2f, 0xfd], 'is compressed with zstd', 'unpack it first, or use gzip'],
	[[0x42, 0x5a, 0x68], 'is compressed with bzip2', 'unpack it first, or use gzip'],
	[[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'is compressed with xz', 'unpack it first, or use gzip'],
	[[0x1f, 0x8b], 'is compressed twice', 'unpack it once first'],
];

const isUtf16WithoutMark = (head: Buffer): boolean => {
	const sample = head.subarray(0, 64);
	const zeros = (parity: number): number => sample.filter((byte, index) => byte === 0 && index % 2 === parity).length;
	return sample.length >= 8 && Math.max(zeros(0), zeros(1)) > sample.length * 0.4 && Math.min(zeros(0), zeros(1)) === 0;
};

/** Throws a Fault when these first bytes of a file are not those of UTF-8 text; `remedy` says what to name instead. */
export const requireText = (head: Buffer, name: string, remedy: string): void => {
	if (head.length === 0) throw new Fault(`${name} is empty`, {remedy: 'see what should have written it'});
	const kind = otherKinds.find(([magic]) => magic.every((byte, index) => head[index] === byte));
	if (kind !== undefined) throw new Fault(`${name} ${kind[1]}`, {remedy: kind[2]});
	if (isUtf16WithoutMark(head)) throw new Fault(`${name} is UTF-16 text`, {remedy: 'convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)'});
	const beginning = head.toString('latin1', 0, 1024);
	// Inside texts and cells data may hold what they like; a file of text does not begin with control characters.
	if (!/^\s*\{/.test(beginning) && /^[^\n]*?[\0-\x08\x0e-\x1f]/.test(beginning)) {
		throw new Fault(`${name} is not text`, {remedy});
	}
};
