const printableAscii = /^[\x20-\x7e]*$/;
/** What a terminal could take as a command, or what hides or reorders text. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;

const escapeUnits = (character: string): string => {
	let text = '';
	for (let index = 0; index < character.length; index++) {
		text += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
	}

	return text;
};

/**
 * A value as JSON on one line, which no terminal takes for anything but text: what JSON.stringify leaves as it is,
 * though it does not print, becomes an escape that means the same.
 */
export const jsonText = (value: unknown): string => {
	const text = JSON.stringify(value);
	return printableAscii.test(text) ? text : text.replace(unsafe, escapeUnits);
};
