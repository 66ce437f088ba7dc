import {type Campaign, type Customer, products} from './shop.ts';
import {day, type Recording} from './recording.ts';

/** Request and response bodies in the shapes that Voucherify documents. */

export type Basket = {readonly sourceId: string; readonly amount: number; readonly items: ReadonlyArray<{readonly product_id: string; readonly quantity: number; readonly price: number}>};

export const iso = (at: number): string => new Date(at).toISOString();

export function makeBasket({random}: Recording): Basket {
	const items = Array.from({length: random.weighted([[1, 6], [2, 3], [3, 1]])}, () => {
		const [product_id, , price] = random.favourite(products);
		return {product_id, quantity: random.weighted([[1, 7], [2, 2], [4, 1]]), price};
	});
	return {sourceId: `shop-${random.integer(770_000, 799_999)}`, amount: items.reduce((sum, item) => sum + item.price * item.quantity, 0), items};
}

export const orderRequest = (basket: Basket, status?: string): unknown => ({source_id: basket.sourceId, amount: basket.amount, status, items: basket.items});

export const redemptionRequest = (customer: Customer, code: string, basket: Basket, status?: string): unknown => ({
	customer: {source_id: customer.sourceId},
	redeemables: [{object: 'voucher', id: code}],
	order: orderRequest(basket, status),
});

const customerInside = (customer: Customer): unknown => ({
	id: customer.id, name: customer.name, email: customer.email, source_id: customer.sourceId, metadata: customer.metadata, object: 'customer',
});

const discountOf = (campaign: Campaign): unknown => ({type: 'PERCENT', percent_off: campaign.percentOff, effect: 'APPLY_TO_ORDER'});

function discountedOrder(basket: Basket, campaign: Campaign): Record<string, unknown> {
	const discount = Math.floor((basket.amount * campaign.percentOff) / 100);
	return {
		amount: basket.amount, discount_amount: discount, applied_discount_amount: discount,
		total_discount_amount: discount, total_applied_discount_amount: discount, total_amount: basket.amount - discount,
		items: basket.items.map(item => ({object: 'order_item', ...item, amount: item.price * item.quantity, subtotal_amount: item.price * item.quantity})),
	};
}

export function validationResponse(recording: Recording, at: number, code: string, campaign: Campaign, basket: Basket): unknown {
	const discount = Math.floor((basket.amount * campaign.percentOff) / 100);
	const totals = {amount: basket.amount, total_discount_amount: discount, total_amount: basket.amount - discount};
	return {
		id: recording.id('valid_', at), valid: true,
		redeemables: [{
			status: 'APPLICABLE', id: code, object: 'voucher', campaign_name: campaign.name, campaign_id: campaign.id,
			result: {discount: discountOf(campaign)}, metadata: {},
		}],
		order: {...totals, items: basket.items, metadata: {}, customer_id: null, referrer_id: null, object: 'order'},
		tracking_id: `track_${recording.random.alphanumeric(32)}`,
	};
}

/** A refused validation answers 200; the reason stands beside the redeemable. */
export const refusedValidation = (recording: Recording, code: string, error: {readonly key: string; readonly message: string}): unknown => ({
	valid: false,
	redeemables: [{status: 'INAPPLICABLE', id: code, object: 'voucher', result: {error: {code: 400, ...error, details: code}}}],
	tracking_id: `track_${recording.random.alphanumeric(32)}`,
});

export type Redemption = {readonly id: string; readonly body: unknown; readonly redemption: Readonly<Record<string, unknown>>};

export function redemptionResponse(recording: Recording, at: number, subject: {customer: Customer; code: string; campaign: Campaign; basket: Basket; appId: string}): Redemption {
	const {customer, code, campaign, basket, appId} = subject;
	const id = recording.id('r_', at);
	const order = {
		id: recording.id('ord_', at), source_id: basket.sourceId, created_at: iso(at), updated_at: null, status: 'PAID',
		...discountedOrder(basket, campaign), metadata: {}, customer_id: customer.id, referrer_id: null, object: 'order',
	};
	const voucherId = `v_${recording.random.alphanumeric(32)}`;
	const redemption = {
		id, customer_id: customer.id, tracking_id: `track_${recording.random.alphanumeric(32)}`, date: iso(at),
		customer: customerInside(customer), result: 'SUCCESS', status: 'SUCCEEDED', related_object_type: 'voucher', related_object_id: voucherId,
		voucher: {
			id: voucherId, code, discount: discountOf(campaign), type: 'DISCOUNT_VOUCHER', campaign: campaign.name, campaign_id: campaign.id,
			active: true, redemption: {quantity: null, redeemed_quantity: recording.random.integer(1, 900)}, metadata: {}, object: 'voucher',
		},
		metadata: {}, channel: {channel_id: appId, channel_type: 'API'}, object: 'redemption',
	};
	return {id, redemption, body: {redemptions: [redemption], order, inapplicable_redeemables: [], skipped_redeemables: []}};
}

export function customerRequest(customer: Customer): unknown {
	return {source_id: customer.sourceId, name: customer.name, email: customer.email, address: {city: customer.city}, metadata: customer.metadata};
}

export const customerResponse = (customer: Customer, at: number): unknown => ({
	id: customer.id, source_id: customer.sourceId, name: customer.name, description: null, email: customer.email, phone: null, birthdate: null,
	address: {city: customer.city, state: null, line_1: null, line_2: null, country: null, postal_code: null},
	summary: {redemptions: {total_redeemed: 3, total_failed: 0, total_succeeded: 3, total_rolled_back: 0}, orders: {total_amount: 11_397, total_count: 3, average_amount: 3799, last_order_amount: 2599}},
	loyalty: {points: 120, referred_customers: 0, campaigns: {'Bean-Club': {points: 120, referred_customers: 0}}},
	metadata: customer.metadata, system_metadata: {}, created_at: iso(at - 40 * day), updated_at: iso(at), object: 'customer',
});

export function voucherInList(recording: Recording, at: number, code: string, campaign: Campaign): unknown {
	return {
		id: `v_${recording.random.alphanumeric(32)}`, code, campaign: campaign.name, campaign_id: campaign.id, category: null, category_id: null, categories: [],
		type: 'DISCOUNT_VOUCHER', discount: discountOf(campaign), gift: null, loyalty_card: null, start_date: iso(at - 20 * day), expiration_date: iso(at + 90 * day),
		validity_timeframe: null, validity_day_of_week: null, active: true, additional_info: null, metadata: {}, is_referral_code: false,
		created_at: iso(at - 20 * day), updated_at: null,
		redemption: {quantity: 1, redeemed_quantity: 0, object: 'list', url: `/v1/vouchers/${code}/redemptions?page=1&limit=10`},
		publish: {object: 'list', count: 0, url: `/v1/vouchers/${code}/publications?page=1&limit=10`}, object: 'voucher',
	};
}

/** Every error object of the API; `requestId` is missing from a 401 and some others. */
export function errorBody(code: number, key: string | undefined, message: string, more: {details?: string; requestId?: string; resourceId?: string; resourceType?: string; shown?: string} = {}): unknown {
	return {
		code, key, message, details: more.details, request_id: more.requestId, resource_id: more.resourceId, resource_type: more.resourceType,
		error: more.shown === undefined ? undefined : {message: more.shown},
	};
}
