import {Box, Text} from 'ink';
import {cellWidth, fitCell, wrapCells} from '../../../domain/text/cells.ts';
import {useTheme, type Token} from '../../theme.ts';

/** What is said beside keys or a field: safe for the terminal, without colour, and how it is painted. */
export type Note = {readonly text: string; readonly token: Token};

type NoteLinesProps = {
	readonly note: Note;
	readonly width: number;
};

/** As much as fits under the header of the smallest screen. */
const mostLines = 6;

/** A note that is longer than its line: whole, over the last rows of what stands above the line that it is drawn in. */
export const NoteLines = ({note: {text, token}, width}: NoteLinesProps) => {
	const theme = useTheme();
	const lines = wrapCells(text, width - 2);
	const shown = lines.length <= mostLines ? lines : [...lines.slice(0, mostLines - 1), lines.slice(mostLines - 1).join('')];
	return (
		<Box position='absolute' bottom={1} width={width} flexDirection='column'>
			{shown.map((line, index) => <Text key={index} wrap='truncate'>{theme.paint(token, fitCell(` ${line}`, width, 'left', theme.signs.ellipsis))}</Text>)}
		</Box>
	);
};

/** A line for a note, which may be absent; a long one needs the rows above it too. */
export const NoteLine = ({note, width}: {readonly note: Note | null; readonly width: number}) => {
	const theme = useTheme();
	const isLong = note !== null && cellWidth(note.text) > width - 2;
	return (
		<Box width={width} height={1}>
			{isLong && <NoteLines note={note} width={width}/>}
			<Text wrap='truncate'>{note === null || isLong ? ' ' : ` ${theme.paint(note.token, note.text)}`}</Text>
		</Box>
	);
};
