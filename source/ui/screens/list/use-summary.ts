import {parseQuery} from '../../../domain/query/parse-query.ts';
import {printQuery} from '../../../domain/query/print-query.ts';
import {fieldTables} from '../../../domain/fields/field-tables.ts';
import {type Tab} from '../../../domain/records.ts';
import {type Timeline} from '../../../services/services.ts';
import {type Counts} from '../../components/query-bar/query-bar.tsx';
import {useResource, type Resource} from '../../hooks/use-resource.ts';
import {useSurroundings} from '../../services-context.ts';
import {countAll} from './count-all.ts';

/** Beyond this a count stops: more digits help nobody, and cost a scan. */
const countCap = 100_000;

/** How much matches and how it lies in time, for a query; `version` grows when the store changed. */
export const useSummary = (tab: Tab, query: string | null, version: number, buckets: number | null): {readonly counts: Counts; readonly timeline: Resource<Timeline>} => {
	const {services} = useSurroundings();
	const countOf = async (text: string, signal: AbortSignal) => ({query: text, ...await countAll(services, {tab, query: text, cap: countCap}, signal)});
	const matching = useResource(query === null ? null : `${tab} ${version} ${query}`, async signal => countOf(query ?? '', signal));
	const range = query === null ? null : rangeOf(tab, query);
	const total = useResource(range === null || range === query ? null : `${tab} ${version} ${range}`, async signal => countOf(range ?? '', signal));
	const timeline = useResource(query === null || buckets === null ? null : `${tab} ${version} ${buckets} ${query}`, async signal => services.timeline({tab, query: query ?? '', isWithoutDefault: true, buckets: buckets ?? 1}, signal));
	// A count of another query is none; one of an earlier state of the store will do until the next is there.
	const ofQuery = (counted: typeof matching.value, text: string | null) => counted?.query === text ? counted : null;
	return {counts: {matching: ofQuery(matching.value, query), total: ofQuery(total.value, range)}, timeline};
};

/** Only the time terms of a query. */
export const rangeOf = (tab: Tab, query: string): string => {
	const parsed = parseQuery(query, tab);
	const keys = new Set(fieldTables[tab].fields.filter(({name}) => name === 'created_at').flatMap(({queryKeys}) => (queryKeys ?? []).map(({key}) => key)));
	return parsed.ok ? printQuery(parsed.query.filter(term => term.kind === 'field' && keys.has(term.key))) : '';
};
