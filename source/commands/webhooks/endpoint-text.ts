import {type Endpoint} from '../../domain/records.ts';
import {cellWidth, fitCell} from '../../domain/text/cells.ts';
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

const rateText = (rate: number): string => `${(rate * 100).toFixed(rate === 1 ? 0 : 1)} %`;

const percent = (rate: number | null): string => rate === null ? 'no deliveries in 24 h' : `${rateText(rate)} of 24 h delivered`;

const headings = ['STATE', 'ENDPOINT ID', 'URL', 'EVENTS', 'DELIVERED', 'P90', 'WAITING', 'BREAKER', 'NEXT'];

const cellsOf = ({endpoint, successRate, p90Ms, breaker, waiting, nextAttemptAt}: EndpointHealth): readonly string[] => [
	endpoint.active ? 'active' : 'disabled', endpoint.id, endpoint.target_url, endpoint.events.join(','), successRate === null ? '-' : rateText(successRate),
	p90Ms === null ? '-' : `${p90Ms} ms`, waiting.toLocaleString('en-US'), breaker, isoInstant(nextAttemptAt) ?? '-',
];

/** A line an endpoint below a heading, in columns; nothing without any. */
export const endpointLines = (endpoints: readonly EndpointHealth[]): string => {
	const rows = endpoints.length === 0 ? [] : [headings, ...endpoints.map(health => cellsOf(health).map(cell => makeSafe(cell)))];
	const widths = headings.map((_, column) => Math.max(...rows.map(row => cellWidth(row[column] ?? ''))));
	return rows.map(row => `${row.map((cell, column) => fitCell(cell, widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('');
};

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
