import {scanJson} from '../json/scan-json.ts';
import {spansInEncoded} from './encoded-text.ts';
import {findAssignments} from './find-assignments.ts';
import {findMarkup} from './find-markup.ts';
import {jsonSecretVisitor, rootStateOf, type PathSearch} from './json-secrets.ts';
import {type Search} from './search.ts';
import {type SecretKind} from './secret-names.ts';
import {findPatterns} from './secret-patterns.ts';
import {mergeSpans, type SecretSpan} from './secret-span.ts';

/** Each level of JSON in JSON doubles its backslashes, and percent-encoding grows likewise: deeper ones do not occur. */
const deepest = 12;

/** How many braces that open no JSON are tried in a text that is something else. */
const mostFragments = 5000;

const startsLikeJson = /^\ufeff?\s*[{["]/;
const opening = /[{[]/g;

/** JSON within a text that is something else: a part of a form, a line of a log. */
const findInFragments = (text: string, search: Search): void => {
	let at = 0;
	for (let failures = 0; failures < mostFragments;) {
		opening.lastIndex = at;
		const from = opening.exec(text)?.index;
		if (from === undefined) return;
		const found: SecretSpan[] = [];
		const scan = scanJson(text, jsonSecretVisitor(text, {...search, add: span => found.push(span)}), {from, isFragment: true});
		const isCutAtEnd = scan.end >= text.length;
		if (scan.isWhole || isCutAtEnd) for (const span of found) search.add(span);
		at = scan.isWhole ? scan.end : from + 1;
		if (isCutAtEnd) return;
		if (!scan.isWhole) failures++;
	}
};

const findInText = (text: string, kindOf: Search['kindOf'], add: Search['add'], depth: number, pathSearch: PathSearch | null): void => {
	const search: Search = {
		kindOf,
		add,
		findEncoded: (encoded, start) => {
			if (depth >= deepest) return;
			const spans: SecretSpan[] = [];
			findInText(encoded.decoded, kindOf, span => spans.push(span), depth + 1, null);
			for (const span of spansInEncoded(encoded, mergeSpans(spans), start)) add(span);
		},
	};

	if (startsLikeJson.test(text)) {
		const from = text.startsWith('\ufeff') ? 1 : 0;
		const {isWhole} = scanJson(text, jsonSecretVisitor(text, search, pathSearch), {from, state: rootStateOf(pathSearch)});
		if (isWhole) return;
	}

	findPatterns(text, 0, add);
	findAssignments(text, 0, text.length, search);
	findMarkup(text, search);
	if (text.includes('"')) findInFragments(text, search);
};

/**
 * The secrets of a text of any kind, in order: JSON (in which paths are followed at the same time), JSON that is cut or
 * stands in other text or in a string, forms, queries, headers, markup.
 */
export const findSecrets = (text: string, kindOf: (name: string) => SecretKind, pathSearch: PathSearch | null = null): readonly SecretSpan[] => {
	const spans: SecretSpan[] = [];
	findInText(text, kindOf, span => spans.push(span), 0, pathSearch);
	return mergeSpans(spans);
};
