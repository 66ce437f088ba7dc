import {type Search} from './search.ts';
import {isCardNumber} from './secret-patterns.ts';
import {spanOfValue} from './secret-span.ts';

const element = /<(?:[\w-]{1,64}:)?([\w.-]{1,128})(?:\s[^<>]*)?>(?:<!\[CDATA\[([^]*?)(?:\]\]>|$)|([^<>]+))/g;
const field = /<(?:input|meta|param|property|add|entry)\b[^<>]*>/gi;
const fieldName = /\b(?:name|key|id|type)\s*=\s*["']?([^"'\s>]+)/gi;
const fieldValue = /\b(?:value|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
const formPart = /\bname="([^"\r\n]{0,256})"[^\r\n]{0,1000}(?:\r?\n[^\r\n]{1,1000}){0,8}\r?\n\r?\n([^]*?)(?=\r?\n--|$)/g;

/** Secrets in XML elements, in fields of HTML forms, and in the parts of a multipart form. */
export const findMarkup = (text: string, search: Search): void => {
	const addValue = (name: string, value: string, start: number): void => {
		const kind = search.kindOf(name);
		if (kind === 'none' || (kind === 'card' && !isCardNumber(value))) return;
		const trimmed = value.trim();
		const from = start + value.indexOf(trimmed);
		const span = spanOfValue(trimmed, from, from + trimmed.length, kind === 'password' || kind === 'card' ? 'password' : 'secret');
		if (span !== null) search.add(span);
	};

	if (text.includes('<')) {
		for (const match of text.matchAll(element)) {
			const value = match[2] ?? match[3] ?? '';
			addValue(match[1] ?? '', value, match.index + match[0].lastIndexOf(value));
		}

		for (const match of text.matchAll(field)) {
			const valueMatch = fieldValue.exec(match[0]);
			const value = valueMatch?.[1] ?? valueMatch?.[2] ?? valueMatch?.[3];
			if (valueMatch === null || value === undefined) continue;
			const start = match.index + valueMatch.index + valueMatch[0].lastIndexOf(value);
			for (const [, name] of match[0].matchAll(fieldName)) addValue(name ?? '', value, start);
		}
	}

	if (/form-data/i.test(text)) {
		for (const match of text.matchAll(formPart)) {
			const value = match[2] ?? '';
			addValue(match[1] ?? '', value, match.index + match[0].length - value.length);
		}
	}
};
