import {queryKeysOf} from '../../../domain/fields/field-tables.ts';
import {exactValue, setValues} from '../../../domain/query/edit-query.ts';
import {type Tab} from '../../../domain/records.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {type Services} from '../../../services/services.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {useResource} from '../../hooks/use-resource.ts';
import {useSurroundings} from '../../services-context.ts';
import {countAll} from './count-all.ts';
import {editQueryText} from './query-edits.ts';

type GroupMenuProps = {
	readonly tab: Tab;
	readonly query: string;
	/** The query key of the field to group by; null asks for it. */
	readonly groupKey: string | null;
	readonly onField: (key: string) => void;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
	readonly onChoose: (query: string) => void;
};

type Group = {readonly value: string; readonly label: string; readonly count: number; readonly isCapped: boolean};

/** Values that are counted; a field with more shows the first of them and says so. */
const mostValues = 60;
const countCap = 10_000;

/** The records of the query by the values of one field, the most frequent first; a value narrows the query to it. */
export const GroupMenu = ({tab, query, groupKey: key, onField, width, height, onClose, onChoose}: GroupMenuProps) => {
	const {services} = useSurroundings();
	const groups = useResource(key === null ? null : `${tab} ${key} ${query}`, async signal => countValues(services, tab, key ?? '', query, signal));
	const keys = queryKeysOf(tab).filter(({hasFacets, values}) => hasFacets === true || values !== undefined);
	if (key === null) {
		const items = keys.map(bound => ({
			label: bound.field.label,
			hint: bound.key,
			run() {
				onField(bound.key);
			},
		}));
		return <Menu key='fields' title='Group by' items={items} width={width} height={height} onClose={onClose}/>;
	}

	const items = (groups.value?.groups ?? []).map(({value, label, count, isCapped}) => ({
		label,
		hint: `${formatCount(count)}${isCapped ? '+' : ''}`,
		run() {
			onChoose(editQueryText(tab, query, terms => setValues(terms, key, [exactValue(value)])));
		},
	}));
	const part = groups.value?.isAll === false ? `, the first ${mostValues} values of more: f finds the others` : '';
	return <Menu key={groups.isLoading ? 'loading' : 'values'} title={`By ${key}${part}`} items={items} width={width} height={height} onClose={onClose} emptyText={groups.isLoading ? 'counting' : 'no values in this query'}/>;
};

const countValues = async (services: Services, tab: Tab, key: string, query: string, signal: AbortSignal): Promise<{readonly groups: readonly Group[]; readonly isAll: boolean}> => {
	const bound = queryKeysOf(tab).find(candidate => candidate.key === key);
	const facets = bound?.values ? bound.values.map(value => ({value, label: value})) : await services.facets({tab, key, limit: mostValues + 1}, signal);
	const groups: Group[] = [];
	for (const {value, label} of facets.slice(0, mostValues)) {
		const narrowed = editQueryText(tab, query, terms => [...terms, {kind: 'field', key, values: [exactValue(value)], isNegated: false}]);
		const {count, isCapped} = await countAll(services, {tab, query: narrowed, cap: countCap}, signal);
		if (count > 0) {
			groups.push({value, label: label ?? value, count, isCapped});
		}
	}

	return {groups: groups.toSorted((one, other) => other.count - one.count), isAll: facets.length <= mostValues};
};
