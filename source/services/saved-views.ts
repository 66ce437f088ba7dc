import {UsageFault} from '../domain/fault.ts';
import {type Tab} from '../domain/records.ts';
import {escapeUnstorable, unescapeUnstorable} from '../domain/text/storable.ts';
import {requestFilter} from './request-filter.ts';
import {type View} from './services.ts';
import {type ServiceContext} from './service-context.ts';

/** Saved queries of a tab, by name. */
export const listViews = async ({store}: ServiceContext, {tab}: {readonly tab: Tab}): Promise<readonly View[]> => {
	const rows = await store.read<{name: string; query: string}>('SELECT name, query FROM views WHERE tab = ? ORDER BY name', [tab]);
	return rows.map(({name, query}) => ({tab, name: unescapeUnstorable(name), query: unescapeUnstorable(query)}));
};

/** Saves a view, in place of one of the same name. Throws a `UsageFault` for an empty name or a query that is wrong. */
export const saveView = async (context: ServiceContext, {tab, name, query}: View): Promise<void> => {
	if (name.trim() === '') {
		throw new UsageFault('the view has no name', {remedy: 'give it one'});
	}

	await requestFilter(context, {tab, query});
	await context.store.write([{
		sql: 'INSERT INTO views (tab, name, query) VALUES (?, ?, ?) ON CONFLICT (tab, name) DO UPDATE SET query = excluded.query',
		args: [tab, escapeUnstorable(name.trim()), escapeUnstorable(query)],
	}]);
};

export const removeView = async ({store}: ServiceContext, {tab, name}: {readonly tab: Tab; readonly name: string}): Promise<void> => {
	await store.write([{sql: 'DELETE FROM views WHERE tab = ? AND name = ?', args: [tab, escapeUnstorable(name)]}]);
};
