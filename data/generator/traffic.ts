import {
	campaigns, clientKeys, loyaltyCampaign, makeCustomers, nodeSdk, serverKeys, type Campaign, type Customer,
} from './shop.ts';
import {day, hour, minute, recordedUntil, second, type Recorded, type Recording} from './recording.ts';
import {
	customerRequest, customerResponse, errorBody, iso, makeBasket, orderRequest, redemptionRequest, redemptionResponse, refusedValidation, validationResponse, voucherInList,
} from './bodies.ts';
import {clientHeaders, responseHeaders, serverHeaders} from './headers.ts';

/** What ordinary traffic leaves behind for the webhooks: an event's type, its data, and the call that caused it. */
export type ShopEvent = {readonly at: number; readonly type: string; readonly entity: string; readonly cause: Recorded; readonly data: Readonly<Record<string, unknown>>};

/** How busy the shop is at that time of day: quiet at night, busiest in the evening. From 0 to 1. */
export function busyness(at: number): number {
	const hourOfDay = ((at + 2 * hour) % day) / hour;
	const daytime = Math.exp(-(((hourOfDay - 13) / 4.5) ** 2));
	const evening = 0.85 * Math.exp(-(((hourOfDay - 19.5) / 2.2) ** 2));
	return Math.min(1, 0.06 + daytime * 0.75 + evening);
}

function momentBetween({random}: Recording, from: number, before: number): number {
	for (;;) {
		const at = from + Math.floor(random.next() * (before - from));
		if (random.chance(busyness(at))) {
			return at;
		}
	}
}

export type Traffic = {readonly recording: Recording; readonly customers: readonly Customer[]; readonly events: ShopEvent[]};

/** A week of ordinary sessions, about half of them in the last day. */
export function recordTraffic(recording: Recording): Traffic {
	const {random} = recording;
	const traffic = {recording, customers: makeCustomers(random, 260), events: []};
	const sessions = [
		...Array.from({length: 820}, () => momentBetween(recording, recordedUntil - 7 * day, recordedUntil - day)),
		...Array.from({length: 930}, () => momentBetween(recording, recordedUntil - day, recordedUntil - 4 * minute)),
		...Array.from({length: 6}, (_, index) => recordedUntil - 3.4 * minute + index * 24 * second),
	];
	for (const at of sessions) {
		const session = random.weighted<(traffic: Traffic, at: number, customer: Customer) => void>([
			[checkout, 46], [storefront, 14], [syncCustomer, 12], [publish, 8], [lookUpVoucher, 9], [loyalty, 6], [mobileQualification, 7],
		]);
		session(traffic, at, random.favourite(traffic.customers));
	}

	return traffic;
}

const checkoutChannel = ({random}: Recording): {channel: string; appId: string} => random.weighted([
	[{channel: nodeSdk, appId: serverKeys.checkout}, 7],
	[{channel: 'Java-SDK', appId: serverKeys.checkout}, 3],
	[{channel: 'wc-plugin-4.4.1', appId: serverKeys.woocommerce}, 2],
	[{channel: 'API', appId: serverKeys.checkout}, 2],
]);

const refusals = [
	['voucher_expired', 'voucher expired'],
	['order_rules_violated', 'order rules violated'],
	['customer_rules_violated', 'customer rules violated'],
	['voucher_not_active_now', 'voucher is not active now'],
] as const;

