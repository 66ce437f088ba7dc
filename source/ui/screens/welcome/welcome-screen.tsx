import {Box, Text} from 'ink';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {Footer} from '../../components/frame/footer.tsx';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useMessage} from '../../message-context.ts';
import {useTheme} from '../../theme.ts';

type WelcomeScreenProps = {
	readonly width: number;
	/** 0 draws nothing. */
	readonly height: number;
	readonly storeName: string;
	readonly isReadOnly: boolean;
	readonly onSample: () => void;
	readonly onImport: () => void;
};

/** An empty store: how to get something into it. */
export const WelcomeScreen = ({width, height, storeName, isReadOnly, onSample, onImport}: WelcomeScreenProps) => {
	const theme = useTheme();
	const message = useMessage();
	const disabledReason = isReadOnly ? 'the store is open read-only' : undefined;
	useKeys('welcome', {
		sample: {run: onSample, disabledReason},
		import: {run: onImport, disabledReason},
	}, {isActive: height > 0});
	if (height === 0) {
		return null;
	}

	const key = (name: string) => theme.paint('key', name.padEnd(3));
	const dim = (text: string) => theme.paint('secondary', text);
	const lines = [
		'',
		'   Nothing is stored yet.',
		'',
		`   ${key('s')} load the sample project  ${dim('a week of a shop on Voucherify, with some things that went wrong')}`,
		`   ${key('i')} import a file            ${dim('HAR, NDJSON, or an api_log CSV; plain or gzip')}`,
		'',
		dim('   From the shell:  auditty import FILE'),
		'',
		dim(`   The store: ${makeSafe(storeName)}`),
	];
	const status = message ? {text: makeSafe(message.text), token: message.kind === 'failure' ? 'failure' as const : 'accent' as const} : null;
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Box flexDirection='column' flexGrow={1}>
				{lines.slice(0, height - 1).map((line, index) => <Text key={index} wrap='truncate'>{line === '' ? ' ' : line}</Text>)}
			</Box>
			<Footer status={status} width={width}/>
		</Box>
	);
};
