import {type Headers, type Log} from '../../domain/records.ts';
import {isCutBody} from '../../domain/text/cut-body.ts';
import {bodyParts, fileNameIn} from '../../domain/text/multipart.ts';

/** A file that a request uploaded. */
export type UploadedFile = {readonly name: string; readonly text: string};

const isCsv = (type: string): boolean => /^(?:text|application)\/csv\b/i.test(type);

const headerOf = (headers: Headers | null, name: string): string => {
	const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
	return (typeof found === 'string' ? found : found?.[0]) ?? '';
};

/** A name without directories, for a path in data must lead nowhere. */
const plainName = (name: string | null): string => {
	const last = name?.split(/[/\\]/).at(-1)?.trim() ?? '';
	return last === '' || last === '.' || last === '..' ? 'upload.csv' : last;
};

/** Where an exporter leaves the contents of files out, the part is empty. */
const csvPart = (body: string, type: string): UploadedFile | null => {
	const part = bodyParts(body, type).find(({type: partType, fileName, text}) => text !== '' && (isCsv(partType) || /\.csv$/i.test(fileName ?? '')));
	return part === undefined ? null : {name: plainName(part.fileName), text: part.text};
};

/** The CSV file that a request sent, as its body or as a part of a form; null when it sent none, or not all of it was kept. */
export const uploadedFile = ({request_headers: headers, request_body: body}: Log): UploadedFile | null => {
	const type = headerOf(headers, 'content-type');
	if (body === null || body === '' || isCutBody(body)) {
		return null;
	}

	return isCsv(type)
		? {name: plainName(fileNameIn(headerOf(headers, 'content-disposition'))), text: body}
		: csvPart(body, type);
};
