import {brokenNodeSdk, campaigns, nodeSdk, partnerCampaign, serverKeys, users} from './shop.ts';
import {day, hour, minute, recordedUntil, second, type Call, type Line, type Recorded} from './recording.ts';
import {errorBody, iso, voucherInList} from './bodies.ts';
import {responseHeaders, serverHeaders} from './headers.ts';
import {type Traffic} from './traffic.ts';

/** Calls that start something: the tasks and exports that came of them. */
export type BackOffice = {readonly tasks: readonly Line[]; readonly exports: readonly Line[]};

/** What the team and its scheduled jobs do: campaigns, imports, exports, lists, polls. */
export function recordBackOffice(traffic: Traffic): BackOffice {
	const tasks = [...partnerImport(traffic), ...otherTasks(traffic)];
	dashboardWork(traffic);
	largeLists(traffic);
	return {tasks, exports: exportsOf(traffic)};
}

type TaskEnd = {
	readonly type: string; readonly status: 'scheduled' | 'in_progress' | 'done' | 'failed'; readonly tookMs: number;
	readonly done: number; readonly failed: number; readonly total: number; readonly result?: unknown; readonly error?: string;
};

/** The task that a call started, as a line of `tasks.ndjson`. */
function taskLine(id: string, cause: Recorded, end: TaskEnd): Line {
	const isOver = end.status === 'done' || end.status === 'failed';
	return {
		id, type: end.type, status: end.status, processing_status: end.status === 'done' ? (end.failed > 0 && end.done === 0 ? 'failure' : 'success') : end.status === 'failed' ? 'failure' : 'unknown',
		progress: end.status === 'done' ? 100 : Math.floor(((end.done + end.failed) / Math.max(1, end.total)) * 100), done_count: end.done, failed_count: end.failed, total_count: end.total,
		processing_time: end.status === 'scheduled' ? null : end.tookMs, created_at: iso(cause.at + 60), updated_at: end.status === 'scheduled' ? null : iso(Math.min(cause.at + 60 + end.tookMs, recordedUntil - 5 * second)),
		user: cause.call.user ?? null, request_id: cause.requestId, log_id: cause.id, export_id: null, origin: 'voucherify', parameters: null,
		result: isOver ? (end.result ?? {message: `${end.done} items processed.`, done_count: end.done}) : null, error: end.error ?? null,
	};
}

/** A partner's 1,400 codes go in by the hundred, slower each time; the rate limit stops one; the last has duplicates. */
function partnerImport({recording}: Traffic): readonly Line[] {
	const {random} = recording;
	const tasks: Line[] = [];
	let at = recordedUntil - 3.6 * hour;
	const url = `/v1/campaigns/${partnerCampaign.id}/import`;
	for (let part = 1; part <= 14; part++) {
		const codes = Array.from({length: 100}, (_, index) => `PARTNER-${String((part - 1) * 100 + index + 1).padStart(4, '0')}`);
		const common: Omit<Call, 'status' | 'durationMs'> = {
			method: 'POST', endpoint: 'POST_v1_campaigns_id_import', url, channel: 'Python-SDK', appId: serverKeys.warehouse, campaign: partnerCampaign.name,
			requestHeaders: serverHeaders('Python-SDK', serverKeys.warehouse, at), request: codes.map(code => ({code, redemption: {quantity: 1}})),
		};
		if (part === 10) {
			recording.add(at, {...common, status: 429, durationMs: 14, responseHeaders: {'content-type': 'application/json', 'retry-after': '40', 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '0', 'x-rate-limit-type': 'bulk_api_calls'}, response: errorBody(429, undefined, 'Too many requests hit the API too quickly.')});
			at += 41 * second;
		}

		const taskId = recording.id('aa_', at + 40);
		const durationMs = 3800 + part * part * 140 + random.integer(0, 900);
		const cause = recording.add(at, {...common, status: 202, durationMs, taskId, responseHeaders: responseHeaders(random), response: {async_action_id: taskId}});
		const failed = part === 14 ? codes.slice(0, 37).map((code, index) => ({code: code.replace(/\d+$/, digits => String(Number(digits) - 100).padStart(4, '0')), row: index + 1, reason: 'Duplicated resource found'})) : [];
		tasks.push(taskLine(taskId, cause, {
			type: 'CAMPAIGN.VOUCHERS_IMPORT', status: 'done', tookMs: durationMs * 3, done: 100 - failed.length, failed: failed.length, total: 100,
			result: {message: `${100 - failed.length} voucher(s) imported successfully${failed.length > 0 ? `, ${failed.length} failed` : ''}.`, failed, done_count: 100 - failed.length, failed_count: failed.length},
		}));
		at += durationMs + random.integer(2, 9) * second;
	}

	return tasks;
}

