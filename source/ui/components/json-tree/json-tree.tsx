import {memo} from 'react';
import {Box, Text} from 'ink';
import {cellWidth} from '../../../domain/text/cells.ts';
import {useTheme, type Theme} from '../../theme.ts';
import {type TreeState, type TreeView} from './tree-model.ts';
import {fitSegments} from './row-segments.ts';
import {type TreeRow, type TreeSegment} from './tree-row.ts';
import {windowRows} from './tree-window.ts';

type JsonTreeProps = {
	readonly state: TreeState;
	readonly view: TreeView;
	/** Shows the cursor. */
	readonly isFocused: boolean;
};

/** A tree in exactly `view.height` rows of `view.width` cells. It knows no keys: `reduceTree` moves it. */
export const JsonTree = memo(({state, view, isFocused}: JsonTreeProps) => {
	const theme = useTheme();
	const lines = treeLines(state, view, isFocused, theme);
	return (
		<Box flexDirection='column' width={view.width} height={view.height} flexShrink={0}>
			{lines.map((line, index) => <Text key={index} wrap='truncate'>{line}</Text>)}
		</Box>
	);
});
JsonTree.displayName = 'JsonTree';

/** The lines that are drawn, each exactly as wide as the pane. */
export const treeLines = (state: TreeState, view: TreeView, isFocused: boolean, theme: Theme): readonly string[] => {
	const lines = windowRows(state, view).map(row => lineOf(row, view.width, isFocused && row.index === state.cursor, state, theme));
	return [...lines, ...Array.from({length: Math.max(0, view.height - lines.length)}, () => ' '.repeat(view.width))];
};

const lineOf = (row: TreeRow, width: number, isCursor: boolean, {document}: TreeState, theme: Theme): string => {
	const sign = document.style === 'text' ? '' : `${row.sign === null ? ' ' : theme.signs[row.sign]} `;
	const start = `${' '.repeat(row.indent)}${sign}`;
	const {segments, width: used} = fitSegments(row.segments, Math.max(0, width - cellWidth(start)), theme.signs.ellipsis);
	const padding = ' '.repeat(Math.max(0, width - cellWidth(start) - used));
	if (isCursor) {
		const text = segments.map(segment => segment.isFound ? theme.paint('match', segment.text) : segment.text).join('');
		return ' '.repeat(row.indent) + theme.paint('selected', sign + text + padding);
	}

	return (row.sign === null ? start : theme.paint('secondary', start)) + segments.map(segment => paintSegment(segment, theme)).join('') + padding;
};

const paintSegment = ({text, token, isFound, isCurrent}: TreeSegment, theme: Theme): string => {
	const painted = theme.paint(token, text);
	return isCurrent ? theme.paint('selected', painted) : (isFound ? theme.paint('match', painted) : painted);
};
