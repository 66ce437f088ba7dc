import {useMemo, useReducer, useState} from 'react';
import {Box, Text} from 'ink';
import {type BrowseColumn} from '../../../domain/browse/columns.ts';
import {fitCell} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type BrowseRow} from '../../../services/services.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {type CellView} from '../../components/list/cell.ts';
import {pathOf, sourceOf, valueOf} from '../../components/json-tree/tree-document.ts';
import {findMatches} from '../../components/json-tree/tree-search.ts';
import {type TreeAction} from '../../components/json-tree/tree-state.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {copyText} from '../../terminal/copy-text.ts';
import {openInEditor, openInPager} from '../../terminal/run-program.ts';
import {useTheme} from '../../theme.ts';
import {openRecord, rebase, reduceDetail, type DetailAction, type RecordState} from '../detail/detail-state.ts';
import {layoutPanes} from '../detail/layout.ts';
import {PaneView, treeViewOf} from '../detail/pane-view.tsx';
import {paneText} from '../detail/record-text.ts';
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
	const [overlay, setOverlay] = useState<'none' | 'search' | 'copy'>('none');
	const [isWrapped, setIsWrapped] = useState(false);
	const key = `${row.row}`;
	const panes = useMemo(() => recordPanes(columns, row), [columns, row]);
	const panesHeight = Math.max(2, height - 1 - (overlay === 'search' ? 1 : 0));
	const [records, dispatch] = useReducer(reduceDetail, new Map<string, RecordState>());
	const views = panes.map((pane, index) => {
		const place = layoutPanes({width, height: panesHeight, count: panes.length, focus: index}).places.find(one => one.pane === index) ?? {width, height: panesHeight - 1};
		return treeViewOf(pane, place.width, place.height, isWrapped);
	});
	const response = panes.findIndex(pane => pane.name === 'response' && pane.document !== null);
	const room = views[0]?.height ?? 1;
	const kept = records.get(key);
	// Its size decides only how a row opens.
	// eslint-disable-next-line react-hooks/exhaustive-deps
	const opened = useMemo(() => openRecord(panes, room, Math.max(0, response)), [key]);
	// eslint-disable-next-line react-hooks/exhaustive-deps
	const current = useMemo(() => rebase(kept ?? opened, panes, views[0]!), [kept, opened, panes]);
	const layout = layoutPanes({width, height: panesHeight, count: panes.length, focus: current.focus});
	const act = (action: DetailAction) => {
		dispatch({key, current, action, views});
	};

	const move = (action: TreeAction) => () => {
		act({type: 'tree', action});
	};

	const close = () => {
		setOverlay('none');
	};

	const tree = current.trees[current.focus] ?? null;
	const pane = panes[current.focus]!;
	const openPane = (open: typeof openInEditor) => () => {
		void open({name: `${name}-row-${row.row}-${pane.name}`, ...paneText(pane)}, surroundings);
	};

	useKeys('detail', {
		down: move({type: 'moved', by: 1}),
		up: move({type: 'moved', by: -1}),
		halfDown: move({type: 'paged', by: 0.5}),
		halfUp: move({type: 'paged', by: -0.5}),
		pageDown: move({type: 'paged', by: 1}),
		pageUp: move({type: 'paged', by: -1}),
		first: move({type: 'first'}),
		last: move({type: 'last'}),
		fold: move({type: 'fold'}),
		unfold: move({type: 'unfold'}),
		foldAll: move({type: 'foldAll'}),
		unfoldAll: move({type: 'unfoldAll'}),
		nextSibling: move({type: 'sibling', by: 1}),
		previousSibling: move({type: 'sibling', by: -1}),
		wrap() {
			setIsWrapped(before => !before);
		},
		previous() {
			onMove(-1);
		},
		next() {
			onMove(1);
		},
		nextPart() {
			act({type: 'focusMoved', by: 1});
		},
		previousPart() {
			act({type: 'focusMoved', by: -1});
		},
		search() {
			setOverlay('search');
		},
		nextMatch() {
			act({type: 'matchMoved', by: 1});
		},
		previousMatch() {
			act({type: 'matchMoved', by: -1});
		},
		copy() {
			setOverlay('copy');
		},
		editor: openPane(openInEditor),
		pager: openPane(openInPager),
		close: onClose,
	}, {isActive: isFocused && overlay === 'none'});

	const copyItems = [
		...(tree === null ? [] : [
			{label: 'Value under the cursor', key: 'v', text: tree.document.nodes[tree.cursor]?.children === null ? valueOf(tree.document, tree.cursor) : sourceOf(tree.document, tree.cursor)},
			{label: 'Path under the cursor', key: 'p', text: pathOf(tree.document, tree.cursor)},
		]),
		...(pane.body === undefined ? [] : [{label: `All of ${pane.name}`, key: 'b', text: pane.body.text}]),
		{label: 'Whole row as JSON', key: 'j', text: rowJson(columns, row)},
	].map(({label, key: itemKey, text}) => ({
		label, key: itemKey,
		run() {
			void copyText({what: label, text, name: `${name}-row-${row.row}`, suffix: 'txt'}, surroundings);
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
			{overlay === 'copy'
				? <Menu title={`Copy of row ${formatCount(row.row)}`} items={copyItems} width={width} height={panesHeight} onClose={close}/>
				: (
					<Box flexDirection={layout.direction} width={width} height={panesHeight} flexShrink={0}>
						{layout.places.map(({pane: index, width: paneWidth, height: paneHeight}, place) => (
							<PaneView
								key={index} pane={panes[index]!} tree={current.trees[index] ?? null} width={paneWidth} height={paneHeight} isWrapped={isWrapped}
								isFocused={isFocused && index === current.focus}
								others={place === layout.places.length - 1 ? layout.others.map(other => panes[other]!.name) : []}
							/>
						))}
					</Box>
				)}
			{overlay === 'search' && (
				<Prompt
					label='/' width={width} onCancel={close}
					onSubmit={text => {
						close();
						act({type: 'searched', query: text});
						if (text !== '' && panes.every(({document}) => document === null || findMatches(document, text).length === 0)) {
							surroundings.say(`"${makeSafe(text)}" is not in this row`);
						}
					}}
				/>
			)}
		</Box>
	);
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
