import {useReducer} from 'react';
import {Box, Text} from 'ink';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {useTheme} from '../../theme.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {initialMenuState, reduceMenu, visibleItems, type MenuAction, type MenuItem, type MenuState} from './menu-state.ts';
import {menuLines} from './menu-lines.ts';

export type {MenuItem} from './menu-state.ts';

type MenuProps<Item extends MenuItem> = {
	readonly title: string;
	/** Lines between the title and what can be chosen. */
	readonly about?: readonly string[] | undefined;
	readonly items: readonly Item[];
	/** Terminal cells and rows, title line included. Fewer rows are drawn when there are fewer items. */
	readonly width: number;
	readonly height: number;
	/** Called before the chosen item runs, and on Esc. */
	readonly onClose: () => void;
	/** Typing filters the items; without it `j` and `k` move and the items' own keys choose. */
	readonly isFilterable?: boolean;
	/** An item made of what is typed, shown first. */
	readonly typedItem?: ((filter: string) => Item | null) | undefined;
	/** Shown when there are no items at all. */
	readonly emptyText?: string;
	/** Removes the item under the cursor; absent, the key does nothing. */
	readonly onRemove?: ((item: Item) => void) | undefined;
	/** Index of the item that the cursor begins at. */
	readonly initialCursor?: number;
	readonly isActive?: boolean;
};

/**
 * A title line and rows to choose from, drawn in place. It takes every key while it is there. The key of an item runs it
 * at once; a disabled item stays and says why.
 */
export const Menu = <Item extends MenuItem>({title, about = [], items, width, height, onClose, isFilterable = false, typedItem, emptyText, onRemove, initialCursor = 0, isActive = true}: MenuProps<Item>) => {
	const theme = useTheme();
	const rows = Math.max(1, height - 1 - about.length);
	const shownFor = (filter: string): readonly Item[] => {
		const typed = typedItem?.(filter) ?? null;
		return typed === null ? visibleItems(items, filter) : [typed, ...visibleItems(items, filter)];
	};

	const [state, dispatch] = useReducer(
		(before: MenuState, action: MenuAction) => reduceMenu(before, action, {rows, count: filter => shownFor(filter).length}),
		initialMenuState(initialCursor),
		initial => reduceMenu(initial, {type: 'move', by: 0}, {rows, count: () => items.length}),
	);
	const shown = shownFor(state.filter);
	const cursor = Math.min(state.cursor, Math.max(0, shown.length - 1));
	const current = shown[cursor];

	const choose = (item: Item | undefined) => {
		if (item && item.disabledReason === undefined) {
			onClose();
			item.run();
		}
	};

	const move = (by: number, isRound = false) => () => {
		dispatch({type: 'move', by, isRound});
	};

	useKeys('menu', {
		down: move(1, true),
		up: move(-1, true),
		pageDown: move(rows),
		pageUp: move(-rows),
		choose: {
			run() {
				choose(current);
			},
			disabledReason: current?.disabledReason,
		},
		remove: onRemove && current ? () => {
			onRemove(current);
		} : undefined,
		close: onClose,
	}, {
		isActive,
		isModal: true,
		onText(text) {
			if (isFilterable) {
				dispatch({type: 'typed', text});
				return;
			}

			const item = items.find(({key}) => key === text);
			if (item) {
				choose(item);
				return;
			}

			const by = ({j: 1, k: -1} as const)[text as 'j' | 'k'];
			if (by === undefined && text === 'q') {
				onClose();
			} else if (by !== undefined) {
				dispatch({type: 'move', by, isRound: true});
			}
		},
		onKey(name) {
			const what = ({backspace: 'character', 'ctrl-h': 'character', 'ctrl-w': 'word', 'ctrl-u': 'all'} as const)[name as 'backspace'];
			if (what === undefined) {
				return false;
			}

			dispatch({type: 'erased', what});
			return true;
		},
	});

	const [heading, ...lines] = menuLines({title, items: shown, width, rows, cursor, top: state.top, filter: state.filter, isFilterable, emptyText, theme});
	return (
		<Box flexDirection='column' width={width}>
			<Text wrap='truncate'>{heading}</Text>
			{about.map((line, index) => <Text key={index} wrap='truncate'>{`   ${makeSafe(line)}`}</Text>)}
			{lines.map((line, index) => <Text key={index} wrap='truncate'>{line}</Text>)}
		</Box>
	);
};
