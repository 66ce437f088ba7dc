import {useReducer, useState} from 'react';
import {Box, Text} from 'ink';
import {queryKeysOf} from '../../../domain/fields/field-tables.ts';
import {parseQuery} from '../../../domain/query/parse-query.ts';
import {type Tab} from '../../../domain/records.ts';
import {fitCell} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {useResource} from '../../hooks/use-resource.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {useTheme, type Theme} from '../../theme.ts';
import {editText} from '../text-field/text-state.ts';
import {textLine} from '../text-field/text-line.ts';
import {createFormReducer, formOf, queryOf, textKey, valuesIn, type FormState} from './form-state.ts';
import {useChoices, type Choice} from './use-choices.ts';

type FilterFormProps = {
	readonly tab: Tab;
	readonly query: string;
	readonly width: number;
	readonly height: number;
	readonly onApply: (query: string) => void;
	readonly onCancel: () => void;
	readonly onSaveView: (query: string) => void;
};

const labelCells = 18;

/** A field for each key of the tab's table; what is typed is the query's own text, and values are offered beside it. */
export const FilterForm = ({tab, query, width, height, onApply, onCancel, onSaveView}: FilterFormProps) => {
	const theme = useTheme();
	const {services, say} = useSurroundings();
	const [reduce] = useState(() => createFormReducer(tab));
	const [state, dispatch] = useReducer(reduce, query, text => formOf(tab, text));
	const focused = state.fields[state.focus] ?? {key: textKey, field: {text: '', cursor: 0, killed: ''}};
	const choices = useChoices(tab, focused, state.isChosen);
	const text = queryOf(state);
	const parsed = parseQuery(text, tab);
	const problem = parsed.ok ? null : `${parsed.problem.message}, ${parsed.problem.remedy}`;
	const count = useResource(parsed.ok ? `${tab} ${text}` : null, async signal => services.count({tab, query: text, isWithoutDefault: true, cap: 10_000}, signal));

	const ifWhole = (run: (query: string) => void) => () => {
		if (problem === null) {
			run(text);
		} else {
			say(problem, 'failure');
		}
	};

	const chosen = choices[state.choice];
	const toggle = () => {
		const value = chosen ?? (choices.length > 0 && state.choice === -1 ? choices[0] : undefined);
		if (value) {
			dispatch({type: 'toggle', value: value.value});
		}
	};

	const edit = (key: string) => () => {
		dispatch({type: 'edit', key});
	};

	useKeys('form', {
		nextField() {
			dispatch({type: 'focus', by: 1});
		},
		previousField() {
			dispatch({type: 'focus', by: -1});
		},
		choose: choices.length > 0 ? toggle : undefined,
		left: choices.length > 0 ? () => {
			dispatch({type: 'point', by: -1, choices: choices.length});
		} : edit('left'),
		right: choices.length > 0 ? () => {
			dispatch({type: 'point', by: 1, choices: choices.length});
		} : edit('right'),
		apply: ifWhole(onApply),
		cancel: onCancel,
		save: ifWhole(onSaveView),
		reset() {
			dispatch({type: 'reset'});
		},
	}, {
		isModal: true,
		onText(typed) {
			dispatch({type: 'type', text: typed});
		},
		onKey(name) {
			if (editText(focused.field, name) === null) {
				return false;
			}

			dispatch({type: 'edit', key: name});
			return true;
		},
	});

	const matches = count.value === null ? '' : `${formatCount(count.value.count)}${count.value.isCapped || count.value.next !== null ? '+' : ''} match`;
	const isWide = width >= 100;
	const fieldsWidth = isWide ? Math.floor(width * 0.55) : width;
	const choiceRows = isWide ? height - 2 : 1;
	const rows = height - 2 - (isWide ? 0 : 1);
	const top = Math.max(0, Math.min(state.focus - Math.floor(rows / 2), state.fields.length - rows));
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Text wrap='truncate'>
				{theme.paint('heading', ' Filter')}
				{'  '}
				{problem === null ? `${matches}${matches === '' ? '' : '  '}${theme.paint('secondary', makeSafe(text))}` : theme.paint('failure', makeSafe(problem))}
			</Text>
			<Box width={width} height={height - 1 - (isWide ? 0 : 1)}>
				<Box flexDirection='column' width={fieldsWidth}>
					{fieldLines(state, tab, fieldsWidth, theme).slice(top, top + rows).map((line, index) => <Text key={index} wrap='truncate'>{line}</Text>)}
				</Box>
				{isWide && (
					<Box flexDirection='column' width={width - fieldsWidth}>
						{choiceColumn(choices, state.choice, valuesIn(tab, focused), choiceRows, width - fieldsWidth, theme).map((line, index) => <Text key={index} wrap='truncate'>{line}</Text>)}
					</Box>
				)}
			</Box>
			{!isWide && <Text wrap='truncate'>{choiceLine(choices, state.choice, valuesIn(tab, focused), width, theme)}</Text>}
		</Box>
	);
};

