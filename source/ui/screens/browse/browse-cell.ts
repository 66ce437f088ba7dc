import {outcomeOfStatus, valueOfCell} from '../../../domain/browse/cell-value.ts';
import {type BrowseColumn} from '../../../domain/browse/columns.ts';
import {cellWidth} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {cellOf, type Cell, type CellView} from '../../components/list/cell.ts';

/** Longer than any column is wide. */
const shownCharacters = 400;

/** What a cell of a file shows: a value of a field as the lists show it, all else as it stands. Safe for the terminal, not yet cut. */
export const browseCell = ({field}: BrowseColumn, text: string, view: CellView): Cell => {
	const value = valueOfCell(field, text);
	if (text === '') {
		return {text: view.signs.none, token: 'secondary'};
	}

	if (field.type === 'status') {
		const isFailure = outcomeOfStatus(text) === 'failure';
		return {text: `${isFailure ? view.signs.failure : view.signs.success} ${makeSafe(text.slice(0, shownCharacters))}`, token: isFailure ? 'failure' : 'plain'};
	}

	const isTyped = typeof value === 'number' || field.type === 'choice' || field.type === 'secret-id';
	return isTyped && field.type !== 'percent'
		? cellOf(field, {[field.name]: value}, shownCharacters, view)
		: {text: makeSafe(text.slice(0, shownCharacters)), token: field.name === 'error_key' || field.name === 'error' ? 'failure' : 'plain'};
};

/** A column is as wide as most of its first values; contents that are long get a part of a screen. */
const widestAtFirst = 36;
const contentWidth = 28;

/** Widths of the columns by what their heading and first rows show. */
export const measureColumns = (columns: readonly BrowseColumn[], rows: ReadonlyArray<readonly string[]>, view: CellView): ReadonlyMap<number, number> => new Map(columns.map(column => {
	const heading = cellWidth(makeSafe(headingOf(column)));
	const values = rows.map(cells => Math.min(widestAtFirst, cellWidth(browseCell(column, cells[column.index] ?? '', view).text)));
	const isContent = column.field.type === 'body' || column.field.type === 'json' || column.field.type === 'headers';
	return [column.index, Math.min(isContent ? contentWidth : widestAtFirst, Math.max(4, heading, ...values))];
}));

export const headingOf = ({heading, field}: BrowseColumn): string => heading.trim() === '' ? field.name : heading.trim();
