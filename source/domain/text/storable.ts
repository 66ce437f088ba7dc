/**
 * SQLite cuts a text at NUL and its clients spoil or refuse lone surrogates. U+E000 (private use) followed by four
 * hex digits stands for such a code unit, and for U+E000 itself where four hex digits follow it in the data.
 */
const mark = '\ue000';
const needsEscape = /\0|\ue000(?=[0-9a-f]{4})|\p{Cs}/gu;
const escaped = /\ue000([0-9a-f]{4})/g;

/** Text as it goes into the store. `unescapeUnstorable` gives back exactly what went in. */
export const escapeUnstorable = (text: string): string => {
	if (!text.includes('\0') && !text.includes(mark) && text.isWellFormed()) return text;
	return text.replace(needsEscape, character => mark + character.charCodeAt(0).toString(16).padStart(4, '0'));
};

/** Text as it came from the source, out of what the store holds. */
export const unescapeUnstorable = (stored: string): string =>
	stored.includes(mark) ? stored.replace(escaped, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))) : stored;
