import {useEffect, useState} from 'react';
import {Box, Text} from 'ink';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type Settings} from '../../../services/services.ts';
import {describeFailure} from '../../failure-text.ts';
import {useResource} from '../../hooks/use-resource.ts';
import {NoteLine} from '../../components/frame/note-lines.tsx';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useMessage} from '../../message-context.ts';
import {useSurroundings} from '../../services-context.ts';
import {useTheme} from '../../theme.ts';
import {useTimeView} from '../../time-context.ts';
import {settingsLines} from './settings-lines.ts';

type SettingsOverlayProps = {
	readonly settings: Settings;
	readonly isReadOnly: boolean;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** What is set, what was pulled and what failed; `p` pulls. */
export const SettingsOverlay = ({settings, isReadOnly, width, height, onClose}: SettingsOverlayProps) => {
	const theme = useTheme();
	const message = useMessage();
	const {services, notices, say, now} = useSurroundings();
	const {zone} = useTimeView();
	const [version, setVersion] = useState(0);
	const [top, setTop] = useState(0);
	const {value: pulls, failure} = useResource(`pulls ${version}`, async () => services.pulls());
	useEffect(() => notices.subscribe(() => {
		setVersion(before => before + 1);
	}), [notices]);
	const lines = pulls === null ? [` ${failure ?? 'looking'}`] : settingsLines({settings, pulls, now: now(), zone, width, theme});
	// The title, and what came of the last key.
	const rows = height - 2;
	const last = Math.max(0, lines.length - rows);
	const scroll = (by: number) => () => {
		setTop(before => Math.max(0, Math.min(last, before + by)));
	};

	const pull = () => {
		if (isReadOnly) {
			say('the store is read-only, and takes no pull', 'failure');
			return;
		}

		services.startPull().then(({id}) => {
			say(`${id} pulls`);
			setVersion(before => before + 1);
		}, (error: unknown) => {
			say(describeFailure(error), 'failure');
		});
	};

	useKeys('menu', {close: onClose, choose: onClose, down: scroll(1), up: scroll(-1), pageDown: scroll(rows), pageUp: scroll(-rows)}, {
		isModal: true,
		onText(text) {
			const by = {j: 1, k: -1, ' ': rows, g: -lines.length, G: lines.length}[text];
			if (by !== undefined) {
				scroll(by)();
			} else if (text === 'p') {
				pull();
			} else if (text === 'q' || text === 'S') {
				onClose();
			}
		},
	});

	const first = Math.min(top, last);
	const more = last > 0 ? `  ${first + 1}-${Math.min(lines.length, first + rows)} of ${lines.length}, j k scroll` : '';
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Text wrap='truncate'>{theme.paint('heading', ' Settings and sources')}{theme.paint('secondary', `${more}  p pulls  esc closes  auditty settings KEY VALUE changes one`)}</Text>
			<Box flexDirection='column' flexGrow={1}>
				{lines.slice(first, first + rows).map((line, index) => <Text key={index} wrap='truncate'>{line === '' ? ' ' : line}</Text>)}
			</Box>
			<NoteLine note={message === null ? null : {text: makeSafe(message.text), token: message.kind === 'failure' ? 'failure' : 'plain'}} width={width}/>
		</Box>
	);
};
