import {type Endpoint} from '../../domain/records.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {isoInstant} from '../../domain/time/iso-instant.ts';
import {type EndpointHealth} from '../../services/services.ts';

/** As Voucherify's management API has it. */
export const endpointJson = (endpoint: Endpoint): Readonly<Record<string, unknown>> => ({
	id: endpoint.id, object: 'webhook', created_at: isoInstant(endpoint.created_at), target_url: endpoint.target_url, events: endpoint.events, active: endpoint.active,
	headers: endpoint.headers, concurrency: endpoint.concurrency, disabled_reason: endpoint.disabled_reason,
});

/** The same with how its deliveries go. */
export const healthJson = ({endpoint, successRate, p90Ms, nextAttemptAt, breaker, blockedUntil, waiting}: EndpointHealth): Readonly<Record<string, unknown>> => ({
	...endpointJson(endpoint), success_rate: successRate, p90_ms: p90Ms, next_attempt_at: isoInstant(nextAttemptAt), breaker, blocked_until: isoInstant(blockedUntil), waiting,
});

const percent = (rate: number | null): string => rate === null ? 'no deliveries in 24 h' : `${(rate * 100).toFixed(rate === 1 ? 0 : 1)} % of 24 h delivered`;

/** One line of a list: state, ID, URL, event types, health. */
export const endpointLine = ({endpoint, successRate, p90Ms, breaker, waiting}: EndpointHealth): string => [
	(endpoint.active ? 'active' : 'disabled').padEnd(8), endpoint.id, makeSafe(endpoint.target_url), makeSafe(endpoint.events.join(',')), percent(successRate),
	...p90Ms === null ? [] : [`p90 ${p90Ms} ms`],
	`breaker ${breaker}`, `${waiting.toLocaleString('en-US')} waiting`,
].join('  ');

/** A line a property. */
export const endpointText = (health: EndpointHealth): string => {
	const {endpoint} = health;
	const lines: ReadonlyArray<readonly [string, string | null]> = [
		['id', endpoint.id], ['url', endpoint.target_url], ['state', endpoint.active ? 'active' : `disabled: ${endpoint.disabled_reason ?? ''}`], ['events', endpoint.events.join(', ')],
		...Object.entries(endpoint.headers).map(([name, value]) => ['header', `${name}: ${value}`] as const),
		['at once', String(endpoint.concurrency)], ['created', isoInstant(endpoint.created_at)], ['deliveries', percent(health.successRate)], ['p90', health.p90Ms === null ? null : `${health.p90Ms} ms`],
		['breaker', health.blockedUntil === null ? health.breaker : `${health.breaker} until ${isoInstant(health.blockedUntil)}`],
		['waiting', health.waiting.toLocaleString('en-US')], ['next', isoInstant(health.nextAttemptAt)],
	];
	return lines.filter(([, value]) => value !== null).map(([name, value]) => `${name.padEnd(10)}  ${makeSafe(value ?? '')}\n`).join('');
};
