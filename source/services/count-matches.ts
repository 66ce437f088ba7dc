import {countCandidates} from '../store/query/count-candidates.ts';
import {planFilter} from '../store/query/plan.ts';
import {requestFilter} from './request-filter.ts';
import {type Count, type CountRequest} from './services.ts';
import {type ServiceContext} from './service-context.ts';

/** How many records match, as far as one call goes. */
export const countMatches = async (context: ServiceContext, request: CountRequest, signal?: AbortSignal): Promise<Count> => {
	signal?.throwIfAborted();
	const plan = await planFilter(context.store, request.tab, await requestFilter(context, request), signal);
	return countCandidates(context.store, plan, {cap: request.cap, start: request.from, signal});
};
