import {useMemo, useState} from 'react';
import {Box, Text} from 'ink';
import {cellWidth, fitCell, wrapCells} from '../../../domain/text/cells.ts';
import {nameOfKey} from '../../components/frame/footer.tsx';
import {bindings} from '../../keymap/bindings.ts';
import {contextTitles, type Binding} from '../../keymap/binding.ts';
import {useKeyLayers, useKeys} from '../../keymap/keymap-context.tsx';
import {useTheme, type Theme} from '../../theme.ts';

type HelpOverlayProps = {
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** Every key that works here, from the table of bindings; then those of other places. */
export const HelpOverlay = ({width, height, onClose}: HelpOverlayProps) => {
	const theme = useTheme();
	const layers = useKeyLayers();
	// What was in front when help was asked for.
	const [available] = useState(() => layers.available());
	const lines = useMemo(() => helpLines(available, width, theme), [available, width, theme]);
	const [top, setTop] = useState(0);
	const rows = height - 1;
	const last = Math.max(0, lines.length - rows);
	const scroll = (by: number) => () => {
		setTop(before => Math.max(0, Math.min(last, before + by)));
	};

	useKeys('menu', {close: onClose, choose: onClose, down: scroll(1), up: scroll(-1), pageDown: scroll(rows), pageUp: scroll(-rows)}, {
		isModal: true,
		onText(text) {
			const by = {j: 1, k: -1, ' ': rows, g: -lines.length, G: lines.length}[text];
			if (by !== undefined) {
				scroll(by)();
			} else if (text === 'q' || text === '?') {
				onClose();
			}
		},
	});

	const more = last > 0 ? `  ${top + 1}-${Math.min(lines.length, top + rows)} of ${lines.length}, j k scroll` : '';
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Text wrap='truncate'>{theme.paint('heading', ' Help')}{theme.paint('secondary', `${more}  esc closes`)}</Text>
			{lines.slice(top, top + rows).map((line, index) => <Text key={index} wrap='truncate'>{line === '' ? ' ' : line}</Text>)}
		</Box>
	);
};

const keyColumn = 18;

const helpLines = (available: ReadonlyArray<{readonly binding: Binding; readonly handler: {readonly disabledReason?: string | undefined}}>, width: number, theme: Theme): readonly string[] => {
	const here = new Map(available.map(({binding, handler}) => [binding.command, handler.disabledReason ?? '']));
	const sections = [
		['', bindings.filter(({command}) => here.has(command))] as const,
		['Elsewhere', bindings.filter(({command}) => !here.has(command))] as const,
	];
	return sections.flatMap(([title, chosen]) => {
		const groups = Map.groupBy(chosen, ({context, group}) => group === contextTitles[context] ? group : `${contextTitles[context]}: ${group}`);
		return [
			...(title === '' ? [] : ['', theme.paint('heading', ` ${title}`)]),
			...[...groups].flatMap(([group, members]) => ['', theme.paint('secondary', ` ${group}`), ...inColumns(members.map(binding => entry(binding, here.get(binding.command) ?? '', width, theme)), width)]),
		];
	});
};

const entryWidth = (width: number): number => width >= 150 ? Math.floor((width - 2) / 3) : (width >= 100 ? Math.floor((width - 2) / 2) : width - 2);

/** The keys and what they do, in lines of one width; what is long goes on below itself. */
const entry = ({keys, title}: Binding, disabledReason: string, width: number, theme: Theme): readonly string[] => {
	const names = keys.map(key => nameOfKey(key)).join(' ');
	const keyCells = Math.max(keyColumn, cellWidth(names));
	const room = entryWidth(width) - keyCells - 2;
	return wrapCells(disabledReason === '' ? title : `${title} (${disabledReason})`, room).map((line, index) => {
		const text = fitCell(line.trimEnd(), room);
		return `${index === 0 ? theme.paint('key', names.padEnd(keyCells)) : ' '.repeat(keyCells)} ${disabledReason === '' ? text : theme.paint('secondary', text)} `;
	});
};

const inColumns = (entries: ReadonlyArray<readonly string[]>, width: number): readonly string[] => {
	const columns = Math.max(1, Math.floor((width - 2) / entryWidth(width)));
	const rows = Math.ceil(entries.length / columns);
	const empty = ' '.repeat(entryWidth(width));
	return Array.from({length: rows}, (_, row) => Array.from({length: columns}, (__, column) => entries[(column * rows) + row] ?? [])).flatMap(beside =>
		Array.from({length: Math.max(...beside.map(lines => lines.length))}, (_, line) => ` ${beside.map(lines => lines[line] ?? empty).join('')}`));
};
