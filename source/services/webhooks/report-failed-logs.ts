import {idPrefixes, makeId} from '../../domain/ids.ts';
import {type Log} from '../../domain/records.ts';
import {isSubscribed, insertEvent} from '../../store/webhooks/events.ts';
import {forgetPosition, readPosition, writePosition} from '../../store/webhooks/positions.ts';
import {listPage} from '../list-page.ts';
import {readSettings} from '../project-settings.ts';
import {type ServiceContext} from '../service-context.ts';

const type = 'log.failed';
const logsAtOnce = 200;

/** What a receiver needs to find the log; its bodies stay here. */
const dataOf = ({id, created_at: createdAt, ...log}: Log): string => JSON.stringify({
	object: 'log', id, created_at: new Date(createdAt).toISOString(), status: log.status, request_id: log.request_id, channel: log.channel, method: log.method,
	endpoint: log.endpoint, url: log.url, user_email: log.user_email, customer: log.customer, campaign: log.campaign, incentive: log.incentive,
	request_duration: log.request_duration, error_key: log.error_key,
});

/**
 * Makes an event `log.failed` of each log that came in since the last look and that the setting `webhooks.log_failed`, a query,
 * finds. Logs that were there before it was set count as seen. Of several workers that look at once, each log still becomes
 * one event, by its key.
 */
export const reportFailedLogs = async (context: ServiceContext): Promise<void> => {
	const {store, now} = context;
	const query = (await readSettings(store)).all['webhooks.log_failed'];
	const position = await readPosition(store, type);
	if (query === undefined || !await isSubscribed(store, type)) {
		await (position === null ? undefined : store.write([forgetPosition(type)]));
		return;
	}

	if (position === null) {
		const {next} = await listPage(context, {tab: 'logs', query: '', isWithoutDefault: true, direction: 'newer', limit: 1, arrivedAfter: null});
		await store.write([writePosition(type, next?.seq ?? 0)]);
		return;
	}

	for (let after = position; ;) {
		const {rows, next} = await listPage(context, {tab: 'logs', query, isWithoutDefault: true, direction: 'newer', limit: logsAtOnce, arrivedAfter: after});
		const seq = next?.seq ?? after;
		if (seq === after) {
			return;
		}

		await store.write([
			...rows.map(({summary}) => insertEvent({
				id: makeId(idPrefixes.event, now(), Math.random), type, createdAt: now(), requestId: summary.request_id, entityId: summary.id,
				data: dataOf(summary as Log), idempotencyKey: `${type} ${summary.id}`,
			})),
			writePosition(type, seq),
		]);
		after = seq;
	}
};
