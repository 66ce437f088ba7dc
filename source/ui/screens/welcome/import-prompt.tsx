import {Box, Text} from 'ink';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {useTheme} from '../../theme.ts';

type ImportPromptProps = {
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
	readonly onImport: (path: string) => void;
};

/** Asks for the file to import. */
export const ImportPrompt = ({width, height, onClose, onImport}: ImportPromptProps) => {
	const theme = useTheme();
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Box flexDirection='column' flexGrow={1}>
				<Text> </Text>
				<Text wrap='truncate'>   Import a file: HAR, NDJSON or CSV, plain or gzip; the format is told from its content.</Text>
				<Text wrap='truncate'>{theme.paint('secondary', '   Secrets in headers, URLs and bodies are replaced before anything is stored.')}</Text>
			</Box>
			<Prompt
				label='file' width={width} onCancel={onClose}
				onSubmit={path => {
					onClose();
					if (path.trim() !== '') {
						onImport(path.trim());
					}
				}}
			/>
		</Box>
	);
};
