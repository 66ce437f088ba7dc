import {scanJson} from '../json/scan-json.ts';
import {type PathSearch} from '../redaction/json-secrets.ts';

/** Follows paths in a JSON text in which no secrets are looked for. */
export const followPaths = (text: string, {paths, found}: PathSearch): void => {
	if (!/^\ufeff?\s*[{[]/.test(text)) return;
	const report = (state: number, start: number, end: number, isString: boolean): void => {
		const path = paths.pathAt(state);
		if (path >= 0) found(path, start, end, isString);
	};

	scanJson(text, {
		key: (start, end, _, parent) => parent === 0 ? 0 : paths.key(parent, text.slice(start, end)),
		item: paths.item,
		string: (start, end, state) => {
			report(state, start, end, true);
		},
		literal: (start, end, state) => {
			report(state, start, end, false);
		},
	}, {from: text.startsWith('\ufeff') ? 1 : 0, state: 1});
};
