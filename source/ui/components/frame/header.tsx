import {Text} from 'ink';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {zoneLabel} from '../../../domain/time/format-time.ts';
import {useTheme} from '../../theme.ts';
import {useTimeView} from '../../time-context.ts';
import {spread} from './spread.ts';

type HeaderProps = {
	readonly projectName: string | null;
	readonly storeName: string;
	readonly isReadOnly: boolean;
	readonly width: number;
	/** When what is shown was last read, as clock time. */
	readonly asOf: string;
};

/** Where am I: product, project or store, and the time zone of every time on the screen. */
export const Header = ({projectName, storeName, isReadOnly, width, asOf}: HeaderProps) => {
	const theme = useTheme();
	const {mode, zones} = useTimeView();
	const name = makeSafe(projectName ?? storeName);
	const timeLabel = zoneLabel(mode, zones);
	const left = [
		{text: ' auditty ', styled: theme.paint('accent', ' auditty ')},
		{text: ` ${name}`, styled: ` ${theme.paint('strong', name)}`},
		...(projectName === null || width < 100 ? [] : [{text: `  ${makeSafe(storeName)}`, styled: theme.paint('secondary', `  ${makeSafe(storeName)}`)}]),
		...(isReadOnly ? [{text: '  read-only', styled: theme.paint('waiting', '  read-only')}] : []),
	];
	return <Text wrap='truncate'>{spread(left, [{text: timeLabel, styled: theme.paint('secondary', timeLabel)}, {text: `, as of ${asOf} `, styled: theme.paint('secondary', `, as of ${asOf} `)}], width)}</Text>;
};
