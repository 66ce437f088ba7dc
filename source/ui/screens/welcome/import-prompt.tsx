import {useState} from 'react';
import {Box, Text} from 'ink';
import {expandHome} from '../../../services/complete-path.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {useSurroundings} from '../../services-context.ts';
import {useTheme} from '../../theme.ts';

type ImportPromptProps = {
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
	readonly onImport: (path: string) => void;
};

/** Lines above the names that a path could go on with, and below them. */
const otherLines = 6;

/** Asks for the file to import. */
export const ImportPrompt = ({width, height, onClose, onImport}: ImportPromptProps) => {
	const theme = useTheme();
	const {services} = useSurroundings();
	const [names, setNames] = useState<readonly string[]>([]);
	const room = Math.max(0, height - otherLines);
	const shown = names.slice(0, names.length > room ? room - 1 : room);
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Box flexDirection='column' flexGrow={1}>
				<Text> </Text>
				<Text wrap='truncate'>   Import a file: HAR, NDJSON or CSV, plain or gzip; the format is told from its content.</Text>
				<Text wrap='truncate'>{theme.paint('secondary', '   Secrets in headers, URLs and bodies are replaced before anything is stored.')}</Text>
				<Text wrap='truncate'>{theme.paint('secondary', '   tab completes the path.')}</Text>
				<Text> </Text>
				{shown.map(name => <Text key={name} wrap='truncate'>   {makeSafe(name)}</Text>)}
				{shown.length < names.length && <Text>{theme.paint('secondary', `   and ${names.length - shown.length} more`)}</Text>}
			</Box>
			<Prompt
				label='file' width={width} onCancel={onClose}
				complete={async (text, cursor) => {
					const completed = await services.completePath({text: text.slice(0, cursor)});
					setNames(completed.names.length > 1 ? completed.names : []);
					return {text: completed.text + text.slice(cursor), cursor: completed.text.length};
				}}
				onSubmit={path => {
					onClose();
					if (path.trim() !== '') {
						onImport(expandHome(path.trim()));
					}
				}}
			/>
		</Box>
	);
};
