import {brokenNodeSdk, campaigns, clientKeys, mallory, midnightRoast, nodeSdk, serverKeys, zoe, type Customer} from './shop.ts';
import {hour, minute, recordedUntil, second} from './recording.ts';
import {customerRequest, customerResponse, errorBody, makeBasket, redemptionRequest, redemptionResponse, refusedValidation, validationResponse} from './bodies.ts';
import {clientHeaders, responseHeaders, serverHeaders} from './headers.ts';
import {type Traffic} from './traffic.ts';

/** The stories that README.md beside the data tells; each takes the same traffic and adds to it. */
export function recordStories(traffic: Traffic): void {
	soldOutLaunch(traffic);
	expiredClientKey(traffic);
	deployWithWrongAmounts(traffic);
	upstreamOutage(traffic);
	customerWhoTriedThrice(traffic);
	hostileName(traffic);
}

/** A newsletter sends far more people to a code than it has redemptions. */
function soldOutLaunch({recording, customers, events}: Traffic): void {
	const {random} = recording;
	const [code] = midnightRoast.codes;
	const from = recordedUntil - 2 * hour - 12 * minute;
	const redeem = (at: number, customer: Customer, isLeft: boolean): void => {
		const basket = makeBasket(recording);
		const requestId = recording.id('v-', at - 1);
		const redemptionId = recording.id('rf_', at + 20);
		const passed = isLeft ? redemptionResponse(recording, at + 20, {customer, code: code!, campaign: midnightRoast, basket, appId: serverKeys.checkout}) : null;
		const cause = recording.add(at, {
			status: passed ? 200 : 400, method: 'POST', endpoint: 'POST_v1_redemptions', url: '/v1/redemptions', channel: random.weighted([[nodeSdk, 5], ['Java-SDK', 2]]), appId: serverKeys.checkout,
			customer: customer.sourceId, campaign: midnightRoast.name, incentive: code!, durationMs: random.duration(passed ? 79 : 44), requestId,
			...(random.chance(0.1) ? {requestHeaders: serverHeaders(nodeSdk, serverKeys.checkout, at), responseHeaders: responseHeaders(random)} : {}),
			request: redemptionRequest(customer, code!, basket, 'PAID'),
			response: passed?.body ?? errorBody(400, 'quantity_exceeded', 'quantity exceeded', {details: code!, requestId, resourceId: redemptionId, resourceType: 'redemption'}),
		});
		if (passed) {
			events.push({at: at + 40, type: 'redemption.succeeded', entity: passed.id, cause, data: {redemption: passed.redemption}});
		} else if (random.chance(0.12)) {
			events.push({at: at + 40, type: 'redemption.failed', entity: redemptionId, cause, data: {customer: {id: customer.id, source_id: customer.sourceId}, redemption: {id: redemptionId, result: 'FAILURE', failure_code: 'quantity_exceeded', failure_message: 'quantity exceeded', object: 'redemption'}}});
		}
	};

	for (let count = 0; count < 60; count++) {
		redeem(from + Math.floor((count / 60) * 11 * minute) + random.integer(0, 5000), random.pick(customers), true);
	}

	// The rush falls off over twenty minutes.
	for (let count = 0; count < 400; count++) {
		redeem(from + 11.5 * minute + Math.floor((random.next() ** 1.6) * 20 * minute), random.pick(customers), false);
	}
}

/** A mobile app's key of last year ends at one moment; the phones that were not updated go on asking. */
function expiredClientKey({recording, customers}: Traffic): void {
	const {random} = recording;
	const expiry = recordedUntil - 5 * hour;
	for (let at = recordedUntil - 23 * hour; at < recordedUntil - minute; at += random.integer(120, 1100) * second) {
		const isExpired = at >= expiry;
		const customer = random.favourite(customers);
		// A refused app asks again at once.
		for (let again = 0; again < (isExpired ? 3 : 1); again++) {
			const basket = makeBasket(recording);
			recording.add(at + again * 2100, {
				status: isExpired ? 401 : 200, method: 'POST', endpoint: 'POST_client_v1_validations', url: '/client/v1/validations', channel: 'Android-SDK', clientAppId: clientKeys.mobileOld,
				customer: customer.sourceId, durationMs: random.duration(isExpired ? 9 : 88),
				...(again === 0 ? {requestHeaders: clientHeaders(clientKeys.mobileOld)} : {}),
				request: redemptionRequest(customer, 'AUTUMN15', basket),
				response: isExpired ? errorBody(401, 'unauthorized', 'Unauthorized') : validationResponse(recording, at, 'AUTUMN15', campaigns[0]!, basket),
			});
		}
	}
}

/** A new SDK version sends amounts as text; it is rolled back after seventy minutes. */
function deployWithWrongAmounts({recording, customers}: Traffic): void {
	const {random} = recording;
	const from = recordedUntil - 9 * hour;
	for (let at = from; at < from + 70 * minute; at += random.integer(15, 75) * second) {
		const customer = random.favourite(customers);
		const basket = makeBasket(recording);
		const requestId = recording.id('v-', at - 1);
		const endpoint = random.weighted([['validations', 3], ['redemptions', 2]]);
		recording.add(at, {
			status: 400, method: 'POST', endpoint: `POST_v1_${endpoint}`, url: `/v1/${endpoint}`, channel: brokenNodeSdk, appId: serverKeys.checkout, customer: customer.sourceId, durationMs: random.duration(12), requestId,
			...(random.chance(0.3) ? {requestHeaders: serverHeaders(brokenNodeSdk, serverKeys.checkout, at)} : {}),
			request: {customer: {source_id: customer.sourceId}, redeemables: [{object: 'voucher', id: 'AUTUMN15'}], order: {source_id: basket.sourceId, amount: (basket.amount / 100).toFixed(2), items: basket.items}},
			response: errorBody(400, 'invalid_payload', 'Invalid payload', {details: 'Property .order.amount should be integer', requestId}),
		});
	}
}

