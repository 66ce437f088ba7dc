/**
 * What a scan reports. States are numbers that the visitor gives meaning to: a member's value has the state that
 * `key` answered, an item the state that `item` answered for its array.
 */
export type JsonVisitor = {
	/** Offsets between the quotes. */
	key: (start: number, end: number, isEscaped: boolean, parentState: number) => number;
	item: (arrayState: number) => number;
	/** Offsets between the quotes. `hasSigns`: it holds a character that assignments and URLs need (`=`, `:`, `<` or `&`). */
	string: (start: number, end: number, state: number, isEscaped: boolean, hasSigns: boolean) => void;
	/** A number, `true`, `false` or `null`. */
	literal: (start: number, end: number, state: number) => void;
};

export type JsonScan = {
	/** Where the scan ended. */
	readonly end: number;
	/** Every value was whole and in its place; otherwise the text is cut or not JSON, and the visitor saw what was there. */
	readonly isWhole: boolean;
};

const quote = 0x22;
const backslash = 0x5c;

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

const isLiteral = (text: string, start: number, end: number): boolean => {
	const first = text.charCodeAt(start);
	if (first === 0x74) return end - start === 4 && text.startsWith('true', start);
	if (first === 0x66) return end - start === 5 && text.startsWith('false', start);
	if (first === 0x6e) return end - start === 4 && text.startsWith('null', start);
	for (let at = first === 0x2d ? start + 1 : start; at < end; at++) {
		const code = text.charCodeAt(at);
		const isDigit = code >= 0x30 && code <= 0x39;
		if (!isDigit && (at === start || (code !== 0x2e && code !== 0x2d && code !== 0x2b && code !== 0x65 && code !== 0x45))) return false;
	}

	return true;
};

/**
 * Walks JSON text without making values of it, fast enough for every row of an import, to any depth, and goes on
 * where the text is not quite JSON. With `isFragment` it ends behind the first object or array, or where that is not JSON.
 */
export const scanJson = (text: string, visitor: JsonVisitor, options: {readonly from?: number; readonly state?: number; readonly isFragment?: boolean} = {}): JsonScan => {
	const rootState = options.state ?? 0;
	const isFragment = options.isFragment ?? false;
	const length = text.length;
	const states: number[] = [];
	const objects: boolean[] = [];
	let at = options.from ?? 0;
	let state = rootState;
	let isObject = false;
	let isAfterColon = false;
	let valueState = rootState;
	let isWhole = true;

	while (at < length && (isWhole || !isFragment)) {
		const code = text.charCodeAt(at);
		if (code === quote) {
			const start = at + 1;
			let isEscaped = false;
			let hasSigns = false;
			let end = start;
			for (; end < length; end++) {
				const inner = text.charCodeAt(end);
				// Most characters are small letters, which mean nothing here.
				if (inner > backslash) continue;
				if (inner === quote) break;
				if (inner === backslash) {
					isEscaped = true;
					end++;
				} else if (inner === 0x3d || inner === 0x3a || inner === 0x3c || inner === 0x26) {
					hasSigns = true;
				}
			}

			if (end >= length) {
				isWhole = false;
				end = length;
			}

			at = end + 1;
			if (isObject && !isAfterColon) {
				while (isSpace(text.charCodeAt(at))) at++;
				if (text.charCodeAt(at) === 0x3a) {
					valueState = visitor.key(start, end, isEscaped, state);
					isAfterColon = true;
					at++;
				} else {
					isWhole = false;
				}
			} else {
				visitor.string(start, end, isAfterColon || states.length === 0 ? valueState : visitor.item(state), isEscaped, hasSigns);
				isAfterColon = false;
			}
		} else if (code === 0x7b || code === 0x5b) {
			const inner = isAfterColon || states.length === 0 ? valueState : visitor.item(state);
			states.push(state);
			objects.push(isObject);
			state = inner;
			isObject = code === 0x7b;
			isAfterColon = false;
			at++;
		} else if (code === 0x7d || code === 0x5d) {
			at++;
			if (states.length === 0 || isObject !== (code === 0x7d)) {
				isWhole = false;
				continue;
			}

			state = states.pop() ?? rootState;
			isObject = objects.pop() ?? false;
			isAfterColon = false;
			if (states.length === 0) {
				valueState = rootState;
				if (isFragment) return {end: at, isWhole};
			}
		} else if (isSpace(code)) {
			at++;
		} else if (code === 0x2c) {
			isAfterColon = false;
			at++;
		} else {
			const start = at;
			while (at < length && !endsLiteral(text.charCodeAt(at))) at++;
			if (at === start) at++;
			if ((isObject && !isAfterColon) || !isLiteral(text, start, at)) isWhole = false;
			visitor.literal(start, at, isAfterColon || states.length === 0 ? valueState : visitor.item(state));
			isAfterColon = false;
		}
	}

	return {end: Math.min(at, length), isWhole: isWhole && states.length === 0};
};

const endsLiteral = (code: number): boolean =>
	isSpace(code) || code === 0x2c || code === 0x7d || code === 0x5d || code === quote || code === 0x7b || code === 0x5b || code === 0x3a;
