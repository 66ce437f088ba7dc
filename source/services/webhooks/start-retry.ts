import {Fault, UsageFault} from '../../domain/fault.ts';
import {type Filter} from '../../domain/query/filter.ts';
import {type BackgroundTask, type Instant} from '../../domain/records.ts';
import {createTask, type NewTask} from '../../store/tasks/create-task.ts';
import {laneOfEndpoint, readEndpoint} from '../../store/webhooks/endpoints.ts';
import {openLane, readSendoutStates, scheduleSendouts} from '../../store/webhooks/schedule-sendouts.ts';
import {type ReplayRequest, type RetryRequest} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';
import {userName} from '../import/start-import.ts';
import {requireEndpoint} from './endpoints.ts';
import {replayFilter, retryFilter, whyNot} from './retry-plan.ts';

/** What a SENDOUTS.RETRY does, settled when it was asked for. */
export type RetryParameters = {
	readonly kind: 'retry' | 'replay';
	readonly query: string | null;
	readonly ids: readonly string[] | null;
	/** What the query meant. */
	readonly filter: Filter | null;
	readonly endpoint: string | null;
	readonly since: Instant | null;
	readonly is_forced: boolean;
	readonly rate_per_second: number;
};

export const usualRate = 50;
const highestRate = 1000;

const readRate = (rate = usualRate): number => {
	if (!Number.isFinite(rate) || rate <= 0 || rate > highestRate) {
		throw new UsageFault(`${rate} a second is no rate`, {remedy: `give more than 0 and at most ${highestRate}`});
	}

	return rate;
};

type Options = {readonly ratePerSecond?: number; readonly user?: string};

const create = ({store, now}: ServiceContext, parameters: RetryParameters, user: string | undefined, lease: NewTask['lease']): Promise<BackgroundTask> =>
	createTask(store, {type: 'SENDOUTS.RETRY', parameters, user: user ?? userName(), now: now(), ...(lease && {lease})});

/** Creates the background task that sends sendouts again: for a worker, or under the `lease` of who does it at once. */
export const startRetry = async (context: ServiceContext, request: RetryRequest & Options, lease?: NewTask['lease']): Promise<BackgroundTask> => create(context, {
	kind: 'retry', query: request.ids === undefined ? request.query ?? null : null, ids: request.ids ?? null, filter: await retryFilter(context, request), endpoint: null, since: null,
	is_forced: request.isForced === true, rate_per_second: readRate(request.ratePerSecond),
}, request.user, lease);

/** The same for everything that an endpoint subscribes to since a time. Throws a `Fault` when the endpoint is gone or disabled. */
export const startReplay = async (context: ServiceContext, request: ReplayRequest & Options, lease?: NewTask['lease']): Promise<BackgroundTask> => {
	const endpoint = await requireEndpoint(context, request.endpoint);
	if (!endpoint.active) {
		throw new Fault(`the endpoint ${endpoint.id} is disabled`, {remedy: `enable it first: auditty endpoint enable ${endpoint.id}`});
	}

	const {filter, from} = await replayFilter(context, request);
	return create(context, {
		kind: 'replay', query: null, ids: null, filter, endpoint: endpoint.id, since: from, is_forced: true, rate_per_second: readRate(request.ratePerSecond),
	}, request.user, lease);
};

/** Refuses what is not to be sent again, with what to do about it. */
export const requireRetriable = async ({store}: Pick<ServiceContext, 'store'>, {id, isForced = false}: {readonly id: string; readonly isForced?: boolean}): Promise<{readonly endpointId: string; readonly attempts: number}> => {
	const [state] = await readSendoutStates(store, [id]);
	if (state === undefined) {
		throw new Fault(`there is no sendout ${id}`, {remedy: 'find it with auditty sendouts'});
	}

	if (state.isRunning) {
		throw new Fault(`the sendout ${id} is being sent just now`, {remedy: `see what came of it with auditty show ${id}`});
	}

	const endpoint = state.sourceId === null ? null : await readEndpoint(store, state.sourceId);
	const reason = whyNot(state, endpoint ?? undefined, {isForced, isReplay: true});
	if (reason !== null || endpoint === null) {
		const remedy = endpoint === null
			? 'only what auditty itself sends can be sent again'
			: (state.status === 'success' && !isForced ? 'to send it again all the same, force it (--force)' : (endpoint.active ? 'emit the event again' : `enable it first: auditty endpoint enable ${endpoint.id}`));
		throw new Fault(`the sendout ${id} is not sent again: ${reason}`, {remedy});
	}

	return {endpointId: endpoint.id, attempts: state.attempts};
};

/** Puts one sendout before all that waits for its endpoint; a worker sends it at once, also when the breaker is open. */
export const retrySendout = async ({store}: ServiceContext, request: {readonly id: string; readonly isForced?: boolean}): Promise<{readonly sendoutId: string; readonly attempt: number}> => {
	const {endpointId, attempts} = await requireRetriable({store}, request);
	await store.write([...scheduleSendouts([request.id], {isFirst: true}), openLane(laneOfEndpoint(endpointId))]);
	return {sendoutId: request.id, attempt: attempts + 1};
};
