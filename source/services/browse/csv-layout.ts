import {tabOfHeadings} from '../../domain/browse/columns.ts';
import {fieldNamesOfHeadings} from '../../domain/csv/headings.ts';
import {Fault} from '../../domain/fault.ts';
import {type Tab, tabs} from '../../domain/records.ts';
import {markLength, requireText} from '../../domain/text/require-text.ts';
import {readCells} from './read-cells.ts';
import {createRecordScanner, type FoundRecord} from './scan-records.ts';

/** Headings are looked for in so much of a file. */
export const headBytes = 1 << 20;

/** What the beginning of a CSV file says of the rest. */
export type CsvLayout = {
	readonly delimiter: number;
	readonly headings: readonly string[];
	readonly tab: Tab | null;
	/** Where its first record begins, which holds the headings. */
	readonly start: number;
};

const delimiters = [',', ';', '\t', '|'].map(character => character.charCodeAt(0));

const knownIn = (headings: readonly string[]): number =>
	Math.max(...tabs.map(tab => fieldNamesOfHeadings(headings, tab).filter(name => name !== null).length));

/** Headings by each delimiter; the one that makes most known ones of them, or else most cells, is that of the file. */
const readHeadings = (head: Buffer, start: number, isWhole: boolean, delimiter: number): readonly string[] | null => {
	let first = null as FoundRecord | null;
	const scanner = createRecordScanner(delimiter, record => {
		first ??= record;
	}, start);
	scanner.push(head.subarray(start));
	if (first === null && isWhole) {
		scanner.end();
	}

	return first === null ? null : readCells(head, {delimiter, start: first.start, end: first.end});
};

/**
 * The layout that the first bytes of a file show; `isWhole` when there are no more. Throws a `Fault` when it is no text or
 * has no line of headings.
 */
export const layoutOf = (head: Buffer, {name, isWhole, tab}: {readonly name: string; readonly isWhole: boolean; readonly tab?: Tab | undefined}): CsvLayout => {
	if (head[0] === 0x1f && head[1] === 0x8b) {
		throw new Fault(`${name} is compressed with gzip`, {remedy: `unpack it first: gunzip -k ${name}`});
	}

	requireText(head, name, 'name a CSV file');
	const start = markLength(head);
	if (/^\s*[[{]/.test(head.toString('latin1', start, start + 100))) {
		throw new Fault(`${name} is JSON, not CSV`, {remedy: `take it in with auditty import ${name}`});
	}

	const readings = delimiters.flatMap(delimiter => {
		const headings = readHeadings(head, start, isWhole, delimiter);
		return headings === null ? [] : [{delimiter, headings, known: knownIn(headings)}];
	});
	const [first, ...others] = readings;
	if (first === undefined) {
		throw new Fault(`${name} has no line of headings`, {remedy: 'see whether it is CSV'});
	}

	const best = others.reduce((most, next) => next.known > most.known || (next.known === most.known && next.headings.length > most.headings.length) ? next : most, first);
	return {delimiter: best.delimiter, headings: best.headings, tab: tab ?? tabOfHeadings(best.headings), start};
};