/** Five minutes in which the API answers late, wrongly, or not at all. */
function upstreamOutage({recording, customers}: Traffic): void {
	const {random} = recording;
	const from = recordedUntil - 19 * hour - 20 * minute;
	for (let at = from; at < from + 5 * minute; at += random.integer(2, 8) * second) {
		const customer = random.favourite(customers);
		const basket = makeBasket(recording);
		const status = random.weighted([[null, 4], [500, 3], [503, 3]]);
		const endpoint = random.pick(['validations', 'redemptions', 'qualifications']);
		recording.add(at, {
			status, method: 'POST', endpoint: `POST_v1_${endpoint}`, url: `/v1/${endpoint}`, channel: random.pick([nodeSdk, 'Java-SDK']), appId: serverKeys.checkout, customer: customer.sourceId,
			durationMs: status === null ? 30_000 + random.integer(0, 40) : random.duration(9400, 0.3),
			request: redemptionRequest(customer, 'AUTUMN15', basket),
			...(status === 500 ? {response: errorBody(500, undefined, 'Internal server error')} : {}),
			...(status === 503 ? {responseHeaders: {'content-type': 'text/html', 'retry-after': '30'}, response: '<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body><center><h1>503 Service Temporarily Unavailable</h1></center></body>\r\n</html>\r\n'} : {}),
		});
	}
}

/** Not in the segment; then, once she is, the order is too small; then it passes. */
function customerWhoTriedThrice({recording, events}: Traffic): void {
	const {random} = recording;
	const [, , , friends] = campaigns;
	const code = 'BARISTA25';
	const from = recordedUntil - 50 * minute;
	const small = {sourceId: 'shop-800117', amount: 1490, items: [{product_id: 'prod_12e95568a00c1f77b0', quantity: 1, price: 1490}]};
	const large = {sourceId: 'shop-800117', amount: 4089, items: [{product_id: 'prod_12e95568a0058c3422', quantity: 1, price: 2599}, {product_id: 'prod_12e95568a00c1f77b0', quantity: 1, price: 1490}]};
	const common = {method: 'POST', channel: 'Java-SDK', appId: serverKeys.checkout, customer: zoe.sourceId, campaign: friends!.name, incentive: code} as const;
	const fail = (at: number, key: string, message: string, shown: string): void => {
		const requestId = recording.id('v-', at - 1);
		const redemptionId = recording.id('rf_', at + 18);
		const cause = recording.add(at, {
			...common, status: 400, endpoint: 'POST_v1_redemptions', url: '/v1/redemptions', durationMs: random.duration(47), requestId, requestHeaders: serverHeaders('Java-SDK', serverKeys.checkout, at), responseHeaders: responseHeaders(random),
			request: redemptionRequest(zoe, code, small, 'PAID'),
			response: errorBody(400, key, message, {details: code, requestId, resourceId: redemptionId, resourceType: 'redemption', shown}),
		});
		events.push({at: at + 40, type: 'redemption.failed', entity: redemptionId, cause, data: {customer: {id: zoe.id, name: zoe.name, source_id: zoe.sourceId}, redemption: {id: redemptionId, result: 'FAILURE', failure_code: key, failure_message: message, object: 'redemption'}}});
	};

	recording.add(from, {...common, status: 200, endpoint: 'POST_v1_validations', url: '/v1/validations', durationMs: 41, request: redemptionRequest(zoe, code, small), response: refusedValidation(recording, code, {key: 'customer_rules_violated', message: 'customer rules violated'})});
	fail(from + 24 * second, 'customer_rules_violated', 'customer rules violated', 'This code is for Barista friends only.');
	recording.add(from + 5 * minute, {
		status: 200, method: 'POST', endpoint: 'POST_v1_customers', url: '/v1/customers', channel: 'Dashboard', user: 'ines.support@nordlicht.example', customer: zoe.sourceId, durationMs: 58,
		request: customerRequest({...zoe, metadata: {...zoe.metadata, segment: 'barista-friends'}}), response: customerResponse({...zoe, metadata: {...zoe.metadata, segment: 'barista-friends'}}, from + 5 * minute),
	});
	fail(from + 8 * minute, 'order_rules_violated', 'order rules violated', 'Spend at least 25 € to use this code.');
	const passed = redemptionResponse(recording, from + 11 * minute, {customer: zoe, code, campaign: friends!, basket: large, appId: serverKeys.checkout});
	const cause = recording.add(from + 11 * minute, {...common, status: 200, endpoint: 'POST_v1_redemptions', url: '/v1/redemptions', durationMs: 83, requestHeaders: serverHeaders('Java-SDK', serverKeys.checkout, from), responseHeaders: responseHeaders(random), request: redemptionRequest(zoe, code, large, 'PAID'), response: passed.body});
	events.push({at: from + 11 * minute + 60, type: 'redemption.succeeded', entity: passed.id, cause, data: {redemption: passed.redemption}});
}

/** A customer whose name is made of control sequences: on the screen it is text, and nothing happens. */
function hostileName({recording, events}: Traffic): void {
	const at = recordedUntil - 31 * minute;
	const cause = recording.add(at, {
		status: 200, method: 'POST', endpoint: 'POST_v1_customers', url: '/v1/customers', channel: 'Python-SDK', appId: serverKeys.crm, customer: mallory.sourceId, durationMs: 52,
		request: customerRequest(mallory), response: customerResponse(mallory, at + 20),
	});
	events.push({at: at + 60, type: 'customer.updated', entity: mallory.id, cause, data: {customer: {id: mallory.id, name: mallory.name, object: 'customer'}}});
}
