import {sampleTimeline} from '../store/query/sample-timeline.ts';
import {planFilter} from '../store/query/plan.ts';
import {readState} from '../store/read-state.ts';
import {requestFilter} from './request-filter.ts';
import {type Timeline, type TimelineRequest} from './services.ts';
import {type ServiceContext} from './service-context.ts';

/** The query's records by time: of its range, or from the oldest to the newest record where it gives none. */
export const drawTimeline = async (context: ServiceContext, {tab, query, isWithoutDefault, buckets}: TimelineRequest, signal?: AbortSignal): Promise<Timeline> => {
	const {store, now} = context;
	const plan = await planFilter(store, tab, await requestFilter(context, {tab, query, ...(isWithoutDefault === undefined ? {} : {isWithoutDefault})}), signal);
	const stored = (await readState(store)).ranges[tab] ?? {oldest: now(), newest: now()};
	const from = plan.from ?? Math.min(stored.oldest, (plan.before ?? Number.POSITIVE_INFINITY) - 1);
	const end = plan.before ?? (plan.from === null ? stored.newest + 1 : Math.max(now(), stored.newest + 1));
	const before = Math.max(end, from + buckets);
	const {counts, isPartial} = await sampleTimeline(store, plan, {from, before, buckets, signal});
	return {from, before, buckets: counts, isPartial};
};
