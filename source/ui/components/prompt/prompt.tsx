import {useState} from 'react';
import {Box, Text} from 'ink';
import {cellWidth} from '../../../domain/text/cells.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useTheme} from '../../theme.ts';
import {editText, insertText, textStateOf, type TextState} from '../text-field/text-state.ts';
import {textLine} from '../text-field/text-line.ts';
import {NoteLines, type Note} from '../frame/note-lines.tsx';

type Completion = {readonly text: string; readonly cursor: number};

type PromptProps = {
	readonly label: string;
	readonly initial?: string;
	readonly width: number;
	/** Earlier entries, newest first. */
	readonly history?: readonly string[];
	readonly onSubmit: (text: string) => void;
	readonly onCancel: () => void;
	/** What the text means as it stands: an error, a count. What is long stands above the line. */
	readonly describe?: (text: string) => Note | null;
	/** The text with what stands before the cursor completed; what comes late counts only while the text is the same. */
	readonly complete?: (text: string, cursor: number) => Completion | null | Promise<Completion | null>;
};

type PromptState = {readonly field: TextState; readonly entry: number; readonly typed: string};

/** One line that asks for text, with readline's keys and the entries of before. */
export const Prompt = ({label, initial = '', width, history = [], onSubmit, onCancel, describe, complete}: PromptProps) => {
	const theme = useTheme();
	const [state, setState] = useState<PromptState>({field: textStateOf(initial), entry: -1, typed: initial});

	const change = (next: (field: TextState) => TextState) => {
		setState(current => {
			const field = next(current.field);
			return {field, entry: -1, typed: field.text};
		});
	};

	const recall = (by: number) => {
		setState(current => {
			const entry = Math.max(-1, Math.min(current.entry + by, history.length - 1));
			return {...current, entry, field: textStateOf(history[entry] ?? current.typed)};
		});
	};

	useKeys('prompt', {
		submit() {
			onSubmit(state.field.text);
		},
		cancel: onCancel,
		complete: complete && (() => {
			const {text, cursor} = state.field;
			const apply = (done: Completion | null) => {
				if (done) {
					change(field => field.text === text ? {...field, ...done} : field);
				}
			};

			const done = complete(text, cursor);
			if (done instanceof Promise) {
				done.then(apply, () => undefined);
			} else {
				apply(done);
			}
		}),
		older: history.length > 0 ? () => {
			recall(1);
		} : undefined,
		newer: history.length > 0 ? () => {
			recall(-1);
		} : undefined,
	}, {
		isModal: true,
		onText(text) {
			change(field => insertText(field, text));
		},
		onKey(name) {
			if (editText(state.field, name) === null) {
				return false;
			}

			change(field => editText(field, name) ?? field);
			return true;
		},
	});

	const note = describe?.(state.field.text) ?? null;
	const isBeside = note !== null && cellWidth(note.text) <= Math.floor(width / 2);
	const room = width - cellWidth(label) - 3 - (isBeside ? cellWidth(note.text) + 2 : 0);
	const left = ` ${theme.paint('accent', label)} ${textLine(state.field, room, theme, true)}`;
	return (
		<Box width={width} height={1}>
			{note !== null && !isBeside && <NoteLines note={note} width={width}/>}
			<Text wrap='truncate'>{left}{isBeside ? `  ${theme.paint(note.token, note.text)}` : ''}</Text>
		</Box>
	);
};
