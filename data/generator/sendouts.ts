import {keyNames} from './shop.ts';
import {day, hour, minute, recordedUntil, second, type Line} from './recording.ts';
import {iso} from './bodies.ts';
import {type ShopEvent, type Traffic} from './traffic.ts';

const endpoints = [
	{id: 'wh_AJOGqBevUPZogJmXqrOZtF3E', url: 'https://hooks.nordlicht.example/voucherify', types: ['redemption.succeeded', 'redemption.failed', 'customer.updated']},
	{id: 'wh_Kd8sQwLm3RzXv6TyBnPc1HfJ', url: 'https://erp.nordlicht.example/webhooks/loyalty', types: ['voucher.loyalty_card.points_added', 'publication.succeeded']},
	{id: 'wh_Ue5NcYt0GaVi9MoSx2DkWb7r', url: 'https://analytics.nordlicht.example/ingest', types: ['redemption.failed']},
] as const;

/** Minutes after the first attempt at which it is tried again. */
const retryMinutes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440] as const;

/** The moment from which the analytics endpoint answers 503 or not at all. */
const analyticsDownSince = recordedUntil - 30 * hour;

/** Webhook deliveries that the events of the last three days caused. */
export function makeSendouts({recording, events}: Traffic): readonly Line[] {
	const {random} = recording;
	const sendouts: Line[] = [];
	for (const event of events) {
		for (const endpoint of endpoints) {
			const isAnalytics = endpoint === endpoints[2];
			const isWanted = endpoint.types.some(type => type === event.type) && event.at > recordedUntil - 3 * day;
			if (!isWanted || !(isAnalytics || event.type === 'redemption.failed' || random.chance(0.22))) {
				continue;
			}

			const isFailing = isAnalytics && event.at >= analyticsDownSince;
			const first = event.at + random.integer(30, 400);
			const tries = isFailing ? triesUntilNow(first) : [first];
			// Somebody gave up on a few of them; the newest are still waiting for their first attempt.
			const isCanceled = isFailing && tries.length > 6 && random.chance(0.12);
			const isPending = !isFailing && event.at > recordedUntil - 2 * minute;
			const attempts = isPending ? [] : tries.map((at, index) => attempt(at, index + 1, isFailing));
			const next = retryMinutes[tries.length - 1];
			const status = isPending ? 'pending' : isCanceled ? 'canceled' : !isFailing ? 'success' : next === undefined ? 'failed' : 'retrying';
			const last = attempts.at(-1);
			sendouts.push({
				id: recording.id('whs_', event.at), status, type: event.type, event_id: recording.id(eventPrefix(event.type), event.at), request_id: event.cause.requestId, source_id: endpoint.id, target_url: endpoint.url,
				created_at: iso(event.at), sent_at: last?.started_at ?? null, attempts: attempts.length, next_attempt_at: isPending ? iso(recordedUntil) : status === 'retrying' ? iso(first + (next ?? 0) * minute) : null,
				error: last?.error ?? null, data: payload(event), attempt_log: attempts,
			});
		}
	}

	return sendouts;

	function attempt(at: number, number: number, isFailing: boolean): {readonly started_at: string; readonly error: string | null} & Line {
		const isSilent = isFailing && random.chance(0.3);
		return {
			number, started_at: iso(at), duration: isSilent ? 10_000 : random.duration(isFailing ? 240 : 120), status: isSilent ? null : isFailing ? 503 : 200,
			response_headers: isSilent ? null : isFailing ? {'content-type': 'text/plain', 'retry-after': '30'} : {'content-type': 'application/json'},
			response_body: isSilent ? null : isFailing ? 'upstream unavailable' : '{"received":true}', error: isSilent ? 'no response within 10 s' : isFailing ? 'HTTP 503' : null,
		};
	}
}

const triesUntilNow = (first: number): readonly number[] => [first, ...retryMinutes.map(minutes => first + minutes * minute)].filter(at => at < recordedUntil - 20 * second);

const eventPrefix = (type: string): string => type.startsWith('redemption') ? 'evred_' : type.startsWith('customer') ? 'evcus_' : 'evvou_';

function payload(event: ShopEvent): unknown {
	const {appId, user} = event.cause.call;
	return {
		...event.data,
		event: {
			type: event.type, created_at: iso(event.at), entity_id: event.entity, group_id: event.cause.requestId,
			event_source: appId === undefined ? {channel: 'USER_PORTAL', user: {id: user}} : {channel: 'API', api_key: {name: keyNames[appId], app_id: appId}},
		},
	};
}
