import {useState} from 'react';
import {Box, Text} from 'ink';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {instantOfDate, parseDate} from '../../../domain/time/parse-date.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {nameOfKey} from '../../components/frame/footer.tsx';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {useKeyLayers, useMounted} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {useTimeView} from '../../time-context.ts';

type PaletteOverlayProps = {
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
	readonly onGoTo: (at: number) => void;
	readonly onImport: () => void;
};

/** Every command that can run where the person was, by name; and going to a time. */
export const PaletteOverlay = ({width, height, onClose, onGoTo, onImport}: PaletteOverlayProps) => {
	const layers = useKeyLayers();
	const [isAsking, setAsking] = useState(false);
	// Taken when the palette opens: with it in front, the layers behind are hidden.
	const [commands] = useState(() => layers.available().filter(({binding}) => binding.isKeyOnly !== true));
	useMounted(() => undefined);
	if (isAsking) {
		return <GoToPrompt width={width} height={height} onClose={onClose} onGoTo={onGoTo}/>;
	}

	const items = [
		{
			label: 'goto TIME',
			hint: '2026-11-22T10:00, 3h, yesterday’s date',
			run() {
				setAsking(true);
			},
		},
		{label: 'Import a file', hint: '', run: onImport},
		...commands.filter(({binding}) => binding.command !== 'global.palette' && binding.command !== 'list.import').map(({binding, handler}) => ({
			label: binding.title,
			hint: `${binding.command}  ${binding.keys.map(key => nameOfKey(key)).join(' ')}`,
			disabledReason: handler.disabledReason,
			run() {
				// The layers behind come back once the palette is gone.
				setImmediate(() => {
					layers.run(binding.command);
				});
			},
		})),
	];
	return <Menu title='Palette' items={items} width={width} height={height} isFilterable onClose={() => {
		setImmediate(onClose);
	}}/>;
};

const GoToPrompt = ({width, height, onClose, onGoTo}: Pick<PaletteOverlayProps, 'width' | 'height' | 'onClose' | 'onGoTo'>) => {
	const {say, now} = useSurroundings();
	const {zones} = useTimeView();
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Box flexGrow={1}><Text wrap='truncate'>   A duration back from now (90m, 3h, 2d), or a date or time in project time ({makeSafe(zones.project)}).</Text></Box>
			<Prompt
				label='goto' width={width} onCancel={onClose}
				onSubmit={text => {
					const parsed = parseDate(text.trim());
					onClose();
					if (parsed.ok) {
						onGoTo(instantOfDate(parsed.form, 'until', {now: now(), timezone: zones.project}));
					} else {
						say(`"${text}" is no time: try 3h, 2026-11-22 or 2026-11-22T10:00`, 'failure');
					}
				}}
			/>
		</Box>
	);
};
