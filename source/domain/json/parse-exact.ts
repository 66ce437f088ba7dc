/** What the engine has and the types do not: text that JSON.stringify writes as it is (ECMAScript's JSON.parse source text access). */
const {rawJSON} = JSON as unknown as {readonly rawJSON: (text: string) => unknown};

/** A whole number of many digits, one with a point or an exponent, or a negative zero: no other is written anew in other letters. */
const mayChange = /\d{16}|\d[.eE]|-0/;

const exactly = (_key: string, value: unknown, ...[context]: readonly unknown[]): unknown => {
	const source = (context as {readonly source?: string} | undefined)?.source;
	return typeof value === 'number' && source !== undefined && String(value) !== source ? rawJSON(source) : value;
};

/**
 * JSON.parse for values that are only to be written again: `12345678901234567890` and `1.0`, which no double holds as
 * they are written, stay as they are. Such a number is then an object that only JSON.stringify knows.
 */
export const parseExact = (text: string): unknown => mayChange.test(text) ? JSON.parse(text, exactly) as unknown : JSON.parse(text) as unknown;
