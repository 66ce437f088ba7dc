import {Text} from 'ink';
import {type Binding} from '../../keymap/binding.ts';
import {useKeyLayers, useKeyLayersVersion} from '../../keymap/keymap-context.tsx';
import {useTheme} from '../../theme.ts';
import {spread, type Piece} from './spread.ts';

type FooterProps = {
	/** What is going on; already safe. */
	readonly status: readonly Piece[];
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
		.map(({binding}) => hintOf(binding, theme.paint));
	// Help leads nowhere but is always there, so it stands last and never leaves.
	const [help, ...rest] = hints;
	const used = status.reduce((sum, {text}) => sum + text.length, 0);
	const shown = help ? fitting(rest, width - used - help.text.length - 1).concat(help) : [];
	return <Text wrap='truncate'>{spread(status, shown.length > 0 ? [joined(shown)] : [], width)}</Text>;
};

const hintOf = ({keys, footer}: Binding, paint: (token: 'key' | 'secondary', text: string) => string): Piece => {
	const key = nameOfKey(keys[0] ?? '');
	return {text: `${key} ${footer ?? ''}  `, styled: `${paint('key', key)} ${paint('secondary', footer ?? '')}  `};
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
