import {type SecretSpan} from './secret-span.ts';

/** A text that stands in another text in an encoded form: a JSON string's content, or percent-encoding. */
export type EncodedText = {
	readonly decoded: string;
	/** For each code unit of `decoded`, and its end, where its encoded form begins. */
	readonly offsets: () => Int32Array;
	readonly encodeAround: (around: string) => string;
	readonly isUnspaced: boolean;
};

const letters: Readonly<Record<string, string>> = {b: '\b', f: '\f', n: '\n', r: '\r', t: '\t'};

const jsonEscape = /\\(?:u([0-9a-fA-F]{4})|([^]))/g;

/** The content of a JSON string, from between the quotes; a cut escape at the end stays as it is. */
export const decodeJsonContent = (content: string): string =>
	content.replace(jsonEscape, (_, digits: string | undefined, letter: string) =>
		digits === undefined ? letters[letter] ?? letter : String.fromCharCode(Number.parseInt(digits, 16)));

const offsetsOf = (encoded: string, decoded: string, piece: RegExp, unitsOf: (piece: string) => number): Int32Array => {
	const offsets = new Int32Array(decoded.length + 1);
	let unit = 0;
	let at = 0;
	for (const match of encoded.matchAll(piece)) {
		while (at < match.index) offsets[unit++] = at++;
		for (let count = unitsOf(match[0]); count > 0; count--) offsets[unit++] = at;
		at += match[0].length;
	}

	while (unit <= decoded.length) offsets[unit++] = at++;
	return offsets;
};

export const encodedJson = (content: string): EncodedText => {
	const decoded = decodeJsonContent(content);
	return {
		decoded,
		offsets: () => offsetsOf(content, decoded, jsonEscape, () => 1),
		encodeAround: around => around.replace(/["\\]/g, String.raw`\$&`),
		isUnspaced: false,
	};
};

const percentRun = /(?:%[0-9a-fA-F]{2})+/g;

const decodeRun = (run: string): string => {
	try {
		return decodeURIComponent(run);
	} catch {
		return run;
	}
};

/** A percent-encoded text; what does not decode stays as it is. A run of escapes is mapped as a whole character at a time. */
export const percentEncoded = (content: string): EncodedText => {
	const decoded = content.replace(percentRun, decodeRun);
	return {
		decoded,
		offsets: () => {
			const offsets = new Int32Array(decoded.length + 1);
			let unit = 0;
			let at = 0;
			for (const match of content.matchAll(percentRun)) {
				while (at < match.index) offsets[unit++] = at++;
				const run = decodeRun(match[0]);
				const isRaw = run === match[0];
				for (const character of run) {
					for (let count = 0; count < character.length; count++) offsets[unit++] = at;
					at += isRaw ? 1 : encodeURIComponent(character).startsWith('%') ? encodeURIComponent(character).length : 3;
				}
			}

			while (unit <= decoded.length) offsets[unit++] = at++;
			return offsets;
		},
		encodeAround: encodeURIComponent,
		isUnspaced: true,
	};
};

/** Spans of the decoded text as spans of the text in which its encoded form begins at `start`. */
export const spansInEncoded = (text: EncodedText, spans: readonly SecretSpan[], start: number): readonly SecretSpan[] => {
	if (spans.length === 0) return spans;
	const offsets = text.offsets();
	return spans.map(span => ({
		...span,
		start: start + (offsets[span.start] ?? 0),
		end: start + (offsets[span.end] ?? 0),
		around: text.encodeAround(span.around),
		isUnspaced: text.isUnspaced || span.isUnspaced,
	}));
};
