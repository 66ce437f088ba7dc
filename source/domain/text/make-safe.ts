/** Everything that a terminal could take as a command or that hides or reorders what is shown. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;
const printableAscii = /^[\x20-\x7e]*$/;

const shortEscapes: Readonly<Record<string, string>> = {'\n': '\\n', '\r': '\\r', '\t': '\\t'};

const visible = (character: string): string => {
	const short = shortEscapes[character];
	if (short !== undefined) return short;
	const codePoint = character.codePointAt(0) ?? 0;
	if (codePoint <= 0xff) return `\\x${codePoint.toString(16).padStart(2, '0')}`;
	if (codePoint <= 0xffff) return `\\u${codePoint.toString(16).padStart(4, '0')}`;
	return `\\u{${codePoint.toString(16)}}`;
};

const zeroWidthJoiner = '\u200d';
const endsWithEmoji = /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?$/u;
const startsWithEmoji = /^\p{Extended_Pictographic}/u;

const joinsEmoji = (text: string, at: number): boolean =>
	endsWithEmoji.test(text.slice(Math.max(0, at - 8), at)) && startsWithEmoji.test(text.slice(at + 1, at + 3));

/**
 * The one function that makes text of a record safe at the border to the terminal (screen, printed tables,
 * error messages, file names): control, format, surrogate, private and unassigned characters and line
 * separators become visible escapes (`\x1b`, `\u202e`, `\n`). Split lines before, not after. A zero-width
 * joiner stays where it joins two emoji.
 */
export const makeSafe = (text: string): string => {
	if (printableAscii.test(text)) return text;
	return text.replace(unsafe, (character, offset: number) =>
		character === zeroWidthJoiner && joinsEmoji(text, offset) ? character : visible(character));
};
