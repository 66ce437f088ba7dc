import {createHmac} from 'node:crypto';
import {type Headers} from '../records.ts';
import {findSecrets} from './find-secrets.ts';
import {type PathSearch} from './json-secrets.ts';
import {type Redacted, type Redaction} from './redaction.ts';
import {createSecretNames} from './secret-names.ts';
import {spanOfValue, type SecretSpan} from './secret-span.ts';

/** Replaces secrets before anything is stored. Nothing else of a text changes, and redacting again changes nothing. */
export type Redactor = {
	/** A body, or any text. `pathSearch` follows paths in the scan that looks for secrets. */
	readonly text: (text: string, pathSearch?: PathSearch) => Redacted;
	readonly url: (url: string) => Redacted;
	readonly headers: (headers: Headers) => Redacted<Headers>;
};

const mostRemembered = 1000;

const createRedactor = ({fingerprintKey, extraKeys, onSecret}: Redaction): Redactor => {
	const kindOf = createSecretNames(extraKeys);
	// The same few keys come with every request.
	const known = new Map<string, string>();

	const fingerprint = (secret: string): string => {
		const remembered = known.get(secret);
		if (remembered !== undefined) return remembered;
		const digits = createHmac('sha256', fingerprintKey).update(secret).digest('hex').slice(0, 8);
		if (known.size >= mostRemembered) known.clear();
		known.set(secret, digits);
		return digits;
	};

	const replace = (text: string, spans: readonly SecretSpan[]): Redacted => {
		let value = '';
		let at = 0;
		for (const span of spans) {
			const mark = span.hasFingerprint ? `[redacted${span.isUnspaced ? '+' : ' '}${fingerprint(span.secret)}]` : '[redacted]';
			onSecret?.(span.secret, mark);
			value += text.slice(at, span.start) + span.around + mark + span.around;
			at = span.end;
		}

		return {value: value + text.slice(at), secretsReplaced: spans.length};
	};

	const text = (from: string, pathSearch: PathSearch | null = null): Redacted => {
		const spans = findSecrets(from, kindOf, pathSearch);
		return spans.length === 0 ? {value: from, secretsReplaced: 0} : replace(from, spans);
	};

	const cookies = (value: string, isSet: boolean): Redacted => {
		const spans: SecretSpan[] = [];
		let start = 0;
		for (const piece of value.split(';')) {
			const valueStart = start + (piece.includes('=') ? piece.indexOf('=') + 1 : piece.length - piece.trimStart().length);
			const end = start + piece.length;
			const span = spanOfValue(value.slice(valueStart, end), valueStart, end, 'secret');
			if (span !== null) spans.push(span);
			// What follows the first piece of Set-Cookie tells where and how long the cookie holds.
			if (isSet) break;
			start = end + 1;
		}

		return replace(value, spans);
	};

	const whole = (value: string, kind: 'secret' | 'password'): Redacted => {
		const span = spanOfValue(value, 0, value.length, kind);
		return replace(value, span === null ? [] : [span]);
	};

	const headerValue = (name: string, value: string): Redacted => {
		const lower = name.toLowerCase();
		if (lower === 'cookie' || lower === 'cookie2') return cookies(value, false);
		if (lower === 'set-cookie' || lower === 'set-cookie2') return cookies(value, true);
		const kind = kindOf(name);
		return kind === 'none' || kind === 'card' ? text(value) : whole(value, kind === 'password' ? 'password' : 'secret');
	};

	return {
		text,
		url: url => text(url),
		headers: headers => {
			let secretsReplaced = 0;
			const redacted: Record<string, string | readonly string[]> = {};
			for (const [name, values] of Object.entries(headers)) {
				const one = (value: string): string => {
					const result = headerValue(name, value);
					secretsReplaced += result.secretsReplaced;
					return result.value;
				};

				const value = typeof values === 'string' ? one(values) : values.map(one);
				// A header named __proto__ is data like any other.
				Object.defineProperty(redacted, name, {value, enumerable: true, configurable: true, writable: true});
			}

			return {value: secretsReplaced === 0 ? headers : redacted, secretsReplaced};
		},
	};
};

const redactors = new WeakMap<Redaction, Redactor>();

/** The redactor of a redaction; it remembers names and fingerprints, so hold on to the same `Redaction`. */
export const redactorOf = (redaction: Redaction): Redactor => {
	const known = redactors.get(redaction) ?? createRedactor(redaction);
	redactors.set(redaction, known);
	return known;
};
