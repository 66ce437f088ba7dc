import {Text} from 'ink';
import {parseQuery} from '../../../domain/query/parse-query.ts';
import {printQuery} from '../../../domain/query/print-query.ts';
import {type Tab} from '../../../domain/records.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {spread, type Piece} from '../frame/spread.ts';
import {useTheme, type Theme} from '../../theme.ts';

export type Counts = {
	readonly matching: {readonly count: number; readonly isCapped: boolean} | null;
	/** All of the same range. */
	readonly total: {readonly count: number; readonly isCapped: boolean} | null;
};

type QueryBarProps = {
	readonly tab: Tab;
	readonly query: string;
	/** Shown instead of chips: rows around one record. */
	readonly around?: string | undefined;
	readonly counts: Counts;
	readonly fresh: number;
	/** There are more new records than `fresh`. */
	readonly isBehind?: boolean;
	readonly marked: number;
	readonly isFollowing: boolean;
	readonly isLoading: boolean;
	readonly width: number;
};

/** The query as chips, and how much of the store it matches. */
export const QueryBar = ({tab, query, around, counts, fresh, isBehind = false, marked, isFollowing, isLoading, width}: QueryBarProps) => {
	const theme = useTheme();
	const chips = around === undefined ? chipsOf(tab, query, theme) : [{text: ` ${around}`, styled: theme.paint('accent', ` ${around}`)}];
	const right: Piece[] = [countPiece(counts, isLoading, theme)];
	if (marked > 0) {
		right.push(styledPiece(theme, 'accent', ` ${theme.signs.separator} ${formatCount(marked)} marked`));
	}

	if (isFollowing) {
		right.push(styledPiece(theme, 'accent', ` ${theme.signs.separator} following`));
	} else if (fresh > 0) {
		right.push(styledPiece(theme, 'accent', ` ${theme.signs.separator} +${formatCount(fresh)}${isBehind ? ' and more' : ''} new`));
	}

	return <Text wrap='truncate'>{spread(chips, [...right, {text: ' '}], width)}</Text>;
};

const styledPiece = (theme: Theme, token: 'accent' | 'secondary', text: string): Piece => ({text, styled: theme.paint(token, text)});

const chipsOf = (tab: Tab, query: string, theme: Theme): readonly Piece[] => {
	const parsed = parseQuery(query, tab);
	if (!parsed.ok) {
		return [{text: ` ${makeSafe(query)}`}];
	}

	if (parsed.query.length === 0) {
		return [styledPiece(theme, 'secondary', ' everything stored')];
	}

	return parsed.query.map(term => {
		const text = makeSafe(printQuery([term]));
		const colon = term.kind === 'field' ? text.indexOf(':') + 1 : 0;
		return {text: ` ${text} `, styled: ` ${theme.paint('accent', text.slice(0, colon))}${text.slice(colon)} `};
	});
};

const numberOf = ({count, isCapped}: {readonly count: number; readonly isCapped: boolean}): string => `${formatCount(count)}${isCapped ? '+' : ''}`;

const countPiece = ({matching, total}: Counts, isLoading: boolean, theme: Theme): Piece => {
	if (!matching) {
		return styledPiece(theme, 'secondary', isLoading ? 'loading' : '');
	}

	const text = total && total.count !== matching.count ? `${numberOf(matching)} of ${numberOf(total)}` : numberOf(matching);
	return {text};
};
