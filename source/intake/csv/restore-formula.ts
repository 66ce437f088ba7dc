const neutralised = /^'+[\s]*[=+\-@\t\r\n|]/;

/**
 * Undoes what the spreadsheet-safe form of an export does to a cell that a spreadsheet would take for a formula:
 * one apostrophe before it. A cell that began with apostrophes got one more, so that taking one away is exact.
 */
export const restoreFormula = (cell: string): string => cell.startsWith('\'') && neutralised.test(cell) ? cell.slice(1) : cell;
