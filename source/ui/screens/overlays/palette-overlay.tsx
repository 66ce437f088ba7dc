import {useRef, useState} from 'react';
import {Box, Text} from 'ink';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {instantOfDate, parseDate} from '../../../domain/time/parse-date.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {nameOfKey} from '../../components/frame/footer.tsx';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {useKeyLayers} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {useTimeView} from '../../time-context.ts';

type PaletteOverlayProps = {
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
	readonly onGoTo: (at: number) => void;
	/** Runs a command once the palette is gone and what it lay over is in front again. */
	readonly onRun: (command: string) => void;
	readonly onImport: () => void;
};

/** Every command that can run where the person was, by name; and going to a time. */
export const PaletteOverlay = ({width, height, onClose, onGoTo, onRun, onImport}: PaletteOverlayProps) => {
	const layers = useKeyLayers();
	const [isAsking, setAsking] = useState(false);
	// What was chosen has a second step.
	const isStaying = useRef(false);
	// Taken when the palette opens: with it in front, the layers behind are hidden.
	const [commands] = useState(() => layers.available().filter(({binding}) => binding.isKeyOnly !== true));
	const {say, now} = useSurroundings();
	const {zones} = useTimeView();
	const goTo = (text: string) => {
		const at = readTime(text, now(), zones.project);
		if (at === null) {
			say(`"${text}" is no time: try 3h, 2026-11-22 or 2026-11-22T10:00`, 'failure');
		} else {
			onGoTo(at);
		}
	};

	if (isAsking) {
		return <GoToPrompt width={width} height={height} zone={zones.project} onClose={onClose} onGoTo={goTo}/>;
	}

	const items = [
		{
			label: 'goto TIME',
			hint: '2026-11-22T10:00, 3h, yesterday’s date',
			run() {
				isStaying.current = true;
				setAsking(true);
			},
		},
		{
			label: 'Import a file',
			hint: 'HAR, NDJSON or CSV',
			run() {
				isStaying.current = true;
				onImport();
			},
		},
		...commands.filter(({binding}) => binding.command !== 'global.palette' && binding.command !== 'list.import').map(({binding, handler}) => ({
			label: binding.title,
			hint: `${binding.command}  ${binding.keys.map(key => nameOfKey(key)).join(' ')}`,
			disabledReason: handler.disabledReason,
			run() {
				onRun(binding.command);
			},
		})),
	];
	const typedItem = (filter: string) => {
		const time = /^\s*goto\s+(\S.*)$/.exec(filter)?.[1];
		return time === undefined ? null : {
			label: `goto ${time}`,
			hint: 'the list from that time on',
			run() {
				goTo(time);
			},
		};
	};

	return (
		<Menu
			title='Palette' items={items} width={width} height={height} isFilterable typedItem={typedItem}
			onClose={() => {
				// Not before what was chosen has run: it may go on to a second step.
				setImmediate(() => {
					if (!isStaying.current) {
						onClose();
					}
				});
			}}
		/>
	);
};

const readTime = (text: string, now: number, timezone: string): number | null => {
	const parsed = parseDate(text.trim());
	return parsed.ok ? instantOfDate(parsed.form, 'until', {now, timezone}) : null;
};

type GoToPromptProps = {readonly width: number; readonly height: number; readonly zone: string; readonly onClose: () => void; readonly onGoTo: (text: string) => void};

const GoToPrompt = ({width, height, zone, onClose, onGoTo}: GoToPromptProps) => (
	<Box flexDirection='column' width={width} height={height}>
		<Box flexGrow={1}><Text wrap='truncate'>   A duration back from now (90m, 3h, 2d), or a date or time in project time ({makeSafe(zone)}).</Text></Box>
		<Prompt
			label='goto' width={width} onCancel={onClose}
			onSubmit={text => {
				onClose();
				onGoTo(text);
			}}
		/>
	</Box>
);
