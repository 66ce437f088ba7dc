import {defaultExportFields} from '../../domain/fields/exportable.ts';
import {type Credentials} from '../../services/pull/credentials.ts';
import {type ProjectAddress} from '../../services/pull/project-address.ts';
import {VoucherifyFault, type VoucherifyApi} from '../../services/pull/voucherify-api.ts';
import {createCallLimits, type OnWait} from './call-limits.ts';
import {createHttpClient, ownChannel} from './http-client.ts';
import {readRemoteExport} from './read-export.ts';
import {readRemoteTask} from './read-task.ts';
import {itemsOf, numberOf, objectOf} from './read-values.ts';

const pageSize = 100;
/** Pages of exports beyond this are refused. */
const lastPage = 100;

const isoOf = (at: number): string => new Date(at).toISOString();

const strange = (what: string): VoucherifyFault => new VoucherifyFault('request', `Voucherify did not answer ${what} with what it documents`, 'see voucherify.host, or report it');

/** The API of a Voucherify project. Close it, so that its connections do not keep the process. */
export const createVoucherifyApi = ({address, credentials, now, onWait = () => undefined, retryMs}: {
	readonly address: ProjectAddress;
	readonly credentials: Credentials;
	readonly now: () => number;
	readonly onWait?: OnWait;
	readonly retryMs?: number | undefined;
}): VoucherifyApi => {
	const limits = createCallLimits({now, onWait});
	const client = createHttpClient({address, credentials, limits, retryMs});

	return {
		async createLogExport({from, until}, signal) {
			const answer = await client.json({
				what: 'the creation of an export', method: 'POST', path: '/v1/exports', body: {
					exported_object: 'api_log',
					parameters: {
						order: 'created_at',
						fields: defaultExportFields('logs'),
						filters: {
							junction: 'and',
							// Whether the ends belong to it is not documented: a millisecond more on each side makes sure.
							created_at: {conditions: {$after: [isoOf(from - 1)], $before: [isoOf(until + 1)]}},
							channel: {conditions: {$not_in: [ownChannel]}},
						},
					},
				},
			}, signal);
			const made = readRemoteExport(objectOf(answer));
			if (made === null) {
				throw strange('the creation of an export');
			}

			return made;
		},

		async export(id, signal) {
			const answer = await client.json({what: 'the export', method: 'GET', path: `/v1/exports/${encodeURIComponent(id)}`}, signal);
			return answer === null ? null : readRemoteExport(objectOf(answer));
		},

		async exports(page, signal) {
			const answer = await client.json({what: 'the list of exports', method: 'GET', path: '/v1/exports', query: {limit: String(pageSize), page: String(page), order: '-created_at'}}, signal);
			if (answer === null) {
				throw strange('the list of exports');
			}

			const items = itemsOf(answer, 'exports');
			const {total, has_more: hasMore} = objectOf(answer);
			return {
				items: items.map(readRemoteExport).filter(item => item !== null),
				// A page may hold fewer than were asked for, so that only an empty one, or their total, tells the end.
				hasMore: items.length > 0 && page < lastPage && hasMore !== false,
				total: numberOf(total),
			};
		},

		async task(id, signal) {
			const answer = await client.json({what: 'the background task', method: 'GET', path: `/v1/async-actions/${encodeURIComponent(id)}`}, signal);
			return answer === null ? null : readRemoteTask(objectOf(answer));
		},

		async tasks(endDate, signal) {
			const answer = await client.json({what: 'the list of background tasks', method: 'GET', path: '/v1/async-actions', query: {limit: String(pageSize), ...(endDate !== null && {end_date: isoOf(endDate)})}}, signal);
			if (answer === null) {
				throw strange('the list of background tasks');
			}

			const items = itemsOf(answer, 'async_actions');
			return {items: items.map(readRemoteTask).filter(item => item !== null), hasMore: items.length > 0 && objectOf(answer)['has_more'] !== false, total: null};
		},

		download: async (url, signal) => client.file(url, signal),
		allowance: limits.allowance,
		clockAheadMs: limits.clockAheadMs,
		close: client.close,
	};
};
