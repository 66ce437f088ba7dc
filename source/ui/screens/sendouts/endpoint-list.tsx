import {useState} from 'react';
import {Box, Text} from 'ink';
import {type EndpointHealth} from '../../../services/services.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {copyText} from '../../terminal/copy-text.ts';
import {useTheme} from '../../theme.ts';
import {useTimeView} from '../../time-context.ts';
import {aboutEndpoint} from './about-endpoint.ts';
import {healthLines} from './health-lines.ts';
import {type Health} from './use-health.ts';
import {type EndpointAction} from './endpoint-confirmation.ts';

type EndpointListProps = {
	readonly health: Health;
	readonly now: number;
	/** Why nothing can be changed. */
	readonly readOnly: string | undefined;
	readonly width: number;
	readonly height: number;
	/** The endpoint that the cursor begins at. */
	readonly startId: string | null;
	/** Something asks in front of it. */
	readonly isActive: boolean;
	readonly onClose: () => void;
	readonly onOpen: (of: EndpointHealth) => void;
	readonly onAdd: () => void;
	readonly onReplay: (of: EndpointHealth) => void;
	readonly onAsk: (action: EndpointAction, of: EndpointHealth) => void;
};

/** Every endpoint with how it fares, and below them what is known of the one under the cursor. */
export const EndpointList = ({health: {endpoints, isKnown, failure}, now, readOnly, width, height, startId, isActive, onClose, onOpen, onAdd, onReplay, onAsk}: EndpointListProps) => {
	const theme = useTheme();
	const surroundings = useSurroundings();
	const {zones} = useTimeView();
	// By ID: what is in trouble moves up, and the cursor goes with it.
	const [cursorId, setCursorId] = useState(startId);
	const cursor = Math.max(0, endpoints.findIndex(({endpoint}) => endpoint.id === cursorId));
	const current = endpoints[cursor];
	const none = current ? undefined : 'there is no endpoint yet: a adds one';

	const go = (index: number) => {
		setCursorId(endpoints[Math.max(0, Math.min(index, endpoints.length - 1))]?.endpoint.id ?? null);
	};

	const withCurrent = (run: (of: EndpointHealth) => void, reason = none) => ({
		run() {
			if (current) {
				run(current);
			}
		},
		disabledReason: reason,
	});
	const ask = (action: EndpointAction) => withCurrent(of => {
		onAsk(action, of);
	}, readOnly ?? none);

	useKeys('endpoints', {
		down() {
			go(cursor + 1);
		},
		up() {
			go(cursor - 1);
		},
		first() {
			go(0);
		},
		last() {
			go(endpoints.length - 1);
		},
		open: withCurrent(onOpen),
		add: {run: onAdd, disabledReason: readOnly},
		test: ask('test'),
		enable: ask(current?.endpoint.active === false ? 'enable' : 'disable'),
		replay: withCurrent(onReplay, readOnly ?? none),
		rotate: ask('rotate'),
		remove: ask('remove'),
		copy: withCurrent(({endpoint: {id}}) => {
			void copyText({what: 'endpoint ID', text: id, name: id, suffix: 'txt'}, surroundings);
		}),
		close: onClose,
	}, {isActive});

	const about = current ? aboutEndpoint(current, zones) : [];
	const rows = Math.max(1, height - 2 - about.length);
	const top = Math.max(0, Math.min(cursor - Math.floor(rows / 2), endpoints.length - rows));
	const lines = healthLines(endpoints.slice(top, top + rows), {width: width - 4, now, theme, plainAt: cursor - top});
	const title = endpoints.length > rows ? `  ${cursor + 1}/${endpoints.length}` : (endpoints.length === 0 ? '' : `  ${endpoints.length}`);
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Text wrap='truncate'>{theme.paint('heading', ' Webhook endpoints')}{theme.paint('secondary', `${title}  of the last 24 hours`)}</Text>
			{lines.map((line, index) => (
				<Text key={index} wrap='truncate'>{top + index === cursor ? `${theme.paint('accent', ` ${theme.signs.cursor} `)}${theme.paint('selected', line)}` : `   ${line}`}</Text>
			))}
			{endpoints.length === 0 && <Text wrap='truncate'>{theme.paint(failure === null ? 'secondary' : 'failure', `   ${failure ?? (isKnown ? 'No endpoint yet: a adds one, and events that it subscribes to are sent there.' : 'reading the endpoints')}`)}</Text>}
			{about.length > 0 && <Text> </Text>}
			{about.map((line, index) => <Text key={index} wrap='truncate'>{theme.paint(index === 0 ? 'plain' : 'secondary', `   ${line}`)}</Text>)}
		</Box>
	);
};
