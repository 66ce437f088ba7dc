import {type Headers} from '../../domain/records.ts';
import {cutNote} from '../../domain/text/cut-body.ts';
import {type RecordedCall} from '../../services/record-logs.ts';
import {type RecordSettings} from '../../services/recording/record-settings.ts';
import {binaryNote, bodyText} from '../body-text.ts';
import {decodeBody} from './decode-body.ts';
import {type Exchange, type KeptBody} from './exchange.ts';
import {headerOf} from './raw-headers.ts';

/** Without the last character where the cut went through it. */
const wholeCharacters = (bytes: Buffer): Buffer => {
	const start = bytes.findLastIndex((byte, index) => index < bytes.length - 4 || (byte & 0xc0) !== 0x80);
	const lead = bytes[start] ?? 0;
	const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
	return start >= 0 && start + length > bytes.length ? bytes.subarray(0, start) : bytes;
};

const textOfBody = async (body: KeptBody | null, headers: Headers | null, {bodyLimit, uploadLimit}: RecordSettings): Promise<string | null> => {
	if (body === null) {
		return null;
	}

	const type = headerOf(headers, 'content-type') ?? '';
	const encoding = body.isDecoded === true ? null : headerOf(headers, 'content-encoding');
	const isWhole = body.bytes.length >= body.size;
	const raw = Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.byteLength);
	const decoded = encoding === null ? {bytes: raw, isCut: false} : await decodeBody(raw, encoding, isWhole && raw.length > bodyLimit ? uploadLimit : bodyLimit);
	if (decoded === null) {
		return binaryNote(body.size, [type.split(';')[0], encoding].filter(Boolean).join(', '));
	}

	const isCut = decoded.isCut || !isWhole;
	const bytes = isCut ? wholeCharacters(decoded.bytes) : decoded.bytes;
	const text = bodyText(bytes, type);
	if (text !== '' && text === binaryNote(bytes.length, type)) {
		return binaryNote(body.size, type);
	}

	return isCut ? text + cutNote(bytes.length, body.size) : text;
};

/** What an exchange gives as a log, bodies decoded; the rest is derived when it is stored. */
export const logOfExchange = async (exchange: Exchange, settings: RecordSettings): Promise<RecordedCall> => {
	const {request_body: asked, response_body: answered, request_id: requestId, error_key: errorKey, facts, ...rest} = exchange;
	return {
		requestId,
		log: {
			...rest,
			...facts,
			...(errorKey === null ? {} : {error_key: errorKey, outcome: 'failure'}),
			request_body: await textOfBody(asked, exchange.request_headers, settings),
			response_body: await textOfBody(answered, exchange.response_headers, settings),
		},
	};
};
