import {gunzipSync} from 'node:zlib';
import {binaryNote, bodyText} from '../body-text.ts';
import {isGzip} from '../input/gunzip.ts';
import {maxRecordBytes} from '../record-limit.ts';

export type HarParam = {readonly name?: unknown; readonly value?: unknown; readonly fileName?: unknown; readonly contentType?: unknown};
export type HarBody = {
	readonly mimeType?: unknown;
	readonly text?: unknown;
	readonly encoding?: unknown;
	readonly _encoding?: unknown;
	readonly params?: unknown;
};

const textOr = (value: unknown, otherwise: string): string => typeof value === 'string' ? value : otherwise;

const media = /^(?:image|audio|video|font)\/(?!svg)/i;
const damaged = /[\0-\x08\x0e-\x1f\ufffd]/;
const base64 = /^[A-Za-z0-9+/_\s-]*={0,2}\s*$/;

/** A request that was sent compressed is recorded so; a response never is. */
const unpacked = (bytes: Buffer): Buffer => {
	try {
		return isGzip(bytes) ? gunzipSync(bytes, {maxOutputLength: maxRecordBytes}) : bytes;
	} catch {
		return bytes;
	}
};

/** The text of `postData` or `content`, decoded where it is base64; null where the exporter left it out. */
export const textOfBody = (body: HarBody, isPacked = false): string | null => {
	if (typeof body.text !== 'string') return null;
	const mimeType = textOr(body.mimeType, '');
	const isEncoded = textOr(body.encoding ?? body._encoding, '').toLowerCase() === 'base64';
	if (isEncoded && base64.test(body.text)) {
		const bytes = Buffer.from(body.text, 'base64');
		return bodyText(isPacked ? unpacked(bytes) : bytes, mimeType);
	}

	// Some exporters press the bytes of an image into text, which is then neither.
	return media.test(mimeType) && damaged.test(body.text) ? binaryNote(Buffer.byteLength(body.text), mimeType) : body.text;
};

const quoted = (text: string): string => text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const multipart = (params: readonly HarParam[], mimeType: string): string => {
	const boundary = /boundary\s*=\s*"?([^\s;"]+)/i.exec(mimeType)?.[1] ?? 'boundary';
	const parts = params.map(({name, value, fileName, contentType}) => [
		`--${boundary}`,
		`Content-Disposition: form-data; name="${quoted(textOr(name, ''))}"${typeof fileName === 'string' ? `; filename="${quoted(fileName)}"` : ''}`,
		...(typeof contentType === 'string' ? [`Content-Type: ${contentType}`] : []),
		'',
		textOr(value, ''),
	].join('\r\n'));
	return `${parts.join('\r\n')}\r\n--${boundary}--\r\n`;
};

/**
 * The request body: its text, else made anew of the parameters in the form that its type has.
 * @param isPacked Its Content-Encoding is gzip.
 */
export const requestBody = (postData: HarBody, isPacked = false): string | null => {
	const text = textOfBody(postData, isPacked);
	if (text !== null && text !== '') return text;
	const params = Array.isArray(postData.params) ? (postData.params as ReadonlyArray<HarParam | null>).filter(param => param !== null && typeof param === 'object') : [];
	if (params.length === 0) return text;
	const mimeType = textOr(postData.mimeType, '');
	if (/^multipart\//i.test(mimeType)) return multipart(params, mimeType);
	// Exporters write parameters both decoded and as they were sent; what is escaped already stays.
	const encode = (part: unknown): string => {
		const value = textOr(part, '');
		return /^(?:[\w.~*!'()+-]|%[0-9a-f]{2})*$/i.test(value) ? value : encodeURIComponent(value).replaceAll('%20', '+');
	};

	return params.map(({name, value}) => `${encode(name)}=${encode(value)}`).join('&');
};
