import {entry, har} from './read-source.ts';

export type HostileFile = {readonly format: 'har' | 'ndjson' | 'csv'; readonly content: Buffer; readonly isWhole: boolean};

const at = '2026-11-22T10:00:00.000Z';
const text = (index: number): string => `Zażółć ${'😀'.repeat(index % 7)} „${index % 3}”, {"a": [`;

/** Records without an ID of which many are alike, some that are rejected, and all that makes it hard to tell where one ends. */
const ndjson = (count: number): string => Array.from({length: count}, (_, index) => [
	index % 11 === 3 ? '\r\n  \n' : '',
	index % 13 === 5 ? `{"url": "${text(index).slice(0, 9)}` : JSON.stringify({...(index % 5 === 0 && {id: `log_${index}`}), created_at: at, status: 200 + index % 4, request_body: text(index % 9)}),
	index % 2 === 0 ? '\r\n' : '\n',
].join('')).join('');

const csvCell = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const csv = (count: number): string => 'ID;Occurrence date;Status;Request body;colour\r\n' + Array.from({length: count}, (_, index) => [
	index % 11 === 3 ? '\r\n\n' : '',
	index % 13 === 5 ? 'too;few' : [index % 5 === 0 ? `log_${index}` : '', index % 17 === 2 ? 'never' : at, 200 + index % 4, csvCell(`${text(index % 9)}${index % 4 === 1 ? '\r\n\n"; \n' : ''}`), 'a "red" one'].join(';'),
	index % 2 === 0 ? '\r\n' : '\n',
].join('')).join('');

const harEntry = (index: number): unknown => index % 13 === 5
	? [null, 7, 'a "text" with ] and }', {}, [{request: {}}]][index % 5]
	: entry({time: index % 9, response: {status: 200 + index % 4, headers: [], content: {size: 2, mimeType: 'text/plain', text: text(index % 9)}}});

/** The three formats, with and without a byte order mark, whole and cut off. */
export const hostileFiles = (count: number): readonly HostileFile[] => [
	...(['ndjson', 'csv', 'har'] as const).flatMap(format => [undefined, 1].flatMap(indent => {
		const entries = Array.from({length: count}, (_, index) => harEntry(index));
		const whole = {ndjson, csv, har: () => har(entries, indent)}[format](count);
		const marked = Buffer.from(`${indent === undefined ? '' : '\uFEFF'}${whole}`);
		return [{format, content: marked, isWhole: true}, {format, content: marked.subarray(0, marked.length - 401), isWhole: false}];
	})),
	// A quote, and a brace, that were lost.
	{format: 'har', content: Buffer.from(har([entry(), entry({time: 1}), entry()], 1).replace('"GET"', '"GET').replace('},\n    {', ',\n    {')), isWhole: true},
];
