import {escapePattern} from '../../domain/text/escape-pattern.ts';

/** Below this length a text can stand anywhere without being the secret. */
const shortestReplaced = 8;
/** More are not remembered: whoever replaces them must look whether any is left. */
const mostRemembered = 5000;
const secretsAPattern = 500;

/** Remembers which secrets an import replaced, so that they can be found where they stand in its file. */
export type SecretLedger = {
	readonly add: (secret: string, mark: string) => void;
	/** Replaces them in bytes of the file (as Latin-1, a character a byte), in every way in which a format writes them. */
	readonly replaceIn: (bytes: string) => {readonly value: string; readonly replaced: number};
};

const asBytes = (text: string): string => Buffer.from(text).toString('latin1');

/** As itself, in JSON, in JSON in JSON, with slashes escaped, in CSV, in a URL. */
const formsOf = (secret: string): readonly string[] => {
	const inJson = JSON.stringify(secret).slice(1, -1);
	const inInner = JSON.stringify(inJson).slice(1, -1);
	const inUrl = secret.isWellFormed() ? encodeURIComponent(secret) : secret;
	return [...new Set([secret, inJson, inInner, inJson.replaceAll('/', '\\/'), secret.replaceAll('"', '""'), inJson.replaceAll('"', '""'), inUrl])].map(asBytes);
};

export const createSecretLedger = (): SecretLedger => {
	const marks = new Map<string, string>();
	let patterns: readonly RegExp[] | null = null;

	const compile = (): readonly RegExp[] => {
		const forms = [...marks.keys()].sort((a, b) => b.length - a.length);
		const found: RegExp[] = [];
		for (let from = 0; from < forms.length; from += secretsAPattern) {
			found.push(new RegExp(forms.slice(from, from + secretsAPattern).map(form => escapePattern(form)).join('|'), 'g'));
		}

		return found;
	};

	return {
		add(secret, mark) {
			if (secret.length >= shortestReplaced && marks.size < mostRemembered) {
				patterns = null;
				for (const form of formsOf(secret)) {
					marks.set(form, mark);
				}
			}
		},
		replaceIn(bytes) {
			patterns ??= compile();
			let value = bytes;
			let replaced = 0;
			for (const pattern of patterns) {
				value = value.replace(pattern, form => {
					replaced++;
					return marks.get(form) ?? '[redacted]';
				});
			}

			return {value, replaced};
		},
	};
};
