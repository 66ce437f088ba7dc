import {Text} from 'ink';
import {fieldTables} from '../../../domain/fields/field-tables.ts';
import {tabs, type Tab} from '../../../domain/records.ts';
import {cellWidth, fitCell} from '../../../domain/text/cells.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {type Overview} from '../../../services/services.ts';
import {useTheme, type Theme} from '../../theme.ts';
import {spread, type Piece} from './spread.ts';

type TabBarProps = {
	readonly active: Tab;
	readonly overview: Overview | null;
	readonly width: number;
};

const badgeOf = (tab: Tab, overview: Overview | null, theme: Theme): Piece | null => {
	const running = overview?.runningTasks.length ?? 0;
	const failed = overview?.failedSendouts ?? 0;
	if (tab === 'tasks' && running > 0) {
		const text = ` ${theme.signs.running} ${formatCount(running)}`;
		return {text, styled: theme.paint('accent', text)};
	}

	if (tab === 'sendouts' && failed > 0) {
		const text = ` ${theme.signs.failure} ${formatCount(failed)}`;
		return {text, styled: theme.paint('failure', text)};
	}

	return null;
};

/** Cells of the titles of tabs that are not open: whole, or cut so that what waits for attention is seen on a narrow screen too. */
const titleRoom = (active: Tab, badges: ReadonlyMap<Tab, Piece | null>, width: number): number => {
	const others = tabs.filter(tab => tab !== active).map(tab => cellWidth(fieldTables[tab].title));
	const fixed = tabs.reduce((sum, tab) => sum + 5 + cellWidth(badges.get(tab)?.text ?? ''), cellWidth(fieldTables[active].title));
	let room = Math.max(...others);
	while (room > leastTitle && fixed + others.reduce((sum, cells) => sum + Math.min(cells, room), 0) > width) {
		room--;
	}

	return room;
};

/** Less of a title says nothing. */
const leastTitle = 7;

export const TabBar = ({active, overview, width}: TabBarProps) => {
	const theme = useTheme();
	const badges = new Map(tabs.map(tab => [tab, badgeOf(tab, overview, theme)]));
	const room = titleRoom(active, badges, width);
	const pieces = tabs.flatMap((tab, index): readonly Piece[] => {
		const name = fieldTables[tab].title;
		const title = ` ${index + 1} ${tab === active || cellWidth(name) <= room ? name : fitCell(name, room, 'left', theme.signs.ellipsis)}`;
		const styled = tab === active ? ` ${theme.paint('selected', `${title.slice(1)} `)}` : `${theme.paint('secondary', title)} `;
		const badge = badges.get(tab);
		return [{text: `${title} `, styled}, ...(badge ? [badge] : []), {text: ' '}];
	});
	return <Text wrap='truncate'>{spread(pieces, [], width)}</Text>;
};
