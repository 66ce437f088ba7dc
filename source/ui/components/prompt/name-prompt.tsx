import {useState} from 'react';
import {Box, Text} from 'ink';
import TextInput from 'ink-text-input';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useTheme} from '../../theme.ts';

type NamePromptProps = {
	readonly label: string;
	readonly onSubmit: (name: string) => void;
	readonly onCancel: () => void;
};

/**
 * Asks for a short name: plain typing is enough here, so the field is the library's. It reads its letters itself, a chunk
 * at once; the ways out are ours, so that what was typed is never ahead of them and reaches nothing behind this field.
 */
export const NamePrompt = ({label, onSubmit, onCancel}: NamePromptProps) => {
	const theme = useTheme();
	const [name, setName] = useState('');
	useKeys('prompt', {
		submit() {
			onSubmit(name.trim());
		},
		cancel: onCancel,
	}, {
		isModal: true,
		// Pasted text does not reach the library's field; typed text does, without us.
		onPaste(text) {
			setName(before => before + text.replaceAll(/\s+/g, ' '));
		},
	});
	return (
		<Box>
			<Text>{` ${theme.paint('accent', label)} `}</Text>
			<TextInput
				value={name}
				onChange={text => {
					setName(text.replaceAll(/[\r\n]+/g, ''));
				}}
			/>
		</Box>
	);
};
