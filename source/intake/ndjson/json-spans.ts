const quote = 0x22;
const backslash = 0x5c;

/** Index after the string that begins at `start`. */
const afterString = (text: string, start: number): number => {
	for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
		let slashes = 0;
		while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
		if (slashes % 2 === 0) return at + 1;
	}

	return text.length;
};

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Valid JSON without the white space between its tokens; literals stay as they are written. */
const withoutSpace = (json: string): string => {
	let compact = '';
	let from = 0;
	for (let at = 0; at < json.length;) {
		const code = json.charCodeAt(at);
		if (code === quote) {
			at = afterString(json, at);
		} else if (isSpace(code)) {
			compact += json.slice(from, at);
			while (isSpace(json.charCodeAt(at))) at++;
			from = at;
		} else {
			at++;
		}
	}

	return compact + json.slice(from);
};

/**
 * Values of the object's own properties as they are written, without insignificant white space: what JSON.parse makes of
 * a number is not always the number. `json` must be a valid object; of a repeated property the last counts.
 */
export const rawProperties = (json: string, names: ReadonlySet<string>): ReadonlyMap<string, string> => {
	const found = new Map<string, string>();
	let depth = 0;
	let key: string | null = null;
	let from = -1;
	const finish = (end: number): void => {
		if (key !== null && from !== -1 && names.has(key)) found.set(key, withoutSpace(json.slice(from, end)));
		key = null;
		from = -1;
	};

	for (let at = 0; at < json.length;) {
		const code = json.charCodeAt(at);
		if (code === quote) {
			const end = afterString(json, at);
			if (depth === 1 && from === -1) key = JSON.parse(json.slice(at, end)) as string;
			at = end;
			continue;
		}

		if (code === 0x7b || code === 0x5b) depth++;
		else if (code === 0x7d || code === 0x5d) depth--;
		if (depth === 1 && code === 0x3a) from = at + 1;
		else if ((depth === 1 && code === 0x2c) || depth === 0) finish(at);
		at++;
	}

	return found;
};
