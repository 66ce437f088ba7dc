import {Box, Text} from 'ink';
import {cellWidth, fitCell} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {JsonTree} from '../../components/json-tree/json-tree.tsx';
import {type TreeState, type TreeView} from '../../components/json-tree/tree-model.ts';
import {useTheme, type Theme} from '../../theme.ts';
import {type Pane} from './pane.ts';

type PaneViewProps = {
	readonly pane: Pane;
	readonly tree: TreeState | null;
	readonly width: number;
	/** Rows below the title. */
	readonly height: number;
	readonly isFocused: boolean;
	readonly isWrapped: boolean;
	/** Names of panes that are not drawn, at the end of the title line. */
	readonly others: readonly string[];
};

/** The cells of the tree in a pane of that size. */
export const treeViewOf = (pane: Pane, width: number, height: number, isWrapped: boolean): TreeView =>
	({width: Math.max(10, width - 2), height: Math.max(1, height - (pane.note === undefined ? 0 : 1)), isWrapped});

/** One part of a record: a title line, the content, and a note where something is cut. */
export const PaneView = ({pane, tree, width, height, isFocused, isWrapped, others}: PaneViewProps) => {
	const theme = useTheme();
	const view = treeViewOf(pane, width, height, isWrapped);
	return (
		<Box flexDirection='column' width={width} height={height + 1} flexShrink={0} overflow='hidden'>
			<Text wrap='truncate'>{titleLine({pane, tree, width, isFocused, others, theme})}</Text>
			{height > 0 && (
				<Box paddingLeft={1} flexShrink={0} flexDirection='column'>
					{tree
						? <JsonTree state={tree} view={view} isFocused={isFocused} />
						: <Box height={view.height} flexShrink={0}><Text wrap='truncate'>{theme.paint('secondary', fitCell(`  ${pane.emptyText}`, view.width))}</Text></Box>}
					{pane.note !== undefined && <Text wrap='truncate'>{theme.paint('waiting', fitCell(`${theme.signs.ellipsis} ${makeSafe(pane.note)}`, view.width, 'left', theme.signs.ellipsis))}</Text>}
				</Box>
			)}
		</Box>
	);
};

const titleLine = ({pane, tree, width, isFocused, others, theme}: Pick<PaneViewProps, 'pane' | 'tree' | 'width' | 'isFocused' | 'others'> & {readonly theme: Theme}): string => {
	const sign = isFocused ? theme.signs.cursor : ' ';
	const matches = tree === null || tree.query === '' ? '' : `  ${tree.match >= 0 ? `${formatCount(tree.match + 1)}/` : ''}${formatCount(tree.matches.length)} found`;
	const info = makeSafe(pane.info) + matches;
	const name = ` ${sign} ${pane.name}`;
	const rest = others.length === 0 ? '' : `${others.join('  ')} `;
	const room = width - cellWidth(name) - cellWidth(rest);
	const middle = fitCell(`  ${info}`, Math.max(0, room), 'left', theme.signs.ellipsis);
	return fitted(theme.paint(isFocused ? 'accent' : 'plain', name), name, width)
		+ theme.paint('secondary', middle + (cellWidth(name) + cellWidth(rest) <= width ? rest : ''));
};

const fitted = (painted: string, text: string, width: number): string => cellWidth(text) <= width ? painted : fitCell(text, width);
