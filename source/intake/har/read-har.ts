import {isUtf8} from 'node:buffer';
import {Fault} from '../../domain/fault.ts';
import {type SourceItem} from '../../services/import/log-source.ts';
import {type Chunk} from '../input/byte-input.ts';
import {notUtf8} from '../not-utf8.ts';
import {jsonFault} from '../json-fault.ts';
import {maxRecordBytes, tooLarge} from '../record-limit.ts';
import {createEntryScanner, type Element} from './entry-scanner.ts';
import {logOfEntry} from './log-of-entry.ts';
import {createOuterScanner} from './outer-scanner.ts';

const itemOf = ({place, bytes}: Element, {bytesRead, end, maxBytes}: {readonly bytesRead: number; readonly end: number; readonly maxBytes: number}): SourceItem => {
	if (bytes === null) return {kind: 'rejected', place, reason: tooLarge('the entry', maxBytes), bytesRead, end};
	if (!isUtf8(bytes)) return {kind: 'rejected', place, reason: notUtf8, bytesRead, end};
	let entry: unknown;
	try {
		entry = JSON.parse(bytes.toString('utf8'));
	} catch (error) {
		return {kind: 'rejected', place, reason: jsonFault(error), bytesRead, end};
	}

	const log = logOfEntry(entry);
	return typeof log === 'string' ? {kind: 'rejected', place, reason: log, bytesRead, end} : {kind: 'log', place, log, bytesRead, end};
};

/**
 * Logs of a HAR 1.2 document, entry by entry: only one entry is ever held. Throws a Fault when the document
 * came to its end and held no `log.entries`.
 * @param entriesBefore The chunks begin right after this entry, and not with the document.
 */
export const readHar = async function * (chunks: AsyncIterable<Chunk>, maxBytes = maxRecordBytes, entriesBefore?: number): AsyncGenerator<readonly SourceItem[]> {
	let isInEntries = entriesBefore !== undefined;
	const outer = createOuterScanner(isInEntries);
	const entries = createEntryScanner(maxBytes, entriesBefore);
	let bytesRead = 0;
	for await (const chunk of chunks) {
		const items: SourceItem[] = [];
		const {bytes} = chunk;
		({bytesRead} = chunk);
		const start = bytesRead - bytes.length;
		const onElement = (element: Element): void => {
			items.push(itemOf(element, {bytesRead: chunk.bytesRead, end: start + element.end, maxBytes}));
		};

		for (let at = 0; at !== -1 && at < bytes.length;) {
			if (isInEntries) {
				at = entries.scan(bytes, at, onElement);
				if (at === -1) break;
				outer.leaveEntries();
				isInEntries = false;
			} else {
				at = outer.seek(bytes, at);
				isInEntries = at !== -1;
			}
		}

		if (items.length > 0) yield items;
	}

	if (!outer.hasEntries()) {
		const what = outer.isWhole() ? 'this JSON has no log.entries, so it is no HAR file' : 'this is no HAR file, or it ends before its log.entries';
		throw new Fault(what, {remedy: 'name its format with --format ndjson or --format csv'});
	}

	if (!outer.isWhole()) {
		const open = entries.openPlace();
		const reason = open === null ? 'the file ends before the end of its JSON' : 'the file ends in the middle of an entry';
		yield [{kind: 'truncated', place: open ?? Math.max(1, entries.count()), reason, bytesRead}];
	}
};
