import {type SourceItem, type SourceLog} from '../../services/import/log-source.ts';
import {fieldNames, readField} from '../fields/read-field.ts';
import {type Chunk} from '../input/byte-input.ts';
import {notUtf8} from '../not-utf8.ts';
import {jsonFault} from '../json-fault.ts';
import {maxRecordBytes, tooLarge} from '../record-limit.ts';
import {rawProperties} from './json-spans.ts';
import {type Line, splitLines} from './split-lines.ts';

const bodies = ['request_body', 'response_body'] as const;

const isValue = (body: unknown): boolean => typeof body === 'object' ? body !== null : typeof body === 'number' || typeof body === 'boolean';

/** A log of one line's object, or why it cannot be one. */
export const readRecord = (line: string): SourceLog | string => {
	let record: unknown;
	try {
		record = JSON.parse(line);
	} catch (error) {
		return jsonFault(error);
	}

	if (typeof record !== 'object' || record === null || Array.isArray(record)) return 'it is not an object';
	const given = record as Readonly<Record<string, unknown>>;
	const log: Record<string, unknown> = {};
	const valueBodies = new Set(bodies.filter(name => isValue(given[name])));
	for (const name of fieldNames) {
		if (valueBodies.has(name as never) || !Object.hasOwn(given, name)) continue;
		const checked = readField(name, given[name]);
		if ('reason' in checked) return checked.reason;
		Object.assign(log, checked.fields);
	}

	for (const name of bodies) if (given[name] === '') log[name] = '';
	if (valueBodies.size > 0) for (const [name, text] of rawProperties(line, valueBodies)) log[name] = text;
	return log;
};

const isCut = (line: Line, text: string): boolean => line.isLast && text.startsWith('{') && !text.endsWith('}');

const itemOf = (line: Line, maxBytes: number): SourceItem | null => {
	const {number: place, bytesRead, end} = line;
	if (line.text === null) return {kind: 'rejected', place, reason: tooLarge('the line', maxBytes), bytesRead, end};
	const text = line.text.trim();
	if (text === '') return null;
	if (isCut(line, text)) return {kind: 'truncated', place, reason: 'the file ends in the middle of a record', bytesRead};
	if (!line.isUtf8) return {kind: 'rejected', place, reason: notUtf8, bytesRead, end};
	const log = readRecord(text);
	return typeof log === 'string' ? {kind: 'rejected', place, reason: log, bytesRead, end} : {kind: 'log', place, log, bytesRead, end};
};

/**
 * Logs of NDJSON: one object a line, with the fields of a log by their names; others are passed over.
 * @param linesBefore How many come before the chunks.
 */
export const readNdjson = async function * (chunks: AsyncIterable<Chunk>, maxBytes = maxRecordBytes, linesBefore = 0): AsyncGenerator<readonly SourceItem[]> {
	for await (const lines of splitLines(chunks, maxBytes, linesBefore)) {
		const items = lines.map(line => itemOf(line, maxBytes)).filter(item => item !== null);
		if (items.length > 0) yield items;
	}
};
