import path from 'node:path';
import {Text} from 'ink';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatBytes} from '../../../domain/text/format-number.ts';
import {expandHome} from '../../../services/complete-path.ts';
import {type Download} from '../../../services/services.ts';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {describeFailure} from '../../failure-text.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useResource} from '../../hooks/use-resource.ts';
import {useSurroundings} from '../../services-context.ts';
import {type Overlay} from '../list/list-props.ts';

type SavePromptProps = {
	/** Of an export, of the background task of an import, or of a log. */
	readonly id: string;
	readonly width: number;
	readonly onClose: () => void;
	readonly setOverlay: (overlay: Overlay) => void;
};

/** Asks where to save the file of a record. */
export const SavePrompt = ({id, width, onClose, setOverlay}: SavePromptProps) => {
	const {services} = useSurroundings();
	const {value, failure} = useResource(id, async () => services.download({id}));
	if (value === null) {
		return <Waiting text={failure} onClose={onClose}/>;
	}

	return (
		<SaveFilePrompt
			name={value.name} note={`${formatBytes(value.bytes)}${value.secretsReplaced > 0 ? `, ${value.secretsReplaced} secrets replaced` : ''}`} width={width} onClose={onClose}
			save={async (to, isForced) => services.saveDownload({id, to, isForced})}
			onConfirm={confirm => {
				setOverlay({kind: 'confirm', ...confirm});
			}}
		/>
	);
};

type SaveFilePromptProps = {
	/** What the copy is called unless the person says otherwise. */
	readonly name: string;
	/** About the file. */
	readonly note: string | null;
	readonly width: number;
	readonly onClose: () => void;
	/** Throws when the target exists, unless it is forced. */
	readonly save: (to: string, isForced: boolean) => Promise<Download>;
	readonly onConfirm: (confirm: {readonly title: string; readonly yes: string; readonly run: () => void}) => void;
};

/** Asks where to save a file; one that exists is replaced only after a question. */
export const SaveFilePrompt = ({name, note, width, onClose, save, onConfirm}: SaveFilePromptProps) => {
	const {say} = useSurroundings();
	const saveTo = (to: string, isForced: boolean) => {
		save(to, isForced).then(saved => {
			const replaced = saved.secretsReplaced > 0 ? `, ${saved.secretsReplaced} secrets in it replaced` : '';
			say(`saved ${to}: ${formatBytes(saved.bytes)}${replaced}`);
		}, (error: unknown) => {
			const text = describeFailure(error);
			if (!isForced && /exists/.test(text)) {
				onConfirm({title: `${to} exists. Replace it?`, yes: 'Yes, replace it', run() {
					saveTo(to, true);
				}});
			} else {
				say(text, 'failure');
			}
		});
	};

	return (
		<Prompt
			label='save to' initial={name} width={width} onCancel={onClose} describe={() => note === null ? null : {text: note, token: 'secondary'}}
			onSubmit={to => {
				onClose();
				if (to.trim() !== '') {
					saveTo(path.resolve(expandHome(to.trim())), false);
				}
			}}
		/>
	);
};

const Waiting = ({text, onClose}: {readonly text: string | null; readonly onClose: () => void}) => {
	useKeys('menu', {close: onClose, choose: onClose}, {isModal: true, onText: onClose});
	return <Text wrap='truncate'> {text === null ? 'looking for the file' : makeSafe(text)}</Text>;
};
