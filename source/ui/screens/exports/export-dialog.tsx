import {useReducer, useState} from 'react';
import {Box, Text} from 'ink';
import {fieldNamed, fieldTables} from '../../../domain/fields/field-tables.ts';
import {type Tab} from '../../../domain/records.ts';
import {fitCell} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useResource} from '../../hooks/use-resource.ts';
import {useSurroundings} from '../../services-context.ts';
import {useTheme, type Theme} from '../../theme.ts';
import {describeFailure} from '../../failure-text.ts';
import {chosenFields, createExportDialogReducer, exportDialogOf, optionRows, type ExportDialogState} from './export-dialog-state.ts';

type ExportDialogProps = {
	readonly tab: Tab;
	readonly query: string;
	/** Columns chosen last time. */
	readonly fields: readonly string[] | undefined;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
	readonly onFields: (fields: readonly string[]) => void;
};

/** What to export: the query as it stands, columns, order; and how many rows that is. */
export const ExportDialog = ({tab, query, fields, width, height, onClose, onFields}: ExportDialogProps) => {
	const theme = useTheme();
	const {services, say} = useSurroundings();
	const [reduce] = useState(() => createExportDialogReducer(tab));
	const [state, dispatch] = useReducer(reduce, fields, remembered => exportDialogOf(tab, remembered));
	const [, many] = fieldTables[tab].noun;
	const count = useResource(`${tab} ${query}`, async signal => services.count({tab, query, isWithoutDefault: true, cap: 1_000_000}, signal));
	const chosen = chosenFields(state);

	const start = () => {
		onFields(chosen);
		onClose();
		services.startExport({tab, query, isWithoutDefault: true, fields: chosen, order: state.order, isRaw: state.isRaw}).then(started => {
			say(`export ${started.export.id} is scheduled: 3 shows it`);
		}, (error: unknown) => {
			say(describeFailure(error), 'failure');
		});
	};

	const move = (by: number) => () => {
		dispatch({type: 'move', by});
	};

	const toggle = () => {
		dispatch({type: 'toggle'});
	};

	useKeys('form', {
		nextField: move(1),
		previousField: move(-1),
		choose: toggle,
		left: toggle,
		right: toggle,
		apply: {run: start, footer: 'start the export', disabledReason: chosen.length === 0 ? 'choose a column first' : undefined},
		cancel: onClose,
		reset() {
			dispatch({type: 'choose', which: 'default'});
		},
	}, {
		isModal: true,
		onText(text) {
			const by = {j: 1, k: -1}[text];
			if (by !== undefined) {
				move(by)();
			} else if (text === 'a' || text === 'n') {
				dispatch({type: 'choose', which: text === 'a' ? 'all' : 'none'});
			} else if (text === 'q') {
				onClose();
			}
		},
	});

	const rows = count.value === null ? 'counting' : `${formatCount(count.value.count)}${count.value.isCapped || count.value.next !== null ? '+' : ''} rows`;
	const lines = dialogLines(state, tab, width, theme);
	const room = height - 4;
	const top = Math.max(0, Math.min(state.cursor - Math.floor(room / 2), lines.length - room));
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Text wrap='truncate'>{theme.paint('heading', ` Export ${many}`)}{theme.paint('secondary', `  ${rows}, ${chosen.length} columns`)}</Text>
			<Text wrap='truncate'>{theme.paint('secondary', `   ${query === '' ? 'everything stored' : makeSafe(query)}`)}</Text>
			<Text wrap='truncate'>{theme.paint('secondary', `   a all columns ${theme.signs.separator} n none ${theme.signs.separator} ctrl-x the default ones`)}</Text>
			{lines.slice(top, top + room).map((line, index) => <Text key={index} wrap='truncate'>{line}</Text>)}
		</Box>
	);
};

const dialogLines = (state: ExportDialogState, tab: Tab, width: number, theme: Theme): readonly string[] => {
	const line = (index: number, label: string, value: string, hint = ''): string => {
		const isCursor = index === state.cursor;
		const sign = isCursor ? theme.paint('accent', ` ${theme.signs.cursor} `) : '   ';
		const text = `${fitCell(label, 22)} ${fitCell(value, Math.min(40, Math.max(10, width - 30)), 'left', theme.signs.ellipsis)}`;
		return `${sign}${isCursor ? theme.paint('selected', text) : text} ${theme.paint('secondary', hint)}`;
	};

	return [
		line(0, 'order', state.order === '-created_at' ? 'newest first' : 'oldest first'),
		line(1, 'spreadsheet formulas', state.isRaw ? 'as they are (raw)' : 'neutralised'),
		...state.offered.map((name, index) => line(index + optionRows, `${state.chosen.has(name) ? theme.signs.mark : ' '} ${name}`, fieldNamed(tab, name)?.label ?? '')),
	];
};
