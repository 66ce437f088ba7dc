import {UsageFault} from '../domain/fault.ts';
import {queryKeysOf} from '../domain/fields/field-tables.ts';
import {foldCase} from '../domain/query/fold-case.ts';
import {unescapeUnstorable} from '../domain/text/storable.ts';
import {distinctValues} from '../store/query/distinct-values.ts';
import {recentValues} from '../store/query/recent-values.ts';
import {recordTables} from '../store/query/record-table.ts';
import {callBudgetMs} from '../store/query/steps.ts';
import {type SqlValue} from '../store/store.ts';
import {readSettings} from './project-settings.ts';
import {type Facet, type FacetRequest} from './services.ts';
import {type ServiceContext} from './service-context.ts';

const valuesAtOnce = 200;

/**
 * Values of a query key that occur in the store, in order; an API key's with its name. Searching for a part of a value
 * goes through all of them as long as the call may take.
 */
export const listFacets = async ({store}: ServiceContext, {tab, key, contains = '', limit}: FacetRequest, signal?: AbortSignal): Promise<readonly Facet[]> => {
	const bound = queryKeysOf(tab).find(known => known.key === key);
	if (bound === undefined) {
		throw new UsageFault(`there is no key ${key}`, {remedy: `use ${queryKeysOf(tab).map(known => known.key).join(', ')}`});
	}

	const column = bound.field.name;
	const {keyNames} = await readSettings(store);
	const wanted = foldCase(contains);
	const found: Facet[] = [];
	const add = (value: string): void => {
		const label = bound.field.type === 'secret-id' ? keyNames[value] : undefined;
		if (found.length < limit && (foldCase(value).includes(wanted) || (label !== undefined && foldCase(label).includes(wanted)))) {
			found.push(label === undefined ? {value} : {value, label});
		}
	};

	if (bound.values !== undefined) {
		bound.values.forEach(value => add(value));
		return found;
	}

	if (bound.match === 'status') {
		(await distinctValues(store, recordTables[tab], 'outcome', null, 2)).forEach(value => add(String(value)));
	}

	if (!recordTables[tab].indexed.has(column)) {
		(await recentValues(store, recordTables[tab], column)).forEach(value => add(unescapeUnstorable(String(value))));
		return found;
	}

	const begin = performance.now();
	let after: SqlValue = null;
	while (found.length < limit && performance.now() - begin < callBudgetMs) {
		signal?.throwIfAborted();
		const values: readonly SqlValue[] = await distinctValues(store, recordTables[tab], column, null, valuesAtOnce, after);
		values.forEach(value => add(unescapeUnstorable(String(value))));
		if (values.length < valuesAtOnce) {
			break;
		}

		after = values.at(-1) ?? null;
	}

	return found;
};
