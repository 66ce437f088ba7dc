import {seededRandom, type Random} from '../../../data/generator/random.ts';
import {makeId} from '../../../source/domain/ids.ts';
import {type Log} from '../../../source/domain/records.ts';

export type BenchLogOptions = {
	readonly count: number;
	/** Epoch ms of the newest log. */
	readonly until: number;
	readonly seed?: number;
};

/** Raise it when what is generated changes: stores that are kept between runs are then made anew. */
export const generatorVersion = 1;

/** The logs lie over so many days, the oldest first. */
export const spanDays = 90;

/** Stands in the response body of one log in ten thousand. */
export const rareWord = 'kohlrabi-7731';

const hourMs = 3_600_000;

const endpoints: ReadonlyArray<readonly [method: string, path: string, endpoint: string]> = [
	['POST', '/v1/validations', 'POST_v1_validations'], ['POST', '/v1/redemptions', 'POST_v1_redemptions'], ['POST', '/v1/qualifications', 'POST_v1_qualifications'],
	['POST', '/client/v1/validations', 'POST_client_v1_validations'], ['GET', '/v1/vouchers/{code}', 'GET_v1_vouchers_code'], ['POST', '/v1/customers', 'POST_v1_customers'],
	['POST', '/v1/publications', 'POST_v1_publications'], ['GET', '/v1/customers/{customer}', 'GET_v1_customers_id'], ['POST', '/v1/loyalties/members/{code}/balance', 'POST_v1_loyalties_members_code_balance'],
	['GET', '/v1/vouchers', 'GET_v1_vouchers'], ['POST', '/v1/events', 'POST_v1_events'], ['PUT', '/v1/orders/{order}', 'PUT_v1_orders_id'], ['POST', '/v1/orders', 'POST_v1_orders'],
	['GET', '/v1/redemptions', 'GET_v1_redemptions'], ['POST', '/v1/redemptions/{order}/rollback', 'POST_v1_redemptions_id_rollback'], ['GET', '/v1/campaigns', 'GET_v1_campaigns'],
	['PUT', '/v1/campaigns/{campaign}', 'PUT_v1_campaigns_id'], ['POST', '/v1/campaigns', 'POST_v1_campaigns'], ['GET', '/v1/exports/{order}', 'GET_v1_exports_id'], ['DELETE', '/v1/vouchers/{code}', 'DELETE_v1_vouchers_code'],
];
const channels = ['Node.js-24.1.0-SDK-v7.6.0', 'API', 'Java-SDK', 'Voucherify.js', 'Android-SDK', 'Dashboard', 'Python-SDK', 'wc-plugin-4.4.1', 'Braze Outbound', 'PHP-SDK', 'dotNET-SDK', 'Ruby-SDK'];
const errors: ReadonlyArray<readonly [status: number, key: string]> = [
	[400, 'quantity_exceeded'], [400, 'invalid_payload'], [404, 'not_found'], [400, 'order_rules_violated'], [401, 'unauthorized'], [400, 'customer_rules_violated'], [400, 'voucher_expired'],
	[409, 'duplicate_found'], [400, 'voucher_disabled'], [403, 'forbidden'], [429, ''], [500, ''], [400, 'invalid_query_params'], [402, 'missing_required_feature'], [400, 'already_rolled_back'],
];
const words = 'roast bean filter grinder morning parcel delivery discount loyalty autumn member points basket order checkout region newsletter coupon partner outlet refund bundle premium café żółty über 咖啡 ☕ naïve'.split(' ');

/** Logs with the cardinalities of real traffic: few endpoints have most calls, 6 % fail, durations have a long tail, bodies are about 1 KB. */
export function * generateLogs({count, until, seed = 1}: BenchLogOptions): Generator<Log> {
	const random = seededRandom(seed);
	const span = spanDays * 24 * hourMs;
	const customers = Math.max(100, Math.floor(count / 12));
	const appIds = Array.from({length: 8}, () => random.uuid());
	const clientAppIds = Array.from({length: 3}, () => random.uuid());
	const campaigns = Array.from({length: 120}, (_, index) => `Campaign-${words[index % words.length]}-${index}`);
	for (let index = 0; index < count; index++) {
		const at = Math.floor(until - span + (span * (index + random.next())) / count);
		yield generateLog({random, at, index, customers, appIds, clientAppIds, campaigns});
	}
}

