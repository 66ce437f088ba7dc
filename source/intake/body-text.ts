import {isUtf8} from 'node:buffer';

const media = /^(?:image|audio|video|font)\/(?!svg)/i;
const binaryApplication = /^application\/(?:octet-stream|pdf|zip|gzip|x-gzip|wasm|x-tar|x-7z|x-rar|vnd\.ms-fontobject|x-font|font)/i;
const textual = /^text\/|json|xml|javascript|ecmascript|x-www-form-urlencoded|multipart\//i;

const charsetOf = (mimeType: string): string | null => /charset\s*=\s*"?([^\s;"]+)/i.exec(mimeType)?.[1]?.toLowerCase() ?? null;

const decode = (bytes: Buffer, charset: string): string | null => {
	try {
		return new TextDecoder(charset, {fatal: true}).decode(bytes);
	} catch {
		return null;
	}
};

/** Stands in for a body that is no text. */
export const binaryNote = (size: number, mimeType: string): string => {
	const type = mimeType.split(';')[0]?.trim() ?? '';
	return `[binary, ${size} bytes${type === '' ? '' : `, ${type}`}]`;
};

/**
 * A body as it is kept: text as sent (by its charset, else UTF-8), or its size and type where it is binary.
 * @param mimeType Content-Type, parameters included; empty when there is none.
 */
export const bodyText = (bytes: Buffer, mimeType: string): string => {
	const charset = charsetOf(mimeType);
	const isMedia = media.test(mimeType) || binaryApplication.test(mimeType);
	if (charset !== null && !/^(?:utf-?8|binary)$/.test(charset) && textual.test(mimeType)) {
		const text = decode(bytes, charset);
		if (text !== null) return text;
	}

	if (bytes.length === 0) return '';
	const isText = !isMedia && isUtf8(bytes) && (textual.test(mimeType) || !bytes.includes(0));
	return isText ? bytes.toString('utf8') : binaryNote(bytes.length, mimeType);
};
