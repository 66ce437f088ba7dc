import {percentEncoded} from './encoded-text.ts';
import {type Search} from './search.ts';
import {type SecretKind} from './secret-names.ts';
import {isCardNumber} from './secret-patterns.ts';
import {spanOfValue} from './secret-span.ts';

const longestName = 128;
const equals = 0x3d;
const colon = 0x3a;

const isNameCode = (code: number): boolean =>
	(code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)
	|| code === 0x5f || code === 0x2d || code === 0x2e || code === 0x5b || code === 0x5d || code === 0x25 || code === 0x24 || code > 0x7f;

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;
const isQuote = (code: number): boolean => code === 0x22 || code === 0x27 || code === 0x60;

type Name = {readonly name: string; readonly start: number; readonly isQuoted: boolean; readonly isSpaced: boolean};

/** The name before a sign, quoted or not. */
const nameBefore = (text: string, from: number, sign: number): Name | null => {
	let end = sign;
	while (end > from && sign - end < 8 && isBlank(text.charCodeAt(end - 1))) end--;
	const isSpaced = end < sign;
	if (end > from && text.charCodeAt(end - 1) === colon) end--;
	const isQuoted = end > from && isQuote(text.charCodeAt(end - 1));
	if (isQuoted) end--;
	if (isQuoted && end > from && text.charCodeAt(end - 1) === 0x5c) end--;
	let start = end;
	while (start > from && end - start < longestName && isNameCode(text.charCodeAt(start - 1))) start--;
	return start === end ? null : {name: text.slice(start, end), start, isQuoted, isSpaced};
};

const decodePercent = (text: string): string => {
	if (!text.includes('%') && !text.includes('+')) return text;
	return percentEncoded(text.replaceAll('+', ' ')).decoded;
};

