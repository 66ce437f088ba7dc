import {memo} from 'react';
import {Text} from 'ink';
import {fitCell} from '../../../domain/text/cells.ts';
import {type EndpointHealth} from '../../../services/services.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {useTheme} from '../../theme.ts';
import {healthLines} from './health-lines.ts';

type HealthStripProps = {
	readonly endpoints: readonly EndpointHealth[];
	/** As `healthRows` gives them. */
	readonly rows: number;
	readonly width: number;
	readonly now: number;
};

/** How many lines the strip takes on a screen of so many rows. */
export const healthRows = (endpoints: number, screenRows: number): number => Math.min(endpoints, screenRows >= 40 ? 6 : (screenRows >= 24 ? 3 : 1));

/** A line for each endpoint, those in trouble first; the last line counts what does not fit. */
export const HealthStrip = memo(({endpoints, rows, width, now}: HealthStripProps) => {
	const theme = useTheme();
	const shown = endpoints.slice(0, endpoints.length <= rows ? rows : Math.max(1, rows - 1));
	const more = endpoints.length - shown.length;
	const note = `+${formatCount(more)} more, W lists all`;
	// With a single line the endpoint most in trouble and the count share it.
	const isShared = more > 0 && rows === 1;
	const lines = healthLines(shown, {width: width - 2 - (isShared ? note.length + 2 : 0), now, theme});
	return (
		<>
			{lines.map((line, index) => <Text key={index} wrap='truncate'>{` ${line}${isShared ? `  ${theme.paint('secondary', note)}` : ''}`}</Text>)}
			{more > 0 && !isShared && <Text wrap='truncate'>{theme.paint('secondary', fitCell(`   ${note}`, width).trimEnd())}</Text>}
		</>
	);
});
HealthStrip.displayName = 'HealthStrip';
