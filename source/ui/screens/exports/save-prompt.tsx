import {Text} from 'ink';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatBytes} from '../../components/list/cell.ts';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {describeFailure} from '../../failure-text.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useResource} from '../../hooks/use-resource.ts';
import {useSurroundings} from '../../services-context.ts';
import {useTheme} from '../../theme.ts';
import {type Overlay} from '../list/list-props.ts';

type SavePromptProps = {
	/** Of an export, of the background task of an import, or of a log. */
	readonly id: string;
	readonly width: number;
	readonly onClose: () => void;
	readonly setOverlay: (overlay: Overlay) => void;
};

/** Asks where to save the file of a record; a file that exists is replaced only after a question. */
export const SavePrompt = ({id, width, onClose, setOverlay}: SavePromptProps) => {
	const theme = useTheme();
	const {services, say} = useSurroundings();
	const {value, failure} = useResource(id, async () => services.download({id}));
	const save = (to: string, isForced: boolean) => {
		services.saveDownload({id, to, isForced}).then(saved => {
			const note = saved.secretsReplaced > 0 ? `, ${saved.secretsReplaced} secrets in it replaced` : '';
			say(`saved ${to}: ${formatBytes(saved.bytes)}${note}`);
		}, (error: unknown) => {
			const text = describeFailure(error);
			if (!isForced && /exists/.test(text)) {
				setOverlay({kind: 'confirm', title: `${to} exists. Replace it?`, yes: 'Yes, replace it', run() {
					save(to, true);
				}});
			} else {
				say(text, 'failure');
			}
		});
	};

	if (value === null) {
		return <Waiting text={failure} onClose={onClose}/>;
	}

	const size = `${formatBytes(value.bytes)}${value.secretsReplaced > 0 ? `, ${value.secretsReplaced} secrets replaced` : ''}`;
	return (
		<Prompt
			label='save to' initial={value.name} width={width} onCancel={onClose} describe={() => ({text: size, styled: theme.paint('secondary', size)})}
			onSubmit={to => {
				onClose();
				if (to.trim() !== '') {
					save(to.trim(), false);
				}
			}}
		/>
	);
};

const Waiting = ({text, onClose}: {readonly text: string | null; readonly onClose: () => void}) => {
	useKeys('menu', {close: onClose, choose: onClose}, {isModal: true, onText: onClose});
	return <Text wrap='truncate'> {text === null ? 'looking for the file' : makeSafe(text)}</Text>;
};