function otherTasks({recording}: Traffic): readonly Line[] {
	const {random} = recording;
	const start = (ago: number, call: Pick<Call, 'method' | 'endpoint' | 'url'> & Partial<Call>, end: TaskEnd): Line => {
		const at = recordedUntil - ago;
		const taskId = recording.id('aa_', at + 40);
		const who = call.user === undefined ? {channel: 'Python-SDK', appId: serverKeys.warehouse} : {channel: 'Dashboard'};
		const cause = recording.add(at, {...who, status: 202, durationMs: random.duration(120), taskId, response: {async_action_id: taskId}, ...call});
		return taskLine(taskId, cause, end);
	};

	const [dana, mateusz] = users;
	const codesCsv = 'Code,Voucher Type,Value,Discount Type,Redemption Limit,Active,Region\nFALL-0001,DISCOUNT_VOUCHER,10,AMOUNT,1,TRUE,Europe\nFALL-0002,,10,AMOUNT,1,TRUE,Europe\nFALL-0003,GIFT_VOUCHER,100,,,TRUE,"Europe, Nordics"\n';
	return [
		start(4 * minute, {method: 'POST', endpoint: 'POST_v1_campaigns_id_vouchers', url: `/v1/campaigns/${campaigns[2]!.id}/vouchers?vouchers_count=5000`, user: dana, campaign: campaigns[2]!.name}, {type: 'CAMPAIGN.VOUCHERS_GENERATE', status: 'in_progress', tookMs: 4 * minute, done: 2100, failed: 0, total: 5000}),
		start(3 * minute, {method: 'POST', endpoint: 'POST_v1_customers_metadata_async', url: '/v1/customers/metadata/async', request: {source_ids: ['crm-10400', 'crm-10401'], metadata: {region: 'EMEA'}}}, {type: 'CUSTOMERS.METADATA_UPDATE', status: 'scheduled', tookMs: 0, done: 0, failed: 0, total: 2}),
		start(7 * hour, {method: 'DELETE', endpoint: 'DELETE_v1_campaigns_id', url: '/v1/campaigns/camp_Ty5UiOp8AsDf2GhJk4LzXc7v', user: mateusz, campaign: 'Summer-Iced'}, {type: 'CAMPAIGN.VOUCHERS_DELETE', status: 'failed', tookMs: 4100, done: 0, failed: 0, total: 800, result: {message: 'Deleted 0 vouchers.', done_count: 0}, error: 'Campaign is used by a running validation rule'}),
		start(11 * hour, {
			method: 'POST', endpoint: 'POST_v1_vouchers_import_csv', url: '/v1/vouchers/importCSV', channel: 'API', appId: serverKeys.warehouse, requestHeaders: {...serverHeaders('API', serverKeys.warehouse, 1), 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="fall-codes.csv"'}, request: codesCsv,
		}, {type: 'VOUCHERS.IMPORT_CSV', status: 'done', tookMs: 913, done: 2, failed: 1, total: 3, result: {message: '2 voucher(s) imported successfully, 1 failed.', failed: [{code: 'FALL-0002', row: 2, reason: 'Voucher Type is required'}], done_count: 2, failed_count: 1}}),
		start(16 * hour, {method: 'POST', endpoint: 'POST_v1_customers_bulk_async', url: '/v1/customers/bulk/async', request: [{source_id: 'crm-10422', metadata: {vip: true}}, {source_id: 'crm-99999', metadata: {vip: true}}, {source_id: 'crm-10423', metadata: {vip: false}}]}, {
			type: 'CUSTOMERS.BULK_UPDATE', status: 'done', tookMs: 725, done: 2, failed: 1, total: 3,
			result: {done_count: 2, failed_count: 1, reports: ['https://reports.example.com/aa/customers-bulk-1.csv'], reports_available_till: iso(recordedUntil + 7 * day), errors: [{message: 'Resource not found', details: 'Cannot find customer with source_id crm-99999', key: 'not_found', source_id: 'crm-99999'}]},
		}),
		...([
			['PRODUCTS.IMPORT_CSV', 'products/importCSV', 2, 48, 0], ['SKUS.IMPORT_CSV', 'skus/importCSV', 2.1, 96, 0], ['ORDERS.IMPORT', 'orders/import', 3, 240, 12], ['CUSTOMERS.IMPORT_CSV', 'customers/importCSV', 4, 1900, 3],
			['VOUCHERS.METADATA_UPDATE', 'vouchers/metadata/async', 4.4, 60, 0], ['VOUCHERS.BULK_UPDATE', 'vouchers/bulk/async', 5, 0, 25], ['PRODUCTS.BULK_UPDATE', 'products/bulk/async', 5.5, 14, 0], ['VOUCHERS.IMPORT', 'vouchers/import', 6.2, 300, 0],
		] as const).map(([type, path, daysAgo, done, failed]) => start(daysAgo * day, {method: 'POST', endpoint: `POST_v1_${path.replaceAll('/', '_').replace('importCSV', 'import_csv')}`, url: `/v1/${path}`}, {
			type, status: 'done', tookMs: random.duration(2600 + done * 4), done, failed, total: done + failed,
			result: {done_count: done, failed_count: failed, errors: Array.from({length: failed}, (_, row) => ({message: 'Invalid payload', details: `Row ${row + 1}: value is not a number`, key: 'invalid_payload'}))},
		})),
	];
}

function dashboardWork({recording}: Traffic): void {
	const {random} = recording;
	for (let ago = 6.8 * day; ago > 12 * minute; ago -= random.integer(70, 260) * minute) {
		const at = recordedUntil - ago;
		const user = random.favourite(users);
		const campaign = random.pick(campaigns);
		const common = {channel: 'Dashboard', user, durationMs: random.duration(95)};
		const seen = {id: campaign.id, name: campaign.name, campaign_type: 'DISCOUNT_COUPONS', type: 'STATIC', active: true, vouchers_count: 500, metadata: {region: 'EMEA', emoji: '☕🌙'}, created_at: iso(at - 20 * day), updated_at: iso(at), object: 'campaign'};
		random.pick([
			() => recording.add(at, {...common, status: 200, method: 'GET', endpoint: 'GET_v1_campaigns', url: '/v1/campaigns?limit=10&page=1', response: {object: 'list', data_ref: 'campaigns', campaigns: [seen], total: 1}}),
			() => recording.add(at, {...common, status: 200, method: 'PUT', endpoint: 'PUT_v1_campaigns_campaign_id', url: `/v1/campaigns/${campaign.id}`, campaign: campaign.name, request: {metadata: {region: 'EMEA'}}, response: seen}),
			() => recording.add(at, {...common, status: 200, method: 'GET', endpoint: 'GET_v1_customers', url: '/v1/customers?limit=20&order=-created_at', response: {object: 'list', data_ref: 'customers', customers: [], total: 260}}),
			() => recording.add(at, {...common, status: 409, method: 'POST', endpoint: 'POST_v1_campaigns', url: '/v1/campaigns', campaign: campaign.name, request: {name: campaign.name, campaign_type: 'DISCOUNT_COUPONS', voucher: {type: 'DISCOUNT_VOUCHER'}}, response: errorBody(409, 'duplicate_found', 'Duplicated resource found', {details: `Duplicated campaign exists with name ${campaign.name}`, resourceId: campaign.name, resourceType: 'campaign'})}),
			() => recording.add(at, {...common, status: 204, method: 'DELETE', endpoint: 'DELETE_v1_vouchers_code', url: `/v1/vouchers/${campaign.codes.at(-1)}`, campaign: campaign.name, incentive: campaign.codes.at(-1)!}),
		])();
	}

	for (let ago = 24 * hour; ago > minute; ago -= 20 * minute) {
		recording.add(recordedUntil - ago - random.integer(0, 3000), {status: 200, method: 'GET', endpoint: 'GET_v1_async_actions', url: '/v1/async-actions?limit=100', channel: 'Python-SDK', appId: serverKeys.warehouse, durationMs: random.duration(24), response: {object: 'list', data_ref: 'async_actions', async_actions: [], has_more: false}});
	}

	// The build that was rolled back did one thing right.
	recording.add(recordedUntil - 9 * hour - 40 * second, {status: 200, method: 'GET', endpoint: 'GET_v1_vouchers_code', url: '/v1/vouchers/AUTUMN15', channel: brokenNodeSdk, appId: serverKeys.checkout, campaign: campaigns[0]!.name, incentive: 'AUTUMN15', durationMs: 19, response: voucherInList(recording, recordedUntil - 9 * hour, 'AUTUMN15', campaigns[0]!)});
}

/** Whole pages of vouchers: bodies that a screen cannot show at once. */
function largeLists({recording}: Traffic): void {
	for (const [hoursAgo, count] of [[1.3, 200], [8, 60], [20, 40]] as const) {
		const at = recordedUntil - hoursAgo * hour;
		const vouchers = Array.from({length: count}, (_, index) => voucherInList(recording, at, `AUT-${String(index).padStart(4, '0')}`, campaigns[0]!));
		recording.add(at, {status: 200, method: 'GET', endpoint: 'GET_v1_vouchers', url: `/v1/vouchers?campaign=${campaigns[0]!.name}&limit=${count}`, channel: nodeSdk, appId: serverKeys.checkout, campaign: campaigns[0]!.name, durationMs: 400 + count * 5, response: {object: 'list', data_ref: 'vouchers', vouchers, total: 4312}});
	}
}

const logFields = ['id', 'created_at', 'status', 'request_id', 'channel', 'method', 'endpoint', 'url', 'user_email', 'app_id', 'client_app_id', 'request_duration', 'request_body', 'response_body'];

function exportsOf({recording}: Traffic): readonly Line[] {
	const {random} = recording;
	const [dana, mateusz, ines] = users;
	return ([
		['scheduled', 'voucher', 0.05, dana, ['code', 'voucher_type', 'value', 'discount_type'], null, null],
		['in_progress', 'redemption', 0.1, dana, ['id', 'object', 'voucher_code', 'customer_id', 'date', 'result'], null, null],
		['done', 'api_log', 1.6, ines, logFields, 431, 'status:failure since:2h'],
		['error', 'order', 6, mateusz, ['id', 'source_id', 'status'], null, null],
		['done', 'customer', 27, null, ['name', 'source_id'], 260, null],
		['done', 'publication', 51, null, ['code', 'customer_id', 'date', 'channel'], 118, null],
		['done', 'voucher_transactions', 76, dana, ['id', 'type', 'source_id', 'status', 'reason', 'source', 'balance', 'amount', 'created_at'], 87, null],
		['done', 'points_expiration', 99, null, ['id', 'campaign_id', 'voucher_id', 'status', 'expires_at', 'points'], 0, null],
		['done', 'api_log', 140, mateusz, logFields, 2048, 'endpoint:POST_v1_redemptions since:7d'],
	] as const).map(([status, resource, hoursAgo, user, fields, rows, query]) => {
		const at = recordedUntil - hoursAgo * hour;
		const id = `exp_${random.alphanumeric(24)}`;
		const isOver = status === 'done' || status === 'error';
		recording.add(at, {
			status: 200, method: 'POST', endpoint: 'POST_v1_exports', url: '/v1/exports', durationMs: random.duration(48), ...(user === null ? {channel: 'Python-SDK', appId: serverKeys.warehouse} : {channel: 'Dashboard', user}),
			request: {exported_object: resource, parameters: {order: '-created_at', fields}},
			response: {id, object: 'export', created_at: iso(at), status: 'SCHEDULED', channel: user === null ? 'API' : 'WEBSITE', exported_object: resource, parameters: {order: '-created_at', fields}, result: null, user_id: null},
		});
		if (status === 'done') {
			recording.add(at + 9 * second, {status: 200, method: 'GET', endpoint: 'GET_v1_exports_id', url: `/v1/exports/${id}?token=not-a-real-download-token`, durationMs: random.duration(130), channel: 'API', appId: serverKeys.warehouse, response: {id, object: 'export', created_at: iso(at), status: 'DONE', exported_object: resource, result: {url: `https://download.voucherify.io/v1/exports/${id}?token=not-a-real-download-token`}}});
		}

		return {
			id, resource, status, created_at: iso(at), finished_at: isOver ? iso(at + 7 * second) : null, user, origin: 'voucherify', query, fields, order: '-created_at', rows, bytes: null, sha256: null, task_id: null,
			error: status === 'error' ? 'The export could not be written; schedule it again' : null,
		};
	});
}
