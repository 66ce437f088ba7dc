import {Box, Text} from 'ink';
import {cellWidth} from '../../../domain/text/cells.ts';
import {useKeyLayers, useKeyLayersVersion} from '../../keymap/keymap-context.tsx';
import {useTheme} from '../../theme.ts';
import {NoteLines, type Note} from './note-lines.tsx';
import {spread, type Piece} from './spread.ts';

type FooterProps = {
	/** What is going on; what is longer than the line stands above it. */
	readonly status: Note | null;
	readonly width: number;
};

const keyNames: Readonly<Record<string, string>> = {'S-tab': 'shift-tab', pgdn: 'page down', pgup: 'page up'};

export const nameOfKey = (key: string): string => keyNames[key] ?? key;

/** What is going on, and what can I do: keys of what is in front, the most useful first. */
export const Footer = ({status, width}: FooterProps) => {
	const theme = useTheme();
	const layers = useKeyLayers();
	useKeyLayersVersion();
	const front = layers.contexts()[0];
	const hints = layers.available()
		.filter(({binding, handler}) => binding.footer !== undefined && handler.disabledReason === undefined && (binding.context === front || binding.command === 'global.help'))
		.toSorted((one, other) => (one.binding.footerRank ?? 0) - (other.binding.footerRank ?? 0))
		.map(({binding, handler}) => hintOf(binding.keys[0] ?? '', handler.footer ?? binding.footer ?? '', theme.paint));
	// Help leads nowhere but is always there, so it stands last and never leaves.
	const [help, ...rest] = hints;
	const room = width - (help?.text.length ?? 0) - 1;
	const text = status === null ? '' : ` ${status.text}  `;
	const isBeside = cellWidth(text) <= room;
	const beside = status !== null && isBeside ? [{text, styled: theme.paint(status.token, text)}] : [];
	const shown = help ? fitting(rest, room - (isBeside ? cellWidth(text) : 0)).concat(help) : [];
	return (
		<Box width={width} height={1}>
			{status !== null && !isBeside && <NoteLines note={status} width={width}/>}
			<Text wrap='truncate'>{spread(beside, shown.length > 0 ? [joined(shown)] : [], width)}</Text>
		</Box>
	);
};

const hintOf = (firstKey: string, words: string, paint: (token: 'key' | 'secondary', text: string) => string): Piece => {
	const key = nameOfKey(firstKey);
	return {text: `${key} ${words}  `, styled: `${paint('key', key)} ${paint('secondary', words)}  `};
};

const fitting = (pieces: readonly Piece[], room: number): Piece[] => {
	const kept: Piece[] = [];
	let left = room;
	for (const piece of pieces) {
		left -= piece.text.length;
		if (left < 0) {
			break;
		}

		kept.push(piece);
	}

	return kept;
};

const joined = (pieces: readonly Piece[]): Piece => ({
	text: pieces.map(({text}) => text).join(''),
	styled: pieces.map(({styled, text}) => styled ?? text).join(''),
});