type Context = {
	readonly random: Random; readonly at: number; readonly index: number; readonly customers: number;
	readonly appIds: readonly string[]; readonly clientAppIds: readonly string[]; readonly campaigns: readonly string[];
};

function generateLog({random, at, index, customers, appIds, clientAppIds, campaigns}: Context): Log {
	const [method, path, endpoint] = random.favourite(endpoints);
	const channel = random.favourite(channels);
	const isFailure = random.chance(0.06);
	const [errorStatus, errorKey] = isFailure ? random.favourite(errors) : [null, ''];
	const isUnanswered = isFailure && random.chance(0.02);
	const customer = random.chance(0.75) ? `crm-${Math.floor(random.next() ** 2 * customers)}` : null;
	const campaign = random.chance(0.6) ? random.favourite(campaigns) : null;
	const code = `CODE-${random.integer(1000, 999_999).toString(36).toUpperCase()}`;
	const order = `shop-${random.integer(100_000, 999_999)}`;
	const isClient = channel === 'Voucherify.js' || channel === 'Android-SDK';
	const requestId = makeId('v-', at - 1, random.next);
	const url = path.replace(/\{(\w+)\}/, (_, name: string) => name === 'code' ? code : name === 'order' ? order : name === 'customer' ? customer ?? 'crm-0' : 'camp_x');
	return {
		id: makeId('log_', at, random.next), created_at: at, status: isUnanswered ? null : errorStatus ?? 200, outcome: isFailure ? 'failure' : 'success', request_id: requestId,
		channel, method, endpoint, url, user_email: channel === 'Dashboard' ? `user${random.integer(1, 25)}@shop.example` : null, customer, campaign, incentive: campaign === null ? null : code,
		app_id: isClient || channel === 'Dashboard' ? null : random.favourite(appIds), client_app_id: isClient ? random.favourite(clientAppIds) : null,
		request_duration: random.duration(55, 0.8), task_id: null, error_key: isUnanswered || errorKey === '' ? null : errorKey, request_headers: null, response_headers: null,
		request_body: method === 'GET' || method === 'DELETE' ? null : requestBody(random, customer, code, order),
		response_body: isUnanswered ? null : isFailure ? `{"code":${errorStatus},"key":"${errorKey}","message":"${errorKey.replaceAll('_', ' ')}","details":"${code}","request_id":"${requestId}"}` : responseBody(random, index, code, campaign),
	};
}

function requestBody(random: Random, customer: string | null, code: string, order: string): string {
	return `{"customer":{"source_id":"${customer}"},"redeemables":[{"object":"voucher","id":"${code}"}],"order":{"source_id":"${order}","amount":${random.integer(400, 99_000)},"items":[{"product_id":"prod_${random.integer(1, 4000)}","quantity":${random.integer(1, 4)},"price":${random.integer(100, 9000)}}]},"metadata":{"note":"${sentence(random, 9)}"}}`;
}

function responseBody(random: Random, index: number, code: string, campaign: string | null): string {
	// One body in two hundred is a long list; the rest are a few hundred bytes.
	const items = random.chance(0.005) ? random.integer(20, 60) : random.weighted([[1, 6], [2, 3], [3, 1]]);
	const rare = index % 10_000 === 4999 ? `,"rare":"${rareWord}"` : '';
	const list = Array.from({length: items}, () => `{"id":"v_${random.integer(0, 2 ** 31).toString(36)}","code":"${code}","campaign":${JSON.stringify(campaign)},"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":${random.integer(5, 50)},"effect":"APPLY_TO_ORDER"},"active":true,"metadata":{"text":"${sentence(random, 24)}"},"object":"voucher"}`);
	return `{"object":"list","data_ref":"data","data":[${list.join(',')}],"total":${items}${rare}}`;
}

function sentence(random: Random, length: number): string {
	let text = random.favourite(words);
	for (let count = 1; count < length; count++) {
		text += ` ${random.favourite(words)}`;
	}

	return text;
}

/** The same by the thousand. */
export function * inBatches<T>(values: Iterable<T>, size: number): Generator<readonly T[]> {
	let batch: T[] = [];
	for (const value of values) {
		batch.push(value);
		if (batch.length === size) {
			yield batch;
			batch = [];
		}
	}

	if (batch.length > 0) {
		yield batch;
	}
}
