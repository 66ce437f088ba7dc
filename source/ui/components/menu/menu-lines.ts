import {cellWidth, fitCell} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type Theme} from '../../theme.ts';
import {type MenuItem} from './menu-state.ts';

type MenuLinesInput = {
	readonly title: string;
	readonly items: readonly MenuItem[];
	readonly width: number;
	/** Most rows below the title line. */
	readonly rows: number;
	readonly cursor: number;
	readonly top: number;
	readonly filter: string;
	readonly isFilterable: boolean;
	readonly emptyText: string | undefined;
	readonly theme: Theme;
};

/** Title line and the rows that fit, each exactly `width` cells. */
export const menuLines = ({title, items, width, rows, cursor, top, filter, isFilterable, emptyText, theme}: MenuLinesInput): readonly string[] => {
	const first = Math.max(0, Math.min(top, items.length - rows, cursor));
	const shown = items.slice(first, first + rows);
	const position = items.length > rows ? `${cursor + 1}/${items.length} ` : '';
	const field = isFilterable ? ` ${filter}` : '';
	const titleCells = Math.max(0, width - cellWidth(position));
	const heading = fitCell(` ${makeSafe(title)}`, Math.min(titleCells, cellWidth(makeSafe(title)) + 1), 'left', theme.signs.ellipsis);
	const caret = isFilterable ? theme.paint('selected', ' ') : '';
	const fieldText = fitCell(field, Math.max(0, Math.min(cellWidth(field), titleCells - cellWidth(heading) - 1)), 'left', theme.signs.ellipsis);
	const padding = ' '.repeat(Math.max(0, titleCells - cellWidth(heading) - cellWidth(fieldText) - (isFilterable ? 1 : 0)));
	const titleLine = `${theme.paint('heading', heading)}${fieldText}${caret}${padding}${theme.paint('secondary', position)}`;
	if (items.length === 0) {
		const nothing = filter === '' ? emptyText ?? 'Nothing to choose' : `Nothing matches "${filter}"`;
		return [titleLine, theme.paint('secondary', fitCell(`   ${nothing}`, width, 'left', theme.signs.ellipsis))];
	}

	const hasKeys = !isFilterable && items.some(({key}) => key !== undefined);
	const keyCells = hasKeys ? 3 : 0;
	const labelCells = Math.min(Math.max(...items.map(({label}) => cellWidth(makeSafe(label)))) + 2, Math.max(8, width - keyCells - 3));
	return [titleLine, ...shown.map((item, index) => itemLine({item, isCursor: first + index === cursor, width, labelCells, keyCells, theme}))];
};

type ItemLineInput = {
	readonly item: MenuItem;
	readonly isCursor: boolean;
	readonly width: number;
	readonly labelCells: number;
	readonly keyCells: number;
	readonly theme: Theme;
};

const itemLine = ({item, isCursor, width, labelCells, keyCells, theme}: ItemLineInput): string => {
	const fit = (text: string, cells: number) => fitCell(makeSafe(text), cells, 'left', theme.signs.ellipsis);
	const sign = isCursor ? ` ${theme.signs.cursor} ` : '   ';
	const key = keyCells === 0 ? '' : fit(item.key ?? '', keyCells);
	const label = fit(item.label, Math.min(labelCells, Math.max(0, width - 3 - keyCells)));
	const hint = fit(item.disabledReason ?? item.hint ?? '', Math.max(0, width - 3 - keyCells - cellWidth(label)));
	if (isCursor) {
		return theme.paint('accent', sign) + theme.paint('selected', key + label + hint);
	}

	const isDisabled = item.disabledReason !== undefined;
	return sign + theme.paint('key', key) + (isDisabled ? theme.paint('secondary', label) : label) + theme.paint('secondary', hint);
};
