import {type JsonPaths} from '../json/json-paths.ts';
import {type JsonVisitor} from '../json/scan-json.ts';
import {decodeJsonContent, encodedJson} from './encoded-text.ts';
import {findAssignments} from './find-assignments.ts';
import {type Search} from './search.ts';
import {describesSecret, type SecretKind} from './secret-names.ts';
import {findPatterns, isCardNumber} from './secret-patterns.ts';
import {spanOfValue} from './secret-span.ts';

const kinds = ['none', 'secret', 'secrets', 'password', 'card'] as const satisfies readonly SecretKind[];
const stateOfKind: Readonly<Record<SecretKind, number>> = {none: 0, secret: 1, secrets: 2, password: 3, card: 4};

/** A state of the scan holds what the names above say about the value in its lower three bits, the state of the paths above them. */
const pathShift = 3;
const kindMask = 7;
const firstPath = 1 << pathShift;

/** No key has a shape that is shorter. */
const shortestPattern = 12;

/** In text that only looks like JSON, the digits of a mark that stands there already are no number. */
const isInMark = (text: string, start: number, end: number): boolean => /^\[redacted[ +][\da-f]{8}\]$/.test(text.slice(Math.max(0, start - 10), end + 1));

/** Follows paths in the same scan; `found` gets the offsets of scalar values (strings without quotes) that no name makes secret. */
export type PathSearch = {
	readonly paths: JsonPaths;
	readonly found: (path: number, start: number, end: number, isString: boolean) => void;
};

/** The state of a JSON text's root for `jsonSecretVisitor`. */
export const rootStateOf = (pathSearch: PathSearch | null): number => pathSearch === null ? 0 : firstPath;

/** Reports the secrets of JSON: whole values under secret names, at any depth below them, and secrets within strings. */
export const jsonSecretVisitor = (text: string, search: Search, pathSearch: PathSearch | null = null): JsonVisitor => {
	const {kindOf, add} = search;
	const report = (state: number, start: number, end: number, isString: boolean): void => {
		const path = pathSearch?.paths.pathAt(state >> pathShift) ?? -1;
		if (path >= 0) pathSearch?.found(path, start, end, isString);
	};

	return {
		key: (start, end, isEscaped, parent) => {
			if (end - start >= shortestPattern) findPatterns(text.slice(start, end), start, add);
			const name = isEscaped ? decodeJsonContent(text.slice(start, end)) : text.slice(start, end);
			const path = parent < firstPath ? 0 : pathSearch?.paths.key(parent >> pathShift, name) ?? 0;
			let kind = stateOfKind[kindOf(name)];
			const inherited = parent & kindMask;
			if (kind === 0 && inherited !== 0 && !describesSecret(name)) kind = inherited;
			return (path << pathShift) | kind;
		},
		item: state => ((state < firstPath ? 0 : pathSearch?.paths.item(state >> pathShift) ?? 0) << pathShift) | (state & kindMask),
		string: (start, end, state, isEscaped, hasSigns) => {
			const kind = kinds[state & kindMask] ?? 'none';
			if (kind === 'none' && state >= firstPath) report(state, start, end, true);
			if (kind === 'none' || kind === 'card') {
				if (isEscaped) search.findEncoded(encodedJson(text.slice(start, end)), start);
				else if (end - start >= shortestPattern) findPatterns(text.slice(start, end), start, add);
				if (hasSigns && !isEscaped) findAssignments(text, start, end, search);
				if (kind === 'none') return;
			}

			const value = isEscaped ? decodeJsonContent(text.slice(start, end)) : text.slice(start, end);
			if (kind === 'card') {
				if (isCardNumber(value)) add({start, end, secret: value, hasFingerprint: false, around: '', isUnspaced: false});
				return;
			}

			const span = spanOfValue(value, start, end, kind === 'password' ? 'password' : 'secret');
			// A scheme before the secret has no escapes, so that its length holds in the text as well.
			if (span !== null) add(span);
		},
		literal: (start, end, state) => {
			const kind = kinds[state & kindMask] ?? 'none';
			if (kind === 'none' && state >= firstPath) report(state, start, end, false);
			if (kind === 'none' || kind === 'secrets') return;
			const value = text.slice(start, end);
			if (!/^-?\d/.test(value) || isInMark(text, start, end) || (kind === 'card' && !isCardNumber(value))) return;
			add({start, end, secret: value, hasFingerprint: kind === 'secret' && value.length >= 8, around: '"', isUnspaced: false});
		},
	};
};