const fieldLines = (state: FormState, tab: Tab, width: number, theme: Theme): readonly string[] => {
	const keys = new Map(queryKeysOf(tab).map(bound => [bound.key, bound]));
	return state.fields.map(({key, field}, index) => {
		const isFocused = index === state.focus;
		const bound = keys.get(key);
		const sign = isFocused ? theme.paint('accent', ` ${theme.signs.cursor} `) : '   ';
		const label = fitCell(key === textKey ? 'words' : key, labelCells - 4);
		const hint = bound?.hint ?? 'in the text of the record; quotes hold a phrase';
		const value = field.text === '' && !isFocused ? theme.paint('secondary', fitCell(hint, Math.max(0, width - labelCells - 1), 'left', theme.signs.ellipsis)) : textLine(field, width - labelCells - 1, theme, isFocused);
		return `${sign}${isFocused ? theme.paint('strong', label) : label} ${value}`;
	});
};

const choiceText = ({label}: Choice, isChosen: boolean, theme: Theme): string => `${isChosen ? theme.signs.mark : ' '} ${makeSafe(label)}`;

const choiceColumn = (choices: readonly Choice[], pointed: number, values: readonly string[], rows: number, width: number, theme: Theme): readonly string[] => {
	const top = Math.max(0, Math.min(pointed - Math.floor(rows / 2), choices.length - rows));
	return choices.slice(top, top + rows).map((choice, index) => {
		const line = fitCell(choiceText(choice, values.includes(choice.value), theme), width - 3, 'left', theme.signs.ellipsis).trimEnd();
		const isPointed = top + index === pointed;
		return `${theme.paint('secondary', theme.signs.rule)}${isPointed ? theme.paint('accent', theme.signs.cursor) : ' '}${isPointed ? theme.paint('selected', line) : line}`;
	});
};

/** On a narrow screen the values stand in one line below, from the one pointed at. */
const choiceLine = (choices: readonly Choice[], pointed: number, values: readonly string[], width: number, theme: Theme): string => {
	const shown = choices.slice(Math.max(0, pointed)).map((choice, index) => {
		const text = choiceText(choice, values.includes(choice.value), theme);
		return index === 0 && pointed >= 0 ? theme.paint('selected', text) : text;
	});
	return ` ${pointed >= 0 && shown.length > 0 ? theme.paint('accent', theme.signs.cursor) : ' '} ${fitStyled(shown, width)}`;
};

const fitStyled = (pieces: readonly string[], width: number): string => {
	// The line is cut by the terminal's own width; this only keeps it from being needlessly long.
	let used = 3;
	const kept: string[] = [];
	for (const piece of pieces) {
		used += piece.length + 2;
		if (used > width * 2) {
			break;
		}

		kept.push(piece);
	}

	return kept.join('  ');
};
