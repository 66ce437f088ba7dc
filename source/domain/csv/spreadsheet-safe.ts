/**
 * What a spreadsheet may take for a formula: `=`, `+`, `-`, `@` (their full-width forms too), a tab or a carriage return
 * at the start, also behind white space and control characters, which spreadsheets skip.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const formulaStart = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r]/u;

/** A number is a number, whatever its sign. */
const plainNumber = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** The text of a CSV cell, with an apostrophe before what a spreadsheet would run. */
export const spreadsheetSafe = (text: string): string =>
	formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text;