function checkout({recording, events}: Traffic, at: number, customer: Customer): void {
	const {random} = recording;
	const basket = makeBasket(recording);
	const {channel, appId} = checkoutChannel(recording);
	// Story codes stay out of ordinary traffic, so that their first and last use can be found.
	const campaign: Campaign = random.favourite(campaigns.filter(({name}) => name !== 'Midnight-Roast-Launch'));
	const code = random.pick(campaign.codes);
	const common = {method: 'POST', channel, appId, customer: customer.sourceId, campaign: campaign.name, incentive: code} as const;
	const headers = (call: number): object => random.chance(0.1) ? {requestHeaders: serverHeaders(channel, appId, call), responseHeaders: responseHeaders(random)} : {};
	const isRefused = random.chance(0.07);
	const [key, message] = random.pick(refusals);
	for (let tries = random.weighted([[1, 7], [2, 2]]), call = 0; call < tries; call++) {
		const then = at + call * random.integer(9, 50) * second;
		recording.add(then, {
			...common, ...headers(then), status: 200, endpoint: 'POST_v1_validations', url: '/v1/validations', durationMs: random.duration(38),
			request: redemptionRequest(customer, code, basket),
			response: isRefused ? refusedValidation(recording, code, {key, message}) : validationResponse(recording, then, code, campaign, basket),
		});
	}

	if (random.chance(0.62)) {
		const then = at + random.integer(60, 110) * second;
		const requestId = recording.id('v-', then - 1);
		const redeem = {...common, ...headers(then), endpoint: 'POST_v1_redemptions', url: '/v1/redemptions', durationMs: random.duration(74), requestId, request: redemptionRequest(customer, code, basket, 'PAID')};
		if (isRefused || random.chance(0.02)) {
			const redemptionId = recording.id('rf_', then + 20);
			const cause = recording.add(then, {...redeem, status: 400, response: errorBody(400, key, message, {details: code, requestId, resourceId: redemptionId, resourceType: 'redemption'})});
			events.push({at: then + 30, type: 'redemption.failed', entity: redemptionId, cause, data: {customer: {id: customer.id, source_id: customer.sourceId}, redemption: {id: redemptionId, result: 'FAILURE', failure_code: key, failure_message: message, object: 'redemption'}}});
			return;
		}

		const redemption = redemptionResponse(recording, then + 20, {customer, code, campaign, basket, appId});
		const cause = recording.add(then, {...redeem, status: 200, response: redemption.body});
		events.push({at: then + 40, type: 'redemption.succeeded', entity: redemption.id, cause, data: {redemption: redemption.redemption}});
	}
}

function storefront({recording}: Traffic, at: number, customer: Customer): void {
	const {random} = recording;
	const basket = makeBasket(recording);
	const campaign = random.favourite(campaigns);
	recording.add(at, {
		status: 200, method: 'POST', endpoint: 'POST_client_v1_qualifications', url: '/client/v1/qualifications', channel: 'Voucherify.js', clientAppId: clientKeys.storefront,
		customer: customer.sourceId, durationMs: random.duration(61), ...(random.chance(0.25) ? {requestHeaders: clientHeaders(clientKeys.storefront), responseHeaders: responseHeaders(random)} : {}),
		request: {customer: {source_id: customer.sourceId}, scenario: 'ALL', order: orderRequest(basket), options: {limit: 5}},
		response: {redeemables: {object: 'list', data_ref: 'data', data: [{id: campaign.codes[0], object: 'voucher', created_at: iso(at - 9 * day), campaign_name: campaign.name}], total: 1, has_more: false}, tracking_id: `track_${random.alphanumeric(32)}`},
	});
}

function mobileQualification({recording}: Traffic, at: number, customer: Customer): void {
	const {random} = recording;
	recording.add(at, {
		status: 200, method: 'POST', endpoint: 'POST_client_v1_validations', url: '/client/v1/validations', channel: random.pick(['Android-SDK', 'iOS-ClientSide-SDK-v3.2.0']), clientAppId: clientKeys.mobile,
		customer: customer.sourceId, incentive: 'WELCOME10', durationMs: random.duration(92), request: {customer: {source_id: customer.sourceId}, redeemables: [{object: 'voucher', id: 'WELCOME10'}]},
		response: refusedValidation(recording, 'WELCOME10', {key: 'customer_rules_violated', message: 'customer rules violated'}),
	});
}

