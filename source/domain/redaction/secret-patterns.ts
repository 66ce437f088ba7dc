import {type SecretSpan} from './secret-span.ts';

type Pattern = {
	/** Its first group, or else the whole match, is the secret. */
	readonly pattern: RegExp;
	readonly isSecret?: (secret: string) => boolean;
	readonly hasFingerprint?: boolean;
};

/** Words such as `Bearer authentication` are no credentials: those have digits or are long. */
const looksRandom = (text: string): boolean => /\d/.test(text) || text.length >= 24;

const isBasicCredential = (text: string): boolean => {
	const decoded = Buffer.from(text, 'base64').toString('latin1');
	return decoded.includes(':') && !/[\x00-\x1f]/.test(decoded);
};

/** Shapes by which issuers make their keys known, and credentials that stand in a URL or in a header within a text. */
const patterns: readonly Pattern[] = [
	{pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+){0,2}/g},
	{pattern: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:[^"]{0,20000}?-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|(?:[A-Za-z0-9+/=\s:,-]|\\[nr])*)/g},
	{pattern: /\bBearer[ +]+([A-Za-z0-9._~+/-]{8,}=*)/gi, isSecret: looksRandom},
	{pattern: /\bBasic[ +]+([A-Za-z0-9+/]{6,}={0,2})/gi, isSecret: isBasicCredential, hasFingerprint: false},
	{pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g},
	{pattern: /(?<![A-Za-z0-9])(?:[spr]k_(?:live|test)|rk_live|whsec)_[A-Za-z0-9+/]{10,}=*/g},
	{pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{16,}|dop_v1_[a-f0-9]{32,}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{16,}|hf_[A-Za-z0-9]{20,}|sq0(?:atp|csp)-[\w-]{20,})/g},
	{pattern: /(?<![A-Za-z0-9])(?:xox[abeoprs]-[A-Za-z0-9-]{10,}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}|(?:key|pubkey)-[a-f0-9]{32})/g},
	{pattern: /hooks\.slack\.com\/services\/([A-Za-z0-9/]{10,})/g},
	{pattern: /:\/\/([^\s/?#"'<>\\]+)@/g, hasFingerprint: false},
];

/** One pass that nearly every text fails, before the patterns themselves are tried: where a word begins, is it one of these? */
const hint = /(?:^|[^A-Za-z0-9])(?:eyJ|PRIVATE KEY|AKIA|ASIA|[spr]k_(?:live|test)_|rk_live_|whsec_|gh[pousr]_|github_pat_|glpat-|npm_|pypi-|dop_v1_|shp(?:at|ca|pa|ss)_|hf_|sq0|xox[abeoprs]-|AIza|ya29\.|SG\.|sk-|(?:pub)?key-|hooks\.slack|[Bb][Ee][Aa][Rr][Ee][Rr][ +]|[Bb][Aa][Ss][Ii][Cc][ +])/;

const mayHoldPattern = (text: string): boolean => hint.test(text) || (text.includes('@') && text.includes('://'));

const isMark = /^\[redacted(?:[ +][0-9a-f]{8})?\]$/;

/** Secrets that are known by their own shape, in a text or in the part of a text that begins at `offset`. */
export const findPatterns = (text: string, offset: number, add: (span: SecretSpan) => void): void => {
	if (!mayHoldPattern(text)) return;
	for (const {pattern, isSecret, hasFingerprint} of patterns) {
		for (const match of text.matchAll(pattern)) {
			const secret = match[1] ?? match[0];
			if (isMark.test(secret) || isSecret?.(secret) === false) continue;
			const start = offset + match.index + (match[1] === undefined ? 0 : match[0].lastIndexOf(secret));
			add({start, end: start + secret.length, secret, hasFingerprint: hasFingerprint ?? true, around: '', isUnspaced: false});
		}
	}
};

/** A card number: 12 to 19 digits, in groups or not, whose check digit fits (Luhn). */
export const isCardNumber = (text: string): boolean => {
	if (!/^\d[\d -]{10,22}\d$/.test(text.trim())) return false;
	const digits = text.replace(/\D/g, '');
	if (digits.length < 12 || digits.length > 19) return false;
	let sum = 0;
	for (let index = 0; index < digits.length; index++) {
		const digit = Number(digits.charAt(digits.length - 1 - index)) * (index % 2 + 1);
		sum += digit > 9 ? digit - 9 : digit;
	}

	return sum % 10 === 0;
};
