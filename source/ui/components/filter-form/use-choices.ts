import {queryKeysOf} from '../../../domain/fields/field-tables.ts';
import {exactValue} from '../../../domain/query/edit-query.ts';
import {type Tab} from '../../../domain/records.ts';
import {useResource} from '../../hooks/use-resource.ts';
import {useSurroundings} from '../../services-context.ts';
import {partialIn, type FormField} from './form-state.ts';

/** A value that a field offers. */
export type Choice = {readonly value: string; readonly label: string};

const ranges = ['15m', '1h', '4h', '24h', '2d', '7d', '30d'];
const statusWords = ['failure', 'success', '4xx', '5xx', 'none'];
const mostChoices = 100;

/** What a field of the form offers: its closed set, or the values that occur in the store, narrowed by what is typed; `isChosen` when its text is no more than values that were chosen. */
export const useChoices = (tab: Tab, field: FormField, isChosen: boolean): readonly Choice[] => {
	const {services} = useSurroundings();
	const bound = queryKeysOf(tab).find(({key}) => key === field.key);
	const partial = isChosen ? '' : partialIn(field);
	const isFaceted = bound?.hasFacets === true;
	const {value: facets} = useResource(isFaceted ? `${tab} ${field.key} ${partial}` : null, async signal => {
		const found = await services.facets({tab, key: field.key, limit: mostChoices, ...(partial === '' ? {} : {contains: partial})}, signal);
		// A value that is whole already is found by itself alone: the others are what one wants to see then.
		return found.length > 1 || partial === '' ? found : services.facets({tab, key: field.key, limit: mostChoices}, signal);
	});
	if (!bound) {
		return [];
	}

	const offered = (list: readonly string[]) => list.map(value => ({value, label: value}));
	if (bound.values) {
		return offered(bound.values);
	}

	if (bound.match === 'since' || bound.match === 'until') {
		return offered(ranges);
	}

	const found = isFaceted ? (facets ?? []).map(({value, label}) => ({value: exactValue(label ?? value), label: label ?? value})) : [];
	const narrowed = narrow(found, partial);
	return bound.match === 'status' ? [...offered(statusWords), ...narrowed.filter(({value}) => !statusWords.includes(value))] : narrowed;
};

/** Values of before what was typed last, while those that hold it are fetched: what does not hold it is none to choose. */
const narrow = (found: readonly Choice[], partial: string): readonly Choice[] => {
	const sought = partial.toLowerCase();
	const holding = found.filter(({label}) => label.toLowerCase().includes(sought));
	return holding.length === 0 || found.some(({value}) => value === partial) ? found : holding;
};
