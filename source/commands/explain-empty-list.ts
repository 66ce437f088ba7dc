import {fieldTables} from '../domain/fields/field-tables.ts';
import {parseQuery} from '../domain/query/parse-query.ts';
import {defaultQueryFor, resolveQuery} from '../domain/query/resolve-query.ts';
import {type Tab} from '../domain/records.ts';
import {type Services, type Settings} from '../services/services.ts';
import {type CommandContext} from './command-context.ts';
import {zonedInstant} from './print/zoned-instant.ts';

type EmptyList = {readonly tab: Tab; readonly query: string; readonly services: Services; readonly settings: Settings; readonly context: CommandContext};

/** Where the query's range of time begins; null when it has no beginning. */
const beginningOf = ({tab, query, settings, context}: EmptyList): number | null => {
	const parsed = parseQuery(query, tab);
	if (!parsed.ok) {
		return null;
	}

	const reading = resolveQuery(parsed.query, {tab, now: context.now(), timezone: settings.timezone, keyNames: settings.keyNames});
	const starts = reading.ok
		? reading.filter.filter(({fields, isNegated}) => fields.includes('created_at') && !isNegated)
			.flatMap(({tests}) => tests.flatMap(test => test.kind === 'range' && test.from !== undefined ? [test.from] : []))
		: [];
	return starts.length === 0 ? null : Math.max(...starts);
};

/** One line for stderr: why nothing is printed, and what shows more. */
export const explainEmptyList = async (list: EmptyList): Promise<string> => {
	const {tab, query, services, settings} = list;
	const {noun: [one, many]} = fieldTables[tab];
	const range = (await services.overview()).ranges[tab];
	if (range === null) {
		return tab === 'logs'
			? 'auditty: no logs are stored yet, bring some in with auditty import FILE\n'
			: `auditty: no ${many} are stored yet\n`;
	}

	const beginning = beginningOf(list);
	if (beginning !== null && range.newest < beginning) {
		const newest = zonedInstant(range.newest, settings.timezone);
		return `auditty: nothing is that new: the newest ${one} is from ${newest}, widen the range with since:${newest}\n`;
	}

	const parsed = parseQuery(query, tab);
	const byDefault = parsed.ok ? defaultQueryFor(parsed.query, tab) : [];
	const hint = byDefault.length === 0 ? 'leave out a part of the query' : `leave out a part of the query, or widen ${fieldTables[tab].defaultQuery?.text ?? ''} with since:30d`;
	return `auditty: no ${one} matches, ${hint}\n`;
};
