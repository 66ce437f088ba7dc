import {browseDays, isTooOldToBrowse} from '../../../domain/browse/browsable.ts';
import {type ExportRecord, type Tab} from '../../../domain/records.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {useSurroundings} from '../../services-context.ts';
import {useOpenBrowse} from '../browse/open-browse.ts';
import {type ListControl} from '../list/use-list-keys.ts';

type ExportActionsProps<T extends Tab> = {
	readonly exported: ExportRecord;
	readonly control: ListControl<T>;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** What can be done with an export that is ready. */
export const ExportActions = <T extends Tab>({exported, control, width, height, onClose}: ExportActionsProps<T>) => {
	const openBrowse = useOpenBrowse();
	const {now} = useSurroundings();
	const {id} = exported;
	const items = [
		{
			label: 'Browse its rows', key: 'b',
			disabledReason: isTooOldToBrowse(exported, now()) ? `it is older than ${browseDays} days: save it, and browse the file` : undefined,
			run() {
				openBrowse({source: {id}, query: ''});
			},
		},
		{
			label: 'Save the CSV to a file', key: 's',
			run() {
				control.setOverlay({kind: 'save', id});
			},
		},
		{label: 'Details', key: 'd', run: control.open},
	];
	return <Menu title={`Export ${id}`} items={items} width={width} height={height} onClose={onClose}/>;
};
