/** A secret found in a text. */
export type SecretSpan = {
	/** UTF-16 offsets in the text. */
	readonly start: number;
	readonly end: number;
	/** The secret with all encodings undone. */
	readonly secret: string;
	readonly hasFingerprint: boolean;
	/** What must surround the replacement so that the text stays well-formed: a number becomes a string. */
	readonly around: string;
	/** The replacement may hold no space: it stands in a URL or a form. */
	readonly isUnspaced: boolean;
};

/** A replacement, as it stands where a secret was. */
export const markPattern = /^\[redacted(?:[ +][0-9a-f]{8})?\]$/;

/** Below this length a fingerprint could be guessed at by whoever can have texts redacted. */
const shortestFingerprinted = 8;

const schemePattern = /^(?:Bearer|Basic|Token|Digest|Negotiate|NTLM|ApiKey|Api-Key|Key|HMAC|AWS4-HMAC-SHA256|OAuth|DPoP|Hawk|Signature)[ +]+(?=\S)/i;

/** How a whole value under a secret's name is replaced: the scheme (`Bearer`) stays. Null when there is nothing to replace. */
export const spanOfValue = (value: string, start: number, end: number, kind: 'secret' | 'password', shape: {readonly around?: string; readonly isUnspaced?: boolean} = {}): SecretSpan | null => {
	const scheme = schemePattern.exec(value)?.[0] ?? '';
	const secret = value.slice(scheme.length);
	if (secret.trim() === '' || markPattern.test(secret)) return null;
	return {
		start: start + scheme.length, end, secret,
		hasFingerprint: kind === 'secret' && !/^basic/i.test(scheme) && secret.length >= shortestFingerprinted,
		around: shape.around ?? '', isUnspaced: shape.isUnspaced ?? false,
	};
};

/** Spans in order of the text, those that overlap made one. */
export const mergeSpans = (spans: readonly SecretSpan[]): readonly SecretSpan[] => {
	if (spans.length < 2) return spans;
	const merged: SecretSpan[] = [];
	for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
		const last = merged.at(-1);
		if (last === undefined || span.start >= last.end) merged.push(span);
		else if (span.end > last.end) merged[merged.length - 1] = {...last, end: span.end, secret: last.secret + span.secret};
	}

	return merged;
};
