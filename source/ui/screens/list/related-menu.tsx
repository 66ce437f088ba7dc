import {Text} from 'ink';
import {fieldTables} from '../../../domain/fields/field-tables.ts';
import {type Tab} from '../../../domain/records.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {useResource} from '../../hooks/use-resource.ts';
import {useSurroundings} from '../../services-context.ts';

type RelatedMenuProps = {
	readonly tab: Tab;
	readonly id: string;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
	readonly onNavigate: (tab: Tab, query: string, openId?: string) => void;
};

/** What a record set off, and what set it off. */
export const RelatedMenu = ({tab, id, width, height, onClose, onNavigate}: RelatedMenuProps) => {
	const {services} = useSurroundings();
	const {value, isLoading, failure} = useResource(`${tab} ${id}`, async signal => services.related({tab, id}, signal));
	if (isLoading || failure !== null) {
		return <Text wrap='truncate'> {failure ?? 'loading'}</Text>;
	}

	const items = (value ?? []).map(related => ({
		label: `${related.relation}  ${related.id}`,
		hint: `${fieldTables[related.tab].title} · ${related.title}`,
		run() {
			onNavigate(related.tab, `id:${related.id}`, related.id);
		},
	}));
	return <Menu title={`Related to ${id}`} items={items} width={width} height={height} onClose={onClose} emptyText='nothing is related to this record; esc goes back'/>;
};
