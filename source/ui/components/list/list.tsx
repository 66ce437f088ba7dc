import {memo} from 'react';
import {Box, Text} from 'ink';
import {fitCell} from '../../../domain/text/cells.ts';
import {useTheme, type Theme} from '../../theme.ts';
import {cellOf, type Cell, type CellView} from './cell.ts';
import {columnGap, type PlacedColumn} from './column-layout.ts';

export type ListItem = {
	readonly id: string;
	readonly record: Readonly<Record<string, unknown>>;
	readonly isMarked: boolean;
};

type ListProps = {
	readonly columns: readonly PlacedColumn[];
	/** Exactly the rows that fit. */
	readonly items: readonly ListItem[];
	/** Index among `items`. */
	readonly cursor: number;
	readonly height: number;
	readonly width: number;
	readonly view: CellView;
	readonly isFocused: boolean;
	/** Cells that hold this text show where. */
	readonly match?: string | undefined;
};

/** Cursor, mark and a space. */
export const gutter = 3;

/** Header and rows of a list; one `Text` a row. */
export const List = ({columns, items, cursor, height, width, view, isFocused, match}: ListProps) => {
	const theme = useTheme();
	const header = columns.map(({column, width: cells}) => fitCell(column.header, cells, column.align ?? 'left')).join(' '.repeat(columnGap));
	return (
		<Box flexDirection='column' height={height + 1} width={width}>
			<Text wrap='truncate'>{theme.paint('secondary', `${' '.repeat(gutter)}${header}`)}</Text>
			{items.map((item, index) => (
				<ListRow key={item.id} item={item} columns={columns} view={view} theme={theme} isCursor={index === cursor} isFocused={isFocused} match={match} />
			))}
		</Box>
	);
};

type RowProps = {
	readonly item: ListItem;
	readonly columns: readonly PlacedColumn[];
	readonly view: CellView;
	readonly theme: Theme;
	readonly isCursor: boolean;
	readonly isFocused: boolean;
	readonly match: string | undefined;
};

const ListRow = memo(({item, columns, view, theme, isCursor, isFocused, match}: RowProps) => {
	rowsRendered.count++;
	return <Text wrap='truncate'>{rowText({item, columns, view, theme, isCursor, isFocused, match})}</Text>;
}, (before, after) =>
	// A record may be read again and still be the same: its object decides, not the item that holds it.
	before.item.record === after.item.record && before.item.isMarked === after.item.isMarked && before.columns === after.columns && before.view === after.view
	&& before.theme === after.theme && before.isCursor === after.isCursor && before.isFocused === after.isFocused && before.match === after.match);
ListRow.displayName = 'ListRow';

/** How many rows were drawn since the start: what a test of the cost of a key counts. */
export const rowsRendered = {count: 0};

const rowText = ({item, columns, view, theme, isCursor, isFocused, match}: RowProps): string => {
	const cells = columns.map(({field, column, width}) => {
		const cell = cellOf(field, item.record, width, view);
		const fitted = fitCell(cell.text, width, column.align ?? 'left', theme.signs.ellipsis);
		return isCursor && isFocused ? fitted : paintCell(theme, cell, fitted, match);
	});
	// Spaces at the end of a line show nothing, and over a slow link each is one too many.
	const line = cells.join(' '.repeat(columnGap)).trimEnd();
	const sign = `${isCursor ? theme.signs.cursor : ' '}${item.isMarked ? theme.signs.mark : ' '} `;
	return isCursor && isFocused ? `${theme.paint('accent', sign)}${theme.paint('selected', line)}` : `${isCursor || item.isMarked ? theme.paint('accent', sign) : sign}${line}`;
};

const paintCell = (theme: Theme, {token}: Cell, fitted: string, match: string | undefined): string => {
	const text = fitted.trimEnd();
	const padding = fitted.slice(text.length);
	const at = match ? text.toLowerCase().indexOf(match.toLowerCase()) : -1;
	return at < 0 || !match
		? theme.paint(token, text) + padding
		: theme.paint(token, text.slice(0, at)) + theme.paint('match', text.slice(at, at + match.length)) + theme.paint(token, text.slice(at + match.length)) + padding;
};
