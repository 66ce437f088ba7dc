import {type Headers, type Log} from '../../domain/records.ts';
import {isCutBody} from '../../domain/text/cut-body.ts';

/** A file that a request uploaded. */
export type UploadedFile = {readonly name: string; readonly text: string};

const headerOf = (headers: Headers | null, name: string): string => {
	const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
	return (typeof found === 'string' ? found : found?.[0]) ?? '';
};

const nameIn = (disposition: string): string | null => {
	const name = /filename="([^"]*)"|filename=([^;\s]+)/i.exec(disposition);
	return name?.[1] ?? name?.[2] ?? null;
};

/** A name without directories, for a path in data must lead nowhere. */
const plainName = (name: string | null): string => {
	const last = name?.split(/[/\\]/).at(-1)?.trim() ?? '';
	return last === '' || last === '.' || last === '..' ? 'upload.csv' : last;
};

const csvPart = (body: string, boundary: string): UploadedFile | null => {
	for (const part of body.split(`--${boundary}`).slice(1, -1)) {
		const headEnd = /\r?\n\r?\n/.exec(part);
		if (headEnd === null) {
			continue;
		}

		const head = part.slice(0, headEnd.index);
		const name = nameIn(head);
		if (/content-type:\s*(?:text\/csv|application\/csv)/i.test(head) || /\.csv$/i.test(name ?? '')) {
			return {name: plainName(name), text: part.slice(headEnd.index + headEnd[0].length).replace(/\r?\n$/, '')};
		}
	}

	return null;
};

/** The CSV file that a request sent, as its body or as a part of a form; null when it sent none, or not all of it was kept. */
export const uploadedFile = ({request_headers: headers, request_body: body}: Log): UploadedFile | null => {
	const type = headerOf(headers, 'content-type');
	if (body === null || body === '' || isCutBody(body)) {
		return null;
	}

	if (/^(?:text|application)\/csv\b/i.test(type)) {
		return {name: plainName(nameIn(headerOf(headers, 'content-disposition'))), text: body};
	}

	const boundary = /^multipart\/.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
	return boundary === null ? null : csvPart(body, boundary[1] ?? boundary[2] ?? '');
};
