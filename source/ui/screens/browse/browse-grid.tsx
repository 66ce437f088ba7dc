import {memo} from 'react';
import {Box, Text} from 'ink';
import {type BrowseColumn} from '../../../domain/browse/columns.ts';
import {fitCell} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type BrowseRow, type BrowseView} from '../../../services/services.ts';
import {type CellView} from '../../components/list/cell.ts';
import {columnGap} from '../../components/list/column-layout.ts';
import {useTheme, type Theme} from '../../theme.ts';
import {browseCell, headingOf} from './browse-cell.ts';

/** A column that is drawn, and its cells on the screen. */
export type DrawnColumn = {readonly column: BrowseColumn; readonly width: number};

/** Cursor and a space. */
export const gridGutter = 2;

/** The columns that fit, from the first one on; the last is cut at the edge of the screen. At least one. */
export const drawColumns = (columns: readonly BrowseColumn[], widths: ReadonlyMap<number, number>, width: number): readonly DrawnColumn[] => {
	const drawn: DrawnColumn[] = [];
	let left = width - gridGutter;
	for (const column of columns) {
		const wanted = widths.get(column.index) ?? 12;
		if (left < Math.min(wanted, 4) && drawn.length > 0) {
			break;
		}

		drawn.push({column, width: Math.max(1, Math.min(wanted, left))});
		left -= wanted + columnGap;
	}

	return drawn;
};

type GridProps = {
	readonly columns: readonly DrawnColumn[];
	/** Exactly the rows that fit; undefined where one is not read yet. */
	readonly rows: ReadonlyArray<BrowseRow | undefined>;
	/** Index among `rows`. */
	readonly cursor: number;
	/** The column of the file under the cursor. */
	readonly column: number;
	readonly sort: BrowseView['sort'];
	readonly height: number;
	readonly width: number;
	readonly view: CellView;
	readonly match: string;
};

/** Headings and rows of a file; one `Text` a row. */
export const BrowseGrid = ({columns, rows, cursor, column, sort, height, width, view, match}: GridProps) => {
	const theme = useTheme();
	return (
		<Box flexDirection='column' height={height + 1} width={width}>
			<Text wrap='truncate'>{headLine(columns, column, sort, theme)}</Text>
			{rows.map((row, index) => (
				// The place on the screen stays, what it shows changes.
				<GridRow key={index} row={row} columns={columns} view={view} theme={theme} column={index === cursor ? column : null} match={match}/>
			))}
		</Box>
	);
};

const headLine = (columns: readonly DrawnColumn[], current: number, sort: BrowseView['sort'], theme: Theme): string => ' '.repeat(gridGutter) + columns.map(({column, width}) => {
	const mark = sort?.column === column.index ? (sort.isDescending ? (theme.signs.arrow === '->' ? ' v' : ' ▼') : (theme.signs.arrow === '->' ? ' ^' : ' ▲')) : '';
	const text = fitCell(makeSafe(headingOf(column)), Math.max(1, width - mark.length), 'left', theme.signs.ellipsis).trimEnd();
	const padded = fitCell(`${text}${mark}`, width, 'left', theme.signs.ellipsis);
	return theme.paint(column.index === current ? 'accent' : 'secondary', padded);
}).join(' '.repeat(columnGap));

type RowProps = {
	readonly row: BrowseRow | undefined;
	readonly columns: readonly DrawnColumn[];
	readonly view: CellView;
	readonly theme: Theme;
	/** The column under the cursor where this row is; null in any other. */
	readonly column: number | null;
	readonly match: string;
};

const GridRow = memo((props: RowProps) => <Text wrap='truncate'>{rowLine(props)}</Text>);
GridRow.displayName = 'GridRow';

const rowLine = ({row, columns, view, theme, column: current, match}: RowProps): string => {
	const sign = current === null ? ' '.repeat(gridGutter) : `${theme.paint('accent', theme.signs.cursor)} `;
	if (row === undefined) {
		return sign + theme.paint('secondary', theme.signs.ellipsis);
	}

	const cells = columns.map(({column, width}) => {
		const cell = browseCell(column, row.cells[column.index] ?? '', view);
		const fitted = fitCell(cell.text, width, column.field.column?.align ?? 'left', theme.signs.ellipsis);
		if (current === column.index) {
			return theme.paint('selected', fitted);
		}

		const at = match === '' ? -1 : fitted.toLowerCase().indexOf(match.toLowerCase());
		return at < 0
			? theme.paint(cell.token, fitted)
			: theme.paint(cell.token, fitted.slice(0, at)) + theme.paint('match', fitted.slice(at, at + match.length)) + theme.paint(cell.token, fitted.slice(at + match.length));
	});
	return sign + cells.join(' '.repeat(columnGap)).trimEnd();
};