function syncCustomer({recording, events}: Traffic, at: number, customer: Customer): void {
	const {random} = recording;
	const cause = recording.add(at, {
		status: 200, method: 'POST', endpoint: 'POST_v1_customers', url: '/v1/customers', channel: 'Python-SDK', appId: serverKeys.crm, customer: customer.sourceId, durationMs: random.duration(54),
		...(random.chance(0.2) ? {requestHeaders: serverHeaders('Python-SDK', serverKeys.crm, at), responseHeaders: responseHeaders(random)} : {}),
		request: customerRequest(customer), response: customerResponse(customer, at + 22),
	});
	events.push({at: at + 60, type: 'customer.updated', entity: customer.id, cause, data: {customer: {id: customer.id, source_id: customer.sourceId, name: customer.name, metadata: customer.metadata, object: 'customer'}}});
}

function publish({recording, events}: Traffic, at: number, customer: Customer): void {
	const {random} = recording;
	const campaign = random.favourite(campaigns);
	const code = random.pick(campaign.codes);
	const publication = {
		id: `pub_${random.alphanumeric(32)}`, object: 'publication', created_at: iso(at + 31), customer_id: customer.id, tracking_id: customer.sourceId, metadata: {}, channel: 'API', source_id: null, result: 'SUCCESS',
		customer: {id: customer.id, name: customer.name, source_id: customer.sourceId, object: 'customer'}, vouchers_id: [`v_${random.alphanumeric(32)}`], voucher: {code, object: 'voucher', campaign: campaign.name, campaign_id: campaign.id},
	};
	const cause = recording.add(at, {
		status: 200, method: 'POST', endpoint: 'POST_v1_publications', url: '/v1/publications', channel: 'Braze Outbound', appId: serverKeys.braze, customer: customer.sourceId, campaign: campaign.name, incentive: code, durationMs: random.duration(81),
		request: {customer: {source_id: customer.sourceId}, campaign: {name: campaign.name, count: 1}, metadata: {canvas: 'welcome-flow', step: random.integer(1, 4)}}, response: publication,
	});
	events.push({at: at + 55, type: 'publication.succeeded', entity: publication.id, cause, data: {publication}});
}

function lookUpVoucher({recording}: Traffic, at: number): void {
	const {random} = recording;
	const campaign = random.favourite(campaigns);
	const isUnknown = random.chance(0.16);
	const code = isUnknown ? random.pick(['AUTUNM15', 'WELCOME 10', 'BARISTA-25', 'FREECOFFEE']) : random.pick(campaign.codes);
	const requestId = recording.id('v-', at - 1);
	recording.add(at, {
		status: isUnknown ? 404 : 200, method: 'GET', endpoint: 'GET_v1_vouchers_code', url: `/v1/vouchers/${encodeURIComponent(code)}`, channel: nodeSdk, appId: serverKeys.checkout, incentive: code, durationMs: random.duration(21), requestId,
		...(isUnknown ? {} : {campaign: campaign.name}),
		response: isUnknown
			? errorBody(404, 'not_found', 'Resource not found', {details: `Cannot find voucher with id ${code}`, requestId, resourceId: code, resourceType: 'voucher'})
			: voucherInList(recording, at, code, campaign),
	});
}

function loyalty({recording, events}: Traffic, at: number, customer: Customer): void {
	const {random} = recording;
	const member = `LOYAL-${customer.sourceId.slice(4)}`;
	const points = random.integer(5, 90);
	const cause = recording.add(at, {
		status: 200, method: 'POST', endpoint: 'POST_v1_loyalties_members_code_balance', url: `/v1/loyalties/members/${member}/balance`, channel: 'API', appId: serverKeys.crm, customer: customer.sourceId, campaign: loyaltyCampaign.name, incentive: member,
		durationMs: random.duration(66), request: {points, reason: random.pick(['café visit', 'review ⭐', 'refund'])},
		response: {points, total: points + 240, balance: points + 120, type: 'loyalty_card', object: 'balance', related_object: {id: `v_${random.alphanumeric(32)}`, type: 'voucher'}},
	});
	events.push({at: at + 35, type: 'voucher.loyalty_card.points_added', entity: member, cause, data: {points, voucher: {code: member, campaign: loyaltyCampaign.name, object: 'voucher'}}});
}
