import {useState} from 'react';
import {type Tab} from '../../../domain/records.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {describeFailure} from '../../failure-text.ts';
import {useResource} from '../../hooks/use-resource.ts';
import {useSurroundings} from '../../services-context.ts';

type ViewsMenuProps = {
	readonly tab: Tab;
	readonly query: string;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
	readonly onChoose: (query: string) => void;
	readonly onSave: () => void;
};

/** Saved queries of the tab: choose one, save the present one, remove one. */
export const ViewsMenu = ({tab, query, width, height, onClose, onChoose, onSave}: ViewsMenuProps) => {
	const {services, say} = useSurroundings();
	const [version, setVersion] = useState(0);
	const {value} = useResource(`${tab} ${version}`, async () => services.views({tab}));
	const saved = (value ?? []).map(view => ({
		label: view.name,
		hint: view.query,
		name: view.name,
		run() {
			onChoose(view.query);
		},
	}));
	const items = [...saved, {label: 'Save the present query as a view', hint: query === '' ? 'everything stored' : query, name: null, run: onSave}];
	return (
		<Menu
			key={value === null ? 'loading' : 'loaded'} title='Views · delete removes one' items={items} width={width} height={height} onClose={onClose}
			onRemove={item => {
				if (item.name !== null) {
					services.removeView({tab, name: item.name}).then(() => {
						setVersion(before => before + 1);
						say(`view "${item.name}" removed`);
					}, (error: unknown) => {
						say(describeFailure(error), 'failure');
					});
				}
			}}
		/>
	);
};