const markAtStart = /\[redacted(?:[ +][0-9a-f]{8})?\]/y;
const afterEquals = /(?:[^&\s"'`<>,;\\#]|#(?![\w.-]+=)|[,;](?!\s|$)|\\(?!["'nrt]))+/y;
/** Under a harmless name only an encoded text is of interest. */
const encodedValue = /[^&\s"'`<>,;\\#=]+/y;
const inSentence = /(?:(?:Bearer|Basic|Token|Digest|ApiKey)[ ]+)?(?:\[redacted(?:[ +][0-9a-f]{8})?\](?![\w.[\]%$-])|(?:[^\s"'`<>,;(){}\\]|[,;](?!\s|$))+)/iy;
const toLineEnd = /[^\r\n]+/y;
const saysNothing = /^(?:true|false|null|undefined|none|nil|yes|no)$/i;

type Value = {readonly start: number; readonly end: number; readonly isQuoted: boolean};

const matchedEnd = (pattern: RegExp, text: string, start: number, to: number): number => {
	pattern.lastIndex = start;
	return pattern.test(text) ? Math.min(pattern.lastIndex, to) : start;
};

/** The value from `start` on: within its quotes, else as far as the kind of place lets it reach. */
const valueAt = (text: string, start: number, to: number, pattern: RegExp): Value => {
	const markEnd = matchedEnd(markAtStart, text, start, to);
	if (markEnd > start && !isNameCode(text.charCodeAt(markEnd))) return {start, end: markEnd, isQuoted: false};
	const escape = text.charCodeAt(start) === 0x5c ? 1 : 0;
	if (!isQuote(text.charCodeAt(start + escape))) return {start, end: matchedEnd(pattern, text, start, to), isQuoted: false};
	const closing = text.slice(start, start + escape + 1);
	let end = start + closing.length;
	while (end < to && !text.startsWith(closing, end)) end += escape === 0 && text.charCodeAt(end) === 0x5c ? 2 : 1;
	return {start: start + closing.length, end: Math.min(end, to), isQuoted: true};
};

const isLineStart = (text: string, from: number, nameStart: number): boolean => {
	let at = nameStart;
	while (at > from && /[\s>*#"'-]/.test(text.charAt(at - 1))) {
		at--;
		if (text.charAt(at) === '\n' || text.charAt(at) === '\r') return true;
	}

	return at === from;
};

/** `Invalid token: expired` names no secret: in a sentence a value must look like one. */
const looksSecret = (value: string): boolean => /\d/.test(value) || value.length >= 20 || /[a-z][A-Z]/.test(value);

const isPartOfOperator = (text: string, sign: number): boolean => {
	const before = text.charCodeAt(sign - 1);
	return text.charCodeAt(sign) === equals && (before === equals || before === 0x21 || before === 0x3c || before === 0x3e);
};

const quotedText = /(["'`])((?:\\[^]|(?!\1)[^\\])*)\1(\s*(?::|=>))?/g;

const opensList = (text: string, start: number): boolean => /^[[{]\s*["'`[{]/.test(text.slice(start, start + 64));

/** Behind the bracket that closes the one at `start`; brackets within texts count as well, as their quotes may be anything. */
const endOfList = (text: string, start: number, to: number): number => {
	let depth = 0;
	for (let at = start; at < to; at++) {
		const character = text.charAt(at);
		if (character === '[' || character === '{') depth++;
		else if ((character === ']' || character === '}') && --depth === 0) return at + 1;
	}

	return to;
};

/** A list under a secret's name in the notation of some language: every quoted text in it that is not a name. */
const findInList = (text: string, start: number, to: number, kind: SecretKind, search: Search): number => {
	const end = endOfList(text, start, to);
	for (const match of text.slice(start, end).matchAll(quotedText)) {
		const value = match[2] ?? '';
		if (match[3] !== undefined || (kind === 'card' && !isCardNumber(value))) continue;
		const from = start + match.index + 1;
		const span = spanOfValue(value, from, from + value.length, kind === 'password' || kind === 'card' ? 'password' : 'secret');
		if (span !== null) search.add(span);
	}

	return end;
};

/** Where a search goes on after the sign. */
const findAt = (text: string, from: number, to: number, sign: number, search: Search): number => {
	const next = sign + 1;
	if (isPartOfOperator(text, sign)) return next;
	const name = nameBefore(text, from, sign);
	if (name === null) return next;
	const isEquals = text.charCodeAt(sign) === equals;
	const kind = search.kindOf(decodePercent(name.name));
	if (kind === 'none' && (!isEquals || name.isSpaced)) return next;
	let start = next;
	if (isEquals && text.charCodeAt(start) === 0x3e) start++;
	if (!isEquals || name.isSpaced || start > next) while (start < to && start - next < 64 && isBlank(text.charCodeAt(start))) start++;

	const isHeaderLine = !isEquals && !name.isQuoted && isLineStart(text, from, name.start);
	const value = valueAt(text, start, to, kind === 'none' ? encodedValue : isEquals ? afterEquals : isHeaderLine ? toLineEnd : inSentence);
	if (kind !== 'none' && (text.charAt(start) === '[' || text.charAt(start) === '{') && !value.isQuoted && opensList(text, start)) {
		return findInList(text, start, to, kind, search);
	}

	const raw = text.slice(value.start, value.end);
	if (kind === 'none') {
		if (!/%(?:22|3d|3a|25|7b)/i.test(raw)) return next;
		search.findEncoded(percentEncoded(raw), value.start);
		return value.end;
	}

	if (raw === '' || (!value.isQuoted && (saysNothing.test(raw) || raw.startsWith('{')))) return next;
	const decoded = isEquals && !value.isQuoted ? decodePercent(raw) : raw;
	if (kind === 'card' && !isCardNumber(decoded)) return next;
	if (kind === 'secrets' && /^[\d.]+$/.test(decoded)) return next;
	const isSentence = !isEquals && !name.isQuoted && !value.isQuoted && !isHeaderLine;
	if (isSentence && kind !== 'password' && !looksSecret(decoded)) return next;
	const span = spanOfValue(raw, value.start, value.end, kind === 'password' || kind === 'card' ? 'password' : 'secret', {isUnspaced: isEquals && !value.isQuoted});
	if (span !== null) search.add(decoded === raw ? span : {...span, secret: decodePercent(span.secret)});
	return Math.max(next, value.end);
};

/** Secrets in `name=value`, `name: value`, `"name" => "value"` and the like: queries, forms, dumps of headers, settings. */
export const findAssignments = (text: string, from: number, to: number, search: Search): void => {
	for (let at = from; at < to;) {
		const code = text.charCodeAt(at);
		at = code === equals || code === colon ? findAt(text, from, to, at, search) : at + 1;
	}
};
