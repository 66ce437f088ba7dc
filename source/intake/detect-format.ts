import {Fault} from '../domain/fault.ts';
import {markLength} from '../domain/text/require-text.ts';
import {findDelimiter} from './csv/find-delimiter.ts';
import {fieldNames} from './fields/read-field.ts';
import {createOuterScanner} from './har/outer-scanner.ts';

export type Format = 'har' | 'ndjson' | 'csv';

/** More of the beginning is not looked at. */
const headBytes = 64 * 1024;

/** Whether these first bytes show the format. A first line that is whole does, so that a slow pipe is not waited for. */
export const isEnoughToDetect = (head: Buffer): boolean => {
	if (head.length >= headBytes) return true;
	const lineEnd = head.indexOf(0x0a);
	const firstLine = head.toString('utf8', 0, Math.max(0, lineEnd)).trim();
	return firstLine !== '' && (!firstLine.startsWith('{') || firstLine.endsWith('}'));
};

/** The format that these first bytes show. Throws a Fault when they show none. */
export const detectFormat = (head: Buffer, name: string): Format => {
	const text = head.toString('utf8', markLength(head)).trimStart();
	if (text === '') throw new Fault(`${name} holds nothing but white space`, {remedy: 'see what should have written it'});
	if (text.startsWith('[')) throw new Fault(`${name} is a JSON array`, {remedy: 'write one object a line (jq -c .[])'});
	const firstLine = text.split(/\r?\n/, 1)[0] ?? '';
	if (text.startsWith('{')) {
		const outer = createOuterScanner();
		if (outer.seek(head, markLength(head)) !== -1 || /^\{\s*"log"\s*:\s*\{/.test(text)) return 'har';
		if (/^\{\s*$/.test(firstLine)) throw new Fault(`${name} is JSON over several lines and no HAR file`, {remedy: 'write one object a line (jq -c .)'});
		return 'ndjson';
	}

	if (findDelimiter(firstLine).known > 0) return 'csv';
	throw new Fault(`${name} is neither HAR nor NDJSON, and its first line names no column of a log`, {
		remedy: `name the columns of a CSV file: any of ${fieldNames.join(', ')}`,
	});
};
