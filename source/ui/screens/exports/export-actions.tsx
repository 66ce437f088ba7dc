import {Menu} from '../../components/menu/menu.tsx';
import {type Tab} from '../../../domain/records.ts';
import {useOpenBrowse} from '../browse/open-browse.ts';
import {type ListControl} from '../list/use-list-keys.ts';

type ExportActionsProps<T extends Tab> = {
	readonly id: string;
	readonly control: ListControl<T>;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** What can be done with an export that is ready. */
export const ExportActions = <T extends Tab>({id, control, width, height, onClose}: ExportActionsProps<T>) => {
	const openBrowse = useOpenBrowse();
	const items = [
		{
			label: 'Browse its rows', key: 'b',
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
