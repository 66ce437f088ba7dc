/**
 * What a spreadsheet may take for a formula: `=`, `+`, `-`, `@` (their full-width forms too), a tab or a carriage return
 * at the start, also behind white space and control characters, which spreadsheets skip.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const formulaStart = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r]/u;

/** A number is a number, whatever its sign: `-5` stays in a column of text too, since no spreadsheet runs it. */
const plainNumber = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Nothing that begins with one of these needs a closer look, and nearly every cell does. */
const harmlessStart = /^[\w{["/:.]/;

const apostrophes = /^'+/;

/** The text of a CSV cell, with an apostrophe before what a spreadsheet would run. */
export const spreadsheetSafe = (text: string): string => {
	if (text === '' || harmlessStart.test(text)) return text;
	// Apostrophes before what would be a formula get one more, so that taking one away gives back exactly what was there.
	const isMarked = text.startsWith('\'');
	const rest = isMarked ? text.replace(apostrophes, '') : text;
	return formulaStart.test(rest) && (isMarked || !plainNumber.test(text)) ? `'${text}` : text;
};

/** Undoes `spreadsheetSafe`, exactly, and what other programs do to the same end: they mark negative numbers too. */
export const withoutSpreadsheetSafety = (cell: string): string =>
	cell.startsWith('\'') && formulaStart.test(cell.replace(apostrophes, '')) ? cell.slice(1) : cell;
