import {useMemo, useState} from 'react';
import {Box, Text} from 'ink';
import {type BrowseColumn} from '../../../domain/browse/columns.ts';
import {fitCell} from '../../../domain/text/cells.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {type BrowseRow} from '../../../services/services.ts';
import {type CellView} from '../../components/list/cell.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {copyText} from '../../terminal/copy-text.ts';
import {printAndWait} from '../../terminal/print-text.ts';
import {openInEditor, openInPager} from '../../terminal/run-program.ts';
import {useTheme} from '../../theme.ts';
import {panesText, paneText, selectionOf} from '../panes/pane-text.ts';
import {Panes} from '../panes/panes.tsx';
import {usePanes, usePanesMemory, type PanesControl} from '../panes/use-panes.ts';
import {browseCell} from './browse-cell.ts';
import {recordPanes, rowJson} from './record-panes.ts';

type BrowseRecordProps = {
	readonly columns: readonly BrowseColumn[];
	/** What to call copies of it. */
	readonly name: string;
	readonly row: BrowseRow;
	readonly width: number;
	readonly height: number;
	readonly view: CellView;
	readonly isFocused: boolean;
	readonly onClose: () => void;
	readonly onMove: (by: 1 | -1) => void;
};

/** Fields that tell at a glance what a row is about. */
const headNames = ['id', 'status', 'created_at', 'method', 'endpoint', 'type', 'error_key', 'customer'];

/** One row of a file, its bodies as trees that fold. */
export const BrowseRecord = ({columns, name, row, width, height, view, isFocused, onClose, onMove}: BrowseRecordProps) => {
	const theme = useTheme();
	const surroundings = useSurroundings();
	const [isCopying, setIsCopying] = useState(false);
	const panes = useMemo(() => recordPanes(columns, row), [columns, row]);
	const response = panes.findIndex(pane => pane.name === 'response' && pane.document !== null);
	const control = usePanes({memory: usePanesMemory(`${row.row}`), panes, firstFocus: Math.max(0, response), width, height: height - 1});
	const fileName = `${name}-row-${row.row}`;

	const openPane = (open: typeof openInEditor) => () => {
		void open({name: `${fileName}-${control.pane.name}`, ...paneText(control.pane)}, surroundings);
	};

	useKeys('detail', {
		...control.handlers,
		previous() {
			onMove(-1);
		},
		next() {
			onMove(1);
		},
		copy() {
			setIsCopying(true);
		},
		editor: openPane(openInEditor),
		pager: openPane(openInPager),
		print() {
			void printAndWait(`row ${formatCount(row.row)}\n\n${panesText(panes)}`, surroundings);
		},
		close: onClose,
	}, {isActive: isFocused && !isCopying && !control.isSearching});

	const copies = copyItems(control, columns, row).map(({label, key, text}) => ({
		label, key,
		run() {
			void copyText({what: label, text, name: fileName, suffix: 'txt'}, surroundings);
		},
	}));
	const facts = headNames.flatMap(field => {
		const column = columns.find(one => one.field.name === field);
		const cell = column === undefined ? '' : row.cells[column.index] ?? '';
		return column === undefined || cell === '' ? [] : [browseCell(column, cell, view)];
	});
	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0} overflow='hidden'>
			<Text wrap='truncate'>{headText(row, facts, width, theme)}</Text>
			{isCopying
				? (
					<Menu
						title={`Copy of row ${formatCount(row.row)}`} items={copies} width={width} height={control.height}
						onClose={() => {
							setIsCopying(false);
						}}
					/>
				)
				: <Panes control={control} isFocused={isFocused} noun='row'/>}
		</Box>
	);
};

const copyItems = ({tree, pane}: PanesControl, columns: readonly BrowseColumn[], row: BrowseRow) => {
	const selection = tree === null ? null : selectionOf(tree);
	return [
		...(selection === null ? [] : [
			{label: 'Value under the cursor', key: 'v', text: selection.value},
			{label: 'Path under the cursor', key: 'p', text: selection.path},
		]),
		...(pane.body === undefined ? [] : [{label: `All of ${pane.name}`, key: 'b', text: pane.body.text}]),
		{label: 'Whole row as JSON', key: 'j', text: rowJson(columns, row)},
	];
};

const headText = (row: BrowseRow, facts: ReadonlyArray<ReturnType<typeof browseCell>>, width: number, theme: ReturnType<typeof useTheme>): string => {
	const start = ` row ${formatCount(row.row)}`;
	let left = width - start.length;
	let line = theme.paint('strong', start);
	for (const {text, token} of facts) {
		const shown = fitCell(text, Math.min(40, Array.from(text).length * 2)).trimEnd();
		if (shown.length + 3 > left) {
			break;
		}

		line += theme.paint('secondary', ` ${theme.signs.separator} `) + theme.paint(token, shown);
		left -= shown.length + 3;
	}

	return line;
};
