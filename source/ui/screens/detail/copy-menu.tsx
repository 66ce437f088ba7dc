import {Text} from 'ink';
import {type Tab} from '../../../domain/records.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatBytes} from '../../../domain/text/format-number.ts';
import {type Settings} from '../../../services/services.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {useResource} from '../../hooks/use-resource.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {copyText} from '../../terminal/copy-text.ts';
import {type Selection} from '../panes/pane-text.ts';
import {copyItems} from './copy-items.ts';

type CopyMenuProps = {
	readonly tab: Tab;
	readonly id: string;
	/** Query of the list, for the command line that shows the same. */
	readonly query?: string | undefined;
	/** Where the cursor stands in the detail. */
	readonly selection?: Selection | undefined;
	readonly settings?: Settings | null;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** What can be copied of a record; each choice is sent to the terminal's clipboard. */
export const CopyMenu = ({tab, id, query, selection, width, height, onClose}: CopyMenuProps) => {
	const surroundings = useSurroundings();
	const {value, failure} = useResource(`${tab} ${id}`, async signal => surroundings.services.record({tab, id, isWhole: true}, signal));
	if (value === null) {
		return <Waiting text={failure ?? 'reading the record'} onClose={onClose} />;
	}

	const items = copyItems({detail: value, selection, query}).map(({label, key, text, reason, suffix}) => ({
		label, key,
		hint: text === null ? undefined : hintOf(text),
		disabledReason: text === null ? reason ?? 'there is none' : undefined,
		run() {
			if (text !== null) {
				void copyText({what: label, text, name: `${id}-${label}`, suffix}, surroundings);
			}
		},
	}));
	return <Menu title={`Copy of ${id}`} items={items} width={width} height={height} onClose={onClose} />;
};

/** A short text itself, of a long one its size and start. */
const hintOf = (text: string): string => {
	const start = makeSafe(text.slice(0, 120).replaceAll(/\s+/g, ' '));
	return text.length <= 60 ? start : `${formatBytes(Buffer.byteLength(text))}  ${start}`;
};

const Waiting = ({text, onClose}: {readonly text: string; readonly onClose: () => void}) => {
	useKeys('menu', {close: onClose}, {isModal: true});
	return <Text wrap='truncate'> {makeSafe(text)}</Text>;
};
