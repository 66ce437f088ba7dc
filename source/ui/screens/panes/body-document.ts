import {createTextDocument, createTreeDocument, type TreeDocument, type TreeOptions} from '../../components/json-tree/tree-document.ts';

/** How a body is shown, and what its title calls it. */
export type BodyDocument = {
	readonly document: TreeDocument | null;
	readonly kind: 'JSON' | 'form' | 'multipart' | 'text' | 'empty';
	/** Why a body that should be JSON, or begins like it, is none. */
	readonly problem?: string;
};

/** A body as a tree: JSON as it is, a form's fields and a multipart's parts decoded, all else as lines of text. */
export const bodyDocument = (text: string | null, contentType: string | null, tokenOf?: TreeOptions['tokenOf']): BodyDocument => {
	if (text === null || text === '') {
		return {document: null, kind: 'empty'};
	}

	const json = createTreeDocument(text, {tokenOf});
	if (json) {
		return {document: json, kind: 'JSON'};
	}

	const type = (contentType ?? '').toLowerCase();
	const boundary = boundaryOf(text, contentType);
	const parts = boundary === null ? null : multipartJson(text, boundary);
	if (parts !== null) {
		return {document: createTreeDocument(parts, {style: 'plain'}), kind: 'multipart'};
	}

	if (type.includes('x-www-form-urlencoded') || (type === '' && /^[\w.%+~[\]-]+=[^\s&]*(?:&[\w.%+~[\]-]+=[^\s&]*)+$/.test(text))) {
		return {document: createTreeDocument(pairsJson(new URLSearchParams(text)), {style: 'plain'}), kind: 'form'};
	}

	return {document: createTextDocument(text), kind: 'text', ...(type.includes('json') ? {problem: 'not valid JSON, shown as text'} : {})};
};

/** Pairs as the text of a JSON object; a key that occurs twice is there twice, as in the original. */
export const pairsJson = (pairs: Iterable<readonly [string, string]>): string =>
	`{${Array.from(pairs, ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;

const boundaryOf = (text: string, contentType: string | null): string | null => {
	const named = /^multipart\/.*boundary="?([^";]+)"?/i.exec(contentType ?? '')?.[1];
	return named ?? /^--([\w'()+,./:=?-]{4,70})\r?\n[\w-]+:/.exec(text)?.[1] ?? null;
};

const multipartJson = (text: string, boundary: string): string | null => {
	const pieces = text.split(`--${boundary}`).slice(1);
	const parts = pieces.filter(piece => /^\r?\n/.test(piece)).map(piece => {
		const [, head = '', content = ''] = /^\r?\n([^]*?)\r?\n\r?\n([^]*)$/.exec(piece) ?? [];
		return {head, content: content.replace(/\r?\n$/, '')};
	});
	if (parts.length === 0) {
		return null;
	}

	const members = parts.map(({head, content}, index) => {
		const name = /\bname="([^"]*)"/i.exec(head)?.[1] ?? `part ${index + 1}`;
		const headers = pairsJson(head.split(/\r?\n/).map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const));
		const lines = content.split(/\r\n|\n|\r/);
		return `${JSON.stringify(name)}:{"headers":${headers},"content":${JSON.stringify(lines.length === 1 ? content : lines)}}`;
	});
	return `{${members.join(',')}}`;
};
