import {UsageFault} from '../domain/fault.ts';
import {type Filter} from '../domain/query/filter.ts';
import {readFilter} from '../domain/query/resolve-query.ts';
import {type Tab} from '../domain/records.ts';
import {readSettings} from './project-settings.ts';
import {type ServiceContext} from './service-context.ts';

type Asked = {
	readonly tab: Tab;
	readonly query: string;
	readonly isWithoutDefault?: boolean;
	readonly and?: string;
};

/** The filter that a request means now. Throws a `UsageFault` that says what is wrong with its query. */
export const requestFilter = async ({store, now}: ServiceContext, {tab, query, isWithoutDefault = false, and}: Asked): Promise<Filter> => {
	const {timezone, keyNames} = await readSettings(store);
	const read = (text: string, isBare: boolean): Filter => {
		const reading = readFilter(text, {tab, now: now(), timezone, keyNames, isWithoutDefault: isBare});
		if (!reading.ok) {
			throw new UsageFault(reading.problem.message, {remedy: reading.problem.remedy});
		}

		return reading.filter;
	};

	const filter = read(query, isWithoutDefault);
	return and === undefined ? filter : [...filter, ...read(and, true)];
};
