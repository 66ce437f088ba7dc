import {type Headers, type Log} from './records.ts';

/** What redaction leaves where a secret was. */
const redactionMark = /\[redacted(?:[ +][0-9a-f]{8})?\]/g;
/** What a terminal could take as a command, or that hides or reorders what a person reads before pressing Enter. */
const unreadable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u;
/** RFC 9110: curl would read `@file` as the name of a file with headers. */
const token = /^[\w!#$%&'*+.^`|~-]+$/;
/** curl makes these itself. */
const ownHeaders = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding', 'expect', 'keep-alive', 'upgrade', 'te', 'trailer']);

/** A text as one word of a POSIX shell; where it holds control characters, as the `$'…'` of bash, zsh and ksh. NUL cannot be in a word: it is left out. */
export const shellQuote = (text: string): string => {
	const whole = text.replaceAll('\0', '').toWellFormed();
	if (/^[\w@%+=:,./-]+$/.test(whole)) {
		return whole;
	}

	return unreadable.test(whole) ? `$'${escapeBytes(whole.replaceAll(/[\\']/g, String.raw`\$&`))}'` : `'${whole.replaceAll('\'', String.raw`'\''`)}'`;
};

/** Unreadable characters as octal escapes of their bytes. */
const escapeBytes = (text: string): string => Array.from(text, character => unreadable.test(character)
	? Array.from(new TextEncoder().encode(character), byte => `\\${byte.toString(8).padStart(3, '0')}`).join('')
	: character).join('');

type Variables = {readonly names: Set<string>};

/** A word in which each secret that was replaced is a shell variable, named after what the secret was. */
const wordWithVariables = (text: string, variables: Variables, nameFor?: string): string => {
	const words: string[] = [];
	let at = 0;
	for (const mark of text.matchAll(redactionMark)) {
		const before = text.slice(at, mark.index);
		const name = variableName(/([\w-]+)["']?\s*[:=]\s*["']?$/.exec(text.slice(Math.max(0, mark.index - 100), mark.index))?.[1] ?? nameFor ?? 'SECRET');
		variables.names.add(name);
		words.push(...(before === '' ? [] : [shellQuote(before)]), `"$${name}"`);
		at = mark.index + mark[0].length;
	}

	const rest = text.slice(at);
	return words.join('') + (rest === '' && words.length > 0 ? '' : shellQuote(rest));
};

const variableName = (name: string): string => {
	const word = name.toUpperCase().replaceAll(/[^A-Z\d]+/g, '_').replaceAll(/^_+|_+$/g, '');
	return word === '' ? 'SECRET' : (/^\d/.test(word) ? `_${word}` : word);
};

/** A request body with NUL cannot be an argument: printf writes it into curl's input. */
const printfOf = (text: string): string => {
	const escaped = Array.from(text.toWellFormed().replaceAll('\\', String.raw`\\`).replaceAll('%', '%%'), character => unreadable.test(character) ? escapeBytes(character) : character).join('');
	return `printf '${escaped.replaceAll('\'', String.raw`'\''`)}'`;
};

const headerWords = (headers: Headers | null, variables: Variables, notes: string[]): readonly string[] => Object.entries(headers ?? {}).flatMap(([name, value]) => {
	if (name.startsWith(':') || ownHeaders.has(name.toLowerCase())) {
		return [];
	}

	if (!token.test(name)) {
		notes.push('A header was left out: its name is not one that HTTP allows.');
		return [];
	}

	// With nothing behind the colon curl would take the header away instead of sending it empty.
	return (typeof value === 'string' ? [value] : value).map(one => `--header ${one.trim() === '' ? shellQuote(`${name};`) : wordWithVariables(`${name}: ${one}`, variables, name)}`);
});

/**
 * The request as a curl command that can be run: null when the log has no URL. Secrets that redaction replaced, and the host where
 * the log names none, are shell variables, and a comment says which.
 */
export const curlOf = (log: Pick<Log, 'method' | 'url' | 'request_headers' | 'request_body'>): string | null => {
	if (log.url === null || log.url === '') {
		return null;
	}

	const variables: Variables = {names: new Set()};
	const notes: string[] = [];
	const isAbsolute = /^https?:\/\//i.test(log.url);
	const method = (log.method ?? 'GET').toUpperCase();
	const body = log.request_body ?? '';
	const hasNul = body.includes('\0');
	const url = log.url.replaceAll('\0', '%00');
	const urlWord = isAbsolute ? wordWithVariables(url, variables) : `"$BASE_URL"${wordWithVariables(url.startsWith('/') ? url : `/${url}`, variables)}`;
	const words = [
		method === 'HEAD' ? '--head' : `--request ${token.test(method) ? shellQuote(method) : 'GET'}`,
		`--globoff --url ${urlWord}`,
		...headerWords(log.request_headers, variables, notes),
		...(Object.keys(log.request_headers ?? {}).some(name => name.toLowerCase() === 'accept-encoding') ? ['--compressed'] : []),
		...(body === '' ? [] : [hasNul ? '--data-binary @-' : `--data-raw ${wordWithVariables(body, variables)}`]),
	];
	const comments = [
		...(isAbsolute ? [] : ['# The log names no host: set BASE_URL, such as https://api.example.com']),
		...(variables.names.size === 0 ? [] : [`# Secrets are not stored: set ${[...variables.names].join(', ')}`]),
		...new Set(notes.map(note => `# ${note}`)),
	];
	const input = hasNul ? `${printfOf(body)} | ` : '';
	return [...comments, `${input}curl ${words.join(' \\\n  ')}`].join('\n');
};
