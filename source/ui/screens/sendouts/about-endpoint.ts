import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatInstant, type Zones} from '../../../domain/time/format-time.ts';
import {type EndpointHealth} from '../../../services/services.ts';

/** What the line of an endpoint has no room for. Header values that are secret come replaced. */
export const aboutEndpoint = ({endpoint}: EndpointHealth, zones: Zones): readonly string[] => {
	const headers = Object.entries(endpoint.headers).map(([name, value]) => `${name}: ${value}`);
	return [
		`${endpoint.id}  ${endpoint.target_url}`,
		`events   ${endpoint.events.includes('*') ? 'all' : endpoint.events.join(', ')}`,
		...(headers.length === 0 ? [] : [`headers  ${headers.join(', ')}`]),
		`at once  up to ${endpoint.concurrency} ${endpoint.concurrency === 1 ? 'delivery' : 'deliveries'}`,
		`created  ${formatInstant(endpoint.created_at, zones.project, 'second')}, project time`,
		...(endpoint.active ? [] : [`disabled ${endpoint.disabled_reason ?? ''}`]),
	].map(line => makeSafe(line));
};
