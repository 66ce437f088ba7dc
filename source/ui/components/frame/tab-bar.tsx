import {Text} from 'ink';
import {fieldTables} from '../../../domain/fields/field-tables.ts';
import {tabs, type Tab} from '../../../domain/records.ts';
import {type Overview} from '../../../services/services.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
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

export const TabBar = ({active, overview, width}: TabBarProps) => {
	const theme = useTheme();
	const pieces = tabs.flatMap((tab, index): readonly Piece[] => {
		const title = ` ${index + 1} ${fieldTables[tab].title}`;
		const styled = tab === active ? ` ${theme.paint('selected', `${title.slice(1)} `)}` : `${theme.paint('secondary', title)} `;
		const badge = badgeOf(tab, overview, theme);
		return [{text: `${title} `, styled}, ...(badge ? [badge] : []), {text: ' '}];
	});
	return <Text wrap='truncate'>{spread(pieces, [], width)}</Text>;
};
