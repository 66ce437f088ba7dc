import {escapePattern} from './escape-pattern.ts';

/** A part of a multipart body: what its head says of it, and its content as text. */
export type BodyPart = {
	/** Content-Type; empty when it has none. */
	readonly type: string;
	/** Null for a part that is no file. */
	readonly fileName: string | null;
	readonly text: string;
};

const unquote = (text: string): string => text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : text;

/** RFC 5987: `UTF-8''codes%20%E2%82%AC.csv`. */
const decodeExtended = (value: string): string | null => {
	const encoded = /^utf-8'[^']*'(.*)$/i.exec(value)?.[1];
	try {
		return encoded === undefined ? null : decodeURIComponent(encoded);
	} catch {
		return null;
	}
};

/** The file name of a Content-Disposition header; null when it names none. Browsers write a quote in it as `%22`. */
export const fileNameIn = (disposition: string): string | null => {
	const extended = /[;\s]filename\*\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]+)/i.exec(disposition)?.[1];
	const plain = /[;\s]filename\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]+)/i.exec(disposition)?.[1];
	const name = extended === undefined ? null : decodeExtended(unquote(extended));
	return name ?? (plain === undefined ? null : unquote(plain).replaceAll('%22', '"'));
};

const headerIn = (head: string, name: string): string => {
	// A header may go on in the next line, which then begins with white space.
	const lines = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
	return lines.find(line => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1).trim() ?? '';
};

const readPart = (part: string): BodyPart | null => {
	const headEnd = /^\r?\n|\r?\n\r?\n/.exec(part);
	if (headEnd === null) {
		return null;
	}

	const head = part.slice(0, headEnd.index);
	const content = part.slice(headEnd.index + headEnd[0].length);
	const isBase64 = headerIn(head, 'content-transfer-encoding').toLowerCase() === 'base64';
	return {
		type: headerIn(head, 'content-type'),
		fileName: fileNameIn(headerIn(head, 'content-disposition')),
		text: isBase64 ? Buffer.from(content, 'base64').toString('utf8') : content,
	};
};

/** Where the type does not name it, the first line of the body shows it. */
const boundaryOf = (body: string, contentType: string): string | null => {
	if (!/^multipart\//i.test(contentType)) {
		return null;
	}

	const named = /;\s*boundary\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]+)/i.exec(contentType)?.[1];
	return named === undefined ? /^--([^\r\n]{1,100})\r?\n/.exec(body)?.[1]?.trimEnd() ?? null : unquote(named);
};

/** The parts of a body whose Content-Type is `multipart/…`; none when the type is another, or its parts do not end. */
export const bodyParts = (body: string, contentType: string): readonly BodyPart[] => {
	const boundary = boundaryOf(body, contentType);
	if (boundary === null) {
		return [];
	}

	// A boundary stands on a line of its own: what looks like it inside a line is content.
	const separator = new RegExp(`(?:^|\\r?\\n)--${escapePattern(boundary)}(--)?[ \\t]*(?=\\r?\\n|$)`, 'g');
	const parts: BodyPart[] = [];
	let from: number | null = null;
	for (const {0: {length}, 1: isLast, index} of body.matchAll(separator)) {
		const part = from === null ? null : readPart(body.slice(from, index).replace(/^\r?\n/, ''));
		if (part !== null) {
			parts.push(part);
		}

		if (isLast !== undefined) {
			return parts;
		}

		from = index + length;
	}

	return [];
};
