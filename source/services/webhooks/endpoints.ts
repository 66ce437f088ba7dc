import {Fault, UsageFault} from '../../domain/fault.ts';
import {idPrefixes, makeId} from '../../domain/ids.ts';
import {type Endpoint} from '../../domain/records.ts';
import {redactorOf} from '../../domain/redaction/redactor.ts';
import {breakerState} from '../../domain/webhooks/breaker.ts';
import {readConcurrency, usualConcurrency} from '../../domain/webhooks/concurrency.ts';
import {readCustomHeaders} from '../../domain/webhooks/custom-headers.ts';
import {readSubscriptions, testEventType} from '../../domain/webhooks/event-types.ts';
import {makeSecret} from '../../domain/webhooks/signatures.ts';
import {readTargetUrl} from '../../domain/webhooks/target-address.ts';
import {readFingerprintKey} from '../../store/fingerprint-key.ts';
import {insertEndpoint, readEndpoint, readEndpoints, readLaneState, recentAttempts, removeEndpoint, replaceSecret, setEndpointActive} from '../../store/webhooks/endpoints.ts';
import {insertEvent, readEvent} from '../../store/webhooks/events.ts';
import {readSettings} from '../project-settings.ts';
import {type EndpointHealth, type EndpointSecret} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';

const dayMs = 86_400_000;

/** The endpoint of this ID, with all of its headers. Throws a `Fault` when there is none. */
export const requireEndpoint = async ({store}: Pick<ServiceContext, 'store'>, id: string): Promise<Endpoint> => {
	const endpoint = await readEndpoint(store, id);
	if (endpoint === null) {
		throw new Fault(`there is no endpoint ${id}`, {remedy: 'see them with auditty endpoint list'});
	}

	return endpoint;
};

type Show = (endpoint: Endpoint) => Endpoint;

/** Values of headers that are secret are not shown again. */
const showing = async ({store, dataDirectory}: ServiceContext): Promise<Show> => {
	const {redactKeys} = await readSettings(store);
	const redactor = redactorOf({fingerprintKey: readFingerprintKey(dataDirectory), extraKeys: redactKeys});
	return endpoint => Object.keys(endpoint.headers).length === 0
		? endpoint
		: {...endpoint, headers: redactor.headers(endpoint.headers).value as Readonly<Record<string, string>>};
};

const p90 = (durations: readonly number[]): number | null =>
	durations.length === 0 ? null : durations.toSorted((a, b) => a - b)[Math.ceil(durations.length * 0.9) - 1] ?? null;

const healthOf = async ({store, now}: ServiceContext, endpoint: Endpoint): Promise<EndpointHealth> => {
	const [lane, attempts] = await Promise.all([readLaneState(store, endpoint.id), recentAttempts(store, endpoint.id, now() - dayMs)]);
	const isBlocked = endpoint.active && lane.blockedUntil > lane.now;
	return {
		endpoint,
		successRate: attempts.length === 0 ? null : attempts.filter(({isSuccess}) => isSuccess).length / attempts.length,
		p90Ms: p90(attempts.flatMap(({durationMs}) => durationMs ?? [])),
		nextAttemptAt: lane.nextAt === null || !endpoint.active ? null : Math.max(lane.nextAt, lane.blockedUntil),
		breaker: breakerState({failures: lane.failures, blockedUntil: lane.blockedUntil, now: lane.now}),
		blockedUntil: isBlocked ? lane.blockedUntil : null,
		waiting: lane.waiting,
	};
};

/** Every endpoint with how its deliveries go, the oldest first. */
export const listEndpoints = async (context: ServiceContext): Promise<readonly EndpointHealth[]> => {
	const endpoints = await readEndpoints(context.store);
	const show = await showing(context);
	return Promise.all(endpoints.map(async endpoint => healthOf(context, show(endpoint))));
};

/** Adds an endpoint that subscribes to `events`, to all where none is given. Throws a `UsageFault` for what cannot be taken. */
export const addEndpoint = async (context: ServiceContext, {url, events = [], headers = {}, concurrency = usualConcurrency}: {
	readonly url: string;
	readonly events?: readonly string[];
	readonly headers?: Readonly<Record<string, string>>;
	readonly concurrency?: number | undefined;
}): Promise<EndpointSecret> => {
	const {store, now} = context;
	const {all} = await readSettings(store);
	const endpoint: Endpoint = {
		id: makeId(idPrefixes.endpoint, now(), Math.random),
		target_url: readTargetUrl(url, {isPrivateAllowed: all['webhooks.allow_private'] === 'true'}),
		events: readSubscriptions(events), active: true, headers: readCustomHeaders(Object.entries(headers)),
		concurrency: readConcurrency(concurrency), created_at: now(), disabled_reason: null,
	};
	const secret = makeSecret();
	await store.write(insertEndpoint(endpoint, secret));
	return {endpoint: (await showing(context))(endpoint), secret};
};

const shown = async (context: ServiceContext, id: string): Promise<Endpoint> => (await showing(context))(await requireEndpoint(context, id));

/** Lets deliveries go to an endpoint, or holds them: what waits stays, new events make no sendouts for it. */
export const changeEndpointActive = async (context: ServiceContext, {id, isActive}: {readonly id: string; readonly isActive: boolean}): Promise<Endpoint> => {
	await requireEndpoint(context, id);
	await context.store.write([setEndpointActive(id, {isActive, reason: isActive ? null : 'disabled by hand'})]);
	return shown(context, id);
};

/** Makes a new secret; the old one signs beside it for 24 h. */
export const rotateSecret = async (context: ServiceContext, {id}: {readonly id: string}): Promise<EndpointSecret> => {
	const endpoint = await shown(context, id);
	const secret = makeSecret();
	await context.store.write(replaceSecret(id, secret, context.now()));
	return {endpoint, secret};
};

/** Takes an endpoint away, and cancels what waits for it. */
export const dropEndpoint = async (context: ServiceContext, {id}: {readonly id: string}): Promise<{readonly endpoint: Endpoint; readonly canceled: number}> => {
	const endpoint = await shown(context, id);
	return {endpoint, canceled: await removeEndpoint(context.store, id)};
};

/** Makes a test event, which goes to this endpoint alone, active or not, once. */
export const testEndpoint = async ({store, now}: ServiceContext, {id}: {readonly id: string}): Promise<{readonly sendoutId: string}> => {
	const endpoint = await requireEndpoint({store}, id);
	const at = now();
	const event = makeId(idPrefixes.event, at, Math.random);
	const data = JSON.stringify({object: 'test', message: 'A test of this endpoint by auditty', endpoint_id: endpoint.id});
	await store.write([insertEvent({id: event, type: testEventType, createdAt: at, requestId: null, entityId: endpoint.id, data, endpointId: endpoint.id})]);
	const stored = await readEvent(store, {id: event});
	const [sendout] = stored?.sendouts ?? [];
	if (sendout === undefined) {
		throw new UsageFault(`the endpoint ${id} was removed meanwhile`);
	}

	return {sendoutId: sendout.id};
};
