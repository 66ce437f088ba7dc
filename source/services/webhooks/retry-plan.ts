import {type Filter} from '../../domain/query/filter.ts';
import {quote} from '../../domain/query/print-query.ts';
import {UsageFault} from '../../domain/fault.ts';
import {type Endpoint, type Instant, type SendoutStatus} from '../../domain/records.ts';
import {planFilter} from '../../store/query/plan.ts';
import {readPage} from '../../store/query/read-page.ts';
import {type Place} from '../../store/query/candidates.ts';
import {type Store} from '../../store/store.ts';
import {readEndpoints} from '../../store/webhooks/endpoints.ts';
import {countMissedEvents, readSendoutStates} from '../../store/webhooks/schedule-sendouts.ts';
import {requestFilter} from '../request-filter.ts';
import {type ReplayRequest, type RetryPlan, type RetryRequest} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';
import {requireEndpoint} from './endpoints.ts';

/** What is looked at of a sendout. */
export type Candidate = {readonly id: string; readonly status: SendoutStatus; readonly sourceId: string | null};

const mostPlanned = 10_000;
const pageRows = 500;

/** Why a sendout is not sent again; null when it is. */
export const whyNot = ({status, sourceId}: Candidate, endpoint: Pick<Endpoint, 'active'> | undefined, {isForced, isReplay = false}: {readonly isForced: boolean; readonly isReplay?: boolean}): string | null => {
	if (endpoint === undefined || sourceId === null) {
		return 'its endpoint is not in this store';
	}

	if (status === 'canceled') {
		return 'it was canceled';
	}

	if (status === 'success' && !isForced) {
		return 'it was delivered';
	}

	if (!endpoint.active) {
		return 'its endpoint is disabled';
	}

	return status === 'pending' && !isReplay ? 'it waits to be sent already' : null;
};

/** Sendouts that match, oldest first, from a place on. Whole pages but for the last. */
export const matchingSendouts = async (store: Store, filter: Filter, {start, limit, signal}: {readonly start: Place | null; readonly limit: number; readonly signal?: AbortSignal | undefined}): Promise<{readonly rows: readonly Candidate[]; readonly next: Place | null}> => {
	const plan = await planFilter(store, 'sendouts', filter, signal);
	const rows: Candidate[] = [];
	let from: Place | undefined = start ?? undefined;
	for (;;) {
		signal?.throwIfAborted();
		const page = await readPage(store, plan, {
			direction: 'newer', start: from, limit: limit - rows.length, signal,
			columns: ['id', 'status', 'source_id'].map(column => ({sql: `r."${column}" AS "${column}"`, args: []})),
		});
		rows.push(...page.rows.map(row => ({id: String(row.id), status: String(row.status) as SendoutStatus, sourceId: row.source_id === null ? null : String(row.source_id)})));
		if (page.next === null || rows.length >= limit) {
			return {rows, next: page.next};
		}

		from = page.next;
	}
};

/** The filter that a request means now, closed at the present so that what comes later stays out. Null when it names IDs. */
export const retryFilter = async (context: ServiceContext, {ids, query}: RetryRequest): Promise<Filter | null> => {
	if (ids !== undefined) {
		return null;
	}

	if (query === undefined) {
		throw new UsageFault('neither IDs nor a query say what to retry', {remedy: 'give one of them'});
	}

	const filter = await requestFilter(context, {tab: 'sendouts', query, isWithoutDefault: true});
	return [...filter, {fields: ['created_at'], isNegated: false, tests: [{kind: 'range', before: context.now() + 1}]}];
};

/** The instant that the `since` of a replay means, and the sendouts to send again. Throws a `UsageFault` for what is no time. */
export const replayFilter = async (context: ServiceContext, {endpoint, since}: ReplayRequest): Promise<{readonly filter: Filter; readonly from: Instant}> => {
	const filter = await retryFilter(context, {query: `source:${quote(endpoint)} since:${quote(since)} -type:endpoint.test`});
	const from = (filter ?? []).flatMap(({fields, tests}) => fields.includes('created_at') ? tests : []).flatMap(test => test.kind === 'range' && test.from !== undefined ? [test.from] : [])[0];
	if (filter === null || from === undefined) {
		throw new UsageFault(`'${since}' is no time`, {remedy: 'give 30m, 6h, 7d, 2026-11-22 or 2026-11-22T10:00'});
	}

	return {filter, from};
};

type Tally = {readonly add: (candidate: Candidate, isReplay?: boolean) => void; readonly plan: (isCapped: boolean) => RetryPlan};

const createTally = (endpoints: readonly Endpoint[], isForced: boolean): Tally => {
	const byId = new Map(endpoints.map(endpoint => [endpoint.id, endpoint]));
	const counts = new Map<string, number>();
	const skipped = new Map<string, number>();
	return {
		add(candidate, isReplay = false) {
			const endpoint = candidate.sourceId === null ? undefined : byId.get(candidate.sourceId);
			const reason = whyNot(candidate, endpoint, {isForced, isReplay});
			if (reason !== null) {
				skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
			}

			if (endpoint !== undefined) {
				counts.set(endpoint.id, (counts.get(endpoint.id) ?? 0) + (reason === null ? 1 : 0));
			}
		},
		plan: isCapped => ({
			count: [...counts.values()].reduce((sum, count) => sum + count, 0),
			isCapped,
			skipped: [...skipped].map(([reason, count]) => ({reason, count})),
			endpoints: endpoints.filter(({id}) => counts.has(id)).map(({id, target_url: targetUrl, active}) => ({id, targetUrl, count: counts.get(id) ?? 0, isActive: active})),
		}),
	};
};

/** Adds what matches, up to the bound. True when there may be more. */
const addMatching = async (store: Store, filter: Filter, add: (candidate: Candidate) => void): Promise<boolean> => {
	let start: Place | null = null;
	for (let seen = 0; seen < mostPlanned;) {
		const {rows, next}: {readonly rows: readonly Candidate[]; readonly next: Place | null} = await matchingSendouts(store, filter, {start, limit: Math.min(pageRows, mostPlanned - seen)});
		for (const row of rows) {
			add(row);
		}

		if (next === null) {
			return false;
		}

		seen += rows.length;
		start = next;
	}

	return true;
};

/** What a retry would send, and what not. */
export const planRetry = async (context: ServiceContext, request: RetryRequest): Promise<RetryPlan> => {
	const {store} = context;
	const tally = createTally(await readEndpoints(store), request.isForced === true);
	const filter = await retryFilter(context, request);
	if (filter !== null) {
		return tally.plan(await addMatching(store, filter, tally.add));
	}

	for (const state of await readSendoutStates(store, (request.ids ?? []).slice(0, mostPlanned))) {
		tally.add(state);
	}

	return tally.plan((request.ids ?? []).length > mostPlanned);
};

/** What a replay would send: the endpoint's sendouts since then, and those events that it got none of. */
export const planReplay = async (context: ServiceContext, request: ReplayRequest): Promise<RetryPlan> => {
	const {store} = context;
	const endpoint = await requireEndpoint(context, request.endpoint);
	const {filter, from} = await replayFilter(context, request);
	const tally = createTally([endpoint], true);
	const isCapped = await addMatching(store, filter, candidate => tally.add(candidate, true));
	const more = await countMissedEvents(store, {endpoint: endpoint.id, since: from}, mostPlanned);
	for (let index = 0; index < more; index++) {
		tally.add({id: '', status: 'pending', sourceId: endpoint.id}, true);
	}

	return tally.plan(isCapped || more === mostPlanned);
};
