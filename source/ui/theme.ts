import {createContext, useContext} from 'react';

/**
 * What a style means, not how it looks. Only the terminal's own 16 colours are used, so that the person's light or dark
 * theme decides: one accent, red only for failure, yellow only for what waits or is retried, dim for what is secondary.
 */
export type Token = 'plain' | 'accent' | 'failure' | 'waiting' | 'secondary' | 'strong' | 'heading' | 'selected' | 'match' | 'key';

export type Signs = {
	readonly success: string;
	readonly failure: string;
	readonly waiting: string;
	readonly running: string;
	readonly canceled: string;
	readonly cursor: string;
	readonly mark: string;
	readonly folded: string;
	readonly unfolded: string;
	readonly line: string;
	readonly rule: string;
	readonly separator: string;
	readonly ellipsis: string;
	readonly none: string;
	readonly arrow: string;
	readonly full: string;
	readonly empty: string;
	/** Eight heights, lowest first. */
	readonly bars: readonly string[];
};

export type Theme = {
	/** Text in the style of a token, as escape codes; unchanged where there is no colour. */
	readonly paint: (token: Token, text: string) => string;
	readonly signs: Signs;
	readonly hasColor: boolean;
	/** The terminal shows more than ASCII. */
	readonly isUnicode: boolean;
};

const codes: Readonly<Record<Token, readonly [open: string, close: string] | undefined>> = {
	plain: undefined,
	accent: ['36', '39'],
	failure: ['31', '39'],
	waiting: ['33', '39'],
	secondary: ['2', '22'],
	strong: ['1', '22'],
	heading: ['1', '22'],
	selected: ['7', '27'],
	match: ['4', '24'],
	key: ['36', '39'],
};

// Without colour, weight and inversion still tell: NO_COLOR asks for no colour, not for no style.
const styleOnly = new Set<Token>(['secondary', 'strong', 'heading', 'selected', 'match']);

export const unicodeSigns: Signs = {
	success: '✓', failure: '✗', waiting: '○', running: '◐', canceled: '⊘', cursor: '▸', mark: '●', folded: '▸', unfolded: '▾',
	line: '─', rule: '│', separator: '·', ellipsis: '…', none: '–', arrow: '→', full: '█', empty: '░', bars: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
};

export const asciiSigns: Signs = {
	success: '+', failure: 'x', waiting: 'o', running: '*', canceled: '/', cursor: '>', mark: '*', folded: '+', unfolded: '-',
	line: '-', rule: '|', separator: '|', ellipsis: '~', none: '-', arrow: '->', full: '#', empty: '.', bars: ['.', ':', '-', '=', '+', '*', '%', '#'],
};

export const createTheme = ({hasColor, isUnicode}: {readonly hasColor: boolean; readonly isUnicode: boolean}): Theme => ({
	paint(token, text) {
		const code = hasColor || styleOnly.has(token) ? codes[token] : undefined;
		return code === undefined || text === '' ? text : `\u001B[${code[0]}m${text}\u001B[${code[1]}m`;
	},
	signs: isUnicode ? unicodeSigns : asciiSigns,
	hasColor,
	isUnicode,
});

/** NO_COLOR, and locales or terminals that cannot show more than ASCII (TERM=linux shows few of our signs). */
export const themeOf = (environment: Readonly<Record<string, string | undefined>>): Theme => {
	const locale = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find(value => value !== undefined && value !== '') ?? '';
	return createTheme({
		hasColor: (environment['NO_COLOR'] ?? '') === '',
		isUnicode: /utf-?8/i.test(locale) && environment['TERM'] !== 'linux',
	});
};

const ThemeContext = createContext<Theme>(createTheme({hasColor: true, isUnicode: true}));

export const ThemeProvider = ThemeContext;
export const useTheme = (): Theme => useContext(ThemeContext);
