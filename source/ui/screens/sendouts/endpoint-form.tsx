import {useReducer, useState} from 'react';
import {Box, Text} from 'ink';
import {fitCell} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type EndpointSecret} from '../../../services/services.ts';
import {editText} from '../../components/text-field/text-state.ts';
import {textLine} from '../../components/text-field/text-line.ts';
import {describeFailure} from '../../failure-text.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useTheme} from '../../theme.ts';
import {useSurroundings} from '../../services-context.ts';
import {emptyEndpointForm, firstHeader, readEndpointForm, reduceEndpointForm} from './endpoint-form-state.ts';

type EndpointFormProps = {
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
	readonly onAdded: (added: EndpointSecret) => void;
};

const labelCells = 10;
const labels = ['URL', 'events', 'at once', 'header'];
const hints = [
	'https://shop.example.com/hooks',
	'* for all; redemption.succeeded, campaign.*, log.failed, task.done, task.failed, export.done',
	'how many deliveries run at once, 1 to 64',
	'Name: value, sent with every delivery',
];

/** Asks where to send what. What is wrong with it is said here, and what was typed stays. */
export const EndpointForm = ({width, height, onClose, onAdded}: EndpointFormProps) => {
	const theme = useTheme();
	const {services} = useSurroundings();
	const [state, dispatch] = useReducer(reduceEndpointForm, emptyEndpointForm);
	const [problem, setProblem] = useState<string | null>(null);
	const [isAdding, setAdding] = useState(false);

	const add = () => {
		const request = readEndpointForm(state);
		if (typeof request === 'string') {
			setProblem(request);
			return;
		}

		setAdding(true);
		setProblem(null);
		services.addEndpoint(request).then(onAdded, (error: unknown) => {
			setAdding(false);
			setProblem(describeFailure(error));
		});
	};

	const focus = (by: number) => () => {
		dispatch({type: 'focus', by});
	};

	const edit = (key: string) => () => {
		dispatch({type: 'edit', key});
	};

	useKeys('form', {
		nextField: focus(1),
		previousField: focus(-1),
		left: edit('left'),
		right: edit('right'),
		apply: {run: add, disabledReason: isAdding ? 'it is being added' : undefined},
		cancel: onClose,
	}, {
		isModal: true,
		onText(text) {
			dispatch({type: 'type', text});
		},
		onKey(name) {
			if (editText(state.fields[state.focus]!, name) === null) {
				return false;
			}

			dispatch({type: 'edit', key: name});
			return true;
		},
	});

	const room = Math.max(10, width - labelCells - 5);
	const lines = state.fields.map((field, index) => {
		const isFocused = index === state.focus;
		const label = fitCell(labels[Math.min(index, firstHeader)] ?? '', labelCells);
		const value = field.text === '' && !isFocused ? theme.paint('secondary', fitCell(hints[Math.min(index, firstHeader)] ?? '', room, 'left', theme.signs.ellipsis).trimEnd()) : textLine(field, room, theme, isFocused);
		return `${isFocused ? theme.paint('accent', ` ${theme.signs.cursor} `) : '   '}${isFocused ? theme.paint('strong', label) : label} ${value}`;
	});
	const hint = hints[Math.min(state.focus, firstHeader)] ?? '';
	const top = Math.max(0, Math.min(state.focus - height + 4, lines.length - height + 3));
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Text wrap='truncate'>{theme.paint('heading', ' Add an endpoint')}{theme.paint('secondary', '  enter adds it · esc leaves it')}</Text>
			{lines.slice(top, top + height - 3).map((line, index) => <Text key={index} wrap='truncate'>{line}</Text>)}
			<Text wrap='truncate'>{theme.paint('secondary', `   ${hint}`)}</Text>
			<Text wrap='truncate'>{problem === null ? ' ' : theme.paint('failure', `   ${makeSafe(problem)}`)}</Text>
		</Box>
	);
};
