import assert from 'node:assert/strict';
import {test} from 'node:test';
import {prepareLog} from '../../../source/domain/derive/prepare-log.ts';
import {type SourceLog} from '../../../source/domain/derive/source-log.ts';
import {type Log} from '../../../source/domain/records.ts';

const now = Date.UTC(2026, 10, 22, 21, 0);
const redaction = {fingerprintKey: 'test key', extraKeys: ['source_ref']};

const prepared = (source: SourceLog): Log => {
	const result = prepareLog({created_at: now, status: 200, ...source}, {now, redaction});
	assert.ok(result.ok);
	return result.log;
};

const body = (value: unknown): string => JSON.stringify(value);

const customerObject = {id: 'cust_WOSvvMeHoGhQDI7Iysv86PTo', source_id: 'crm-10422', object: 'customer'};
const voucherObject = {code: 'WELCOME15', campaign: 'Autumn-2026', campaign_id: 'camp_1', object: 'voucher'};

const cases: ReadonlyArray<readonly [string, SourceLog, Partial<Log>]> = [
	['a failed redemption', {
		method: 'POST', url: '/v1/redemptions', status: 400,
		request_body: body({customer: {source_id: 'crm-10422'}, redeemables: [{object: 'voucher', id: 'WELCOME15'}]}),
		response_body: body({code: 400, key: 'quantity_exceeded', message: 'quantity exceeded', details: 'WELCOME15', request_id: 'v-12f8d7ff3f8e1cefe9', resource_id: 'rf_1'}),
	}, {endpoint: 'POST_v1_redemptions', outcome: 'failure', customer: 'crm-10422', incentive: 'WELCOME15', error_key: 'quantity_exceeded', request_id: 'v-12f8d7ff3f8e1cefe9'}],
	['a redemption', {
		request_body: body({customer: {id: 'cust_WOSvvMeHoGhQDI7Iysv86PTo'}}),
		response_body: body({redemptions: [{id: 'r_1', customer_id: 'cust_WOSvvMeHoGhQDI7Iysv86PTo', customer: customerObject, voucher: voucherObject}], key: 'no error'}),
	}, {outcome: 'success', customer: 'crm-10422', campaign: 'Autumn-2026', incentive: 'WELCOME15', error_key: null}],
	['a publication', {
		request_body: body({customer: {source_id: 'crm-1'}, campaign: {name: 'Autumn-2026', count: 1}}),
		response_body: body({id: 'pub_1', object: 'publication', customer_id: 'cust_1', voucher: {code: 'AUT-1', campaign: 'Autumn-2026'}}),
	}, {customer: 'crm-1', campaign: 'Autumn-2026', incentive: 'AUT-1'}],
	['a customer', {method: 'POST', url: '/v1/customers', request_body: body({source_id: 'crm-10422', name: 'Alex'}), response_body: body({...customerObject, name: 'Alex'})}, {customer: 'crm-10422', campaign: null, incentive: null}],
	['a customer that is gone', {method: 'DELETE', url: '/v1/customers/crm-10422', status: 204}, {customer: 'crm-10422', endpoint: 'DELETE_v1_customers_customer_id'}],
	['a campaign', {url: '/v1/campaigns', request_body: body({name: 'Autumn-2026'}), response_body: body({id: 'camp_1', name: 'Autumn-2026', object: 'campaign'})}, {campaign: 'Autumn-2026'}],
	['a voucher', {url: '/v1/vouchers/WELCOME15', response_body: body(voucherObject)}, {campaign: 'Autumn-2026', incentive: 'WELCOME15'}],
	['a voucher that is not found', {url: '/v1/vouchers/NO-SUCH', status: 404, response_body: body({code: 404, key: 'not_found'})}, {incentive: 'NO-SUCH', error_key: 'not_found'}],
	['a call that started a task', {status: 202, response_body: body({async_action_id: 'aa_12f8e88ae11fd24d4f'})}, {task_id: 'aa_12f8e88ae11fd24d4f'}],
	['a cut body', {request_body: '{"customer":{"source_id":"crm-1"},"order":{"items":[{"pro'}, {customer: 'crm-1'}],
	['a numeric source ID', {request_body: body({customer: {source_id: 10422}})}, {customer: '10422'}],
	['a server-side key', {request_headers: {'x-app-id': '7c1d', 'X-App-Token': 'tttttttttt'}, response_headers: {'X-Request-Id': 'v-1'}}, {app_id: '7c1d', client_app_id: null, channel: 'API', request_id: 'v-1'}],
	['a client-side key', {request_headers: {'X-Client-Application-Id': 'c1'}}, {client_app_id: 'c1', channel: 'CLIENT_API'}],
	['an SDK', {request_headers: {'X-Voucherify-Channel': 'Java-SDK', 'X-App-Id': '7c1d'}}, {channel: 'Java-SDK', app_id: '7c1d'}],
	['no response', {status: null}, {status: null, outcome: 'failure'}],
	['status 0', {status: 0}, {status: null, outcome: 'failure'}],
	['a response that was cut off', {status: 200, outcome: 'failure'}, {status: 200, outcome: 'failure'}],
	['what the source gives wins', {
		method: 'GET', url: '/v1/vouchers/A', endpoint: 'own', channel: 'WEBSITE', customer: 'c', app_id: 'a', request_id: 'r', error_key: 'e', task_id: 't',
		request_headers: {'X-App-Id': 'x', 'X-Voucherify-Channel': 'x', 'X-Request-Id': 'x'}, request_body: body({customer: {source_id: 'x'}}),
	}, {endpoint: 'own', channel: 'WEBSITE', customer: 'c', app_id: 'a', request_id: 'r', error_key: 'e', task_id: 't'}],
	['a body that is no JSON', {request_body: 'a=b', response_body: '<html>'}, {request_body: 'a=b', response_body: '<html>', customer: null}],
];

for (const [name, source, expected] of cases) {
	test(`derives from ${name}`, () => {
		const log = prepared(source);
		assert.deepEqual(Object.fromEntries(Object.keys(expected).map(key => [key, log[key as keyof Log]])), expected);
	});
}

const errors: ReadonlyArray<readonly [unknown, string | null]> = [
	[{code: 400, key: 'invalid_payload'}, 'invalid_payload'],
	[{error: {code: 'card_declined', type: 'card_error'}}, 'card_declined'],
	[{error: {type: 'invalid_request_error', message: 'No such customer'}}, 'invalid_request_error'],
	[{error: {code: 404, status: 'NOT_FOUND'}}, 'NOT_FOUND'],
	[{error: 'invalid_grant', error_description: 'x'}, 'invalid_grant'],
	[{error: 'Something went wrong'}, null],
	[{errors: [{message: 'a b', extensions: {code: 'UNAUTHENTICATED'}}]}, 'UNAUTHENTICATED'],
	[{type: 'https://example.com/probs/out-of-credit', title: 'x'}, 'out-of-credit'],
	[{type: 'about:blank', title: 'x'}, null],
	[{__type: 'ValidationException'}, 'ValidationException'],
	[{key: 'x'.repeat(500)}, null],
	[{code: 429, message: 'Too many requests hit the API too quickly.'}, null],
];

for (const [response, key] of errors) {
	test(`the key of ${body(response).slice(0, 60)} is ${key ?? 'none'}`, () => {
		assert.equal(prepared({status: 400, response_body: body(response)}).error_key, key);
	});
}

test('a missing date is that of the ID; without one the record is refused', () => {
	const at = (source: SourceLog) => prepareLog(source, {now, redaction});
	const fromId = at({id: 'log_0daab762c74cb3c4e4'});
	assert.ok(fromId.ok);
	assert.equal(new Date(fromId.log.created_at).toISOString(), '2023-10-12T12:47:59.773Z');
	assert.equal(at({request_id: 'v-0daab762c74cb3c4e4'}).ok, true);
	for (const source of [{}, {id: 'x'}, {id: 'log_ffffffffffffffffff'}, {created_at: Number.NaN}, {created_at: 1e300}]) assert.equal(at(source).ok, false);
});

test('the same content has the same ID on every installation, whatever its secrets are called', () => {
	const source: SourceLog = {created_at: now, status: 200, url: '/x?token=abcdefghijkl', request_headers: {Authorization: 'Bearer abcdefghijkl'}};
	const ids = ['one', 'two'].map(fingerprintKey => {
		const result = prepareLog(source, {now, redaction: {fingerprintKey, extraKeys: []}});
		assert.ok(result.ok);
		return result.log.id;
	});
	assert.match(ids[0] ?? '', /^log_[0-9a-f]{18}$/);
	assert.equal(ids[0], ids[1]);
	assert.notEqual(prepared({...source, url: '/y'}).id, ids[0]);
});

test('no secret reaches any field of the log', () => {
	const secret = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc';
	const result = prepareLog({
		created_at: now, method: 'POST', status: 401, url: `https://u:${secret}@h.example/v1/customers/${secret}?token=${secret}`, channel: secret, user_email: secret,
		request_headers: {'X-Voucherify-Channel': secret, 'X-Request-Id': secret, Cookie: `a=${secret}`}, response_headers: {Location: `/?api_key=${secret}`},
		request_body: body({customer: {source_id: secret}, campaign: secret, source_ref: 'opaque-ref-1'}), response_body: body({error: secret, async_action_id: secret}),
	}, {now, redaction});
	assert.ok(result.ok);
	assert.ok(!JSON.stringify(result.log).includes(secret));
	assert.ok(!JSON.stringify(result.log).includes(secret.toLowerCase()), 'nor in the endpoint');
	assert.ok(!JSON.stringify(result.log).includes('opaque-ref-1'));
	assert.ok(result.secretsReplaced >= 9);
});

test('without redaction the record stays as it came, and is derived all the same', () => {
	const source: SourceLog = {created_at: now, status: 200, url: '/?token=abcdefghijkl', request_body: '{"customer":{"source_id":"c"},"password":"x"}'};
	const result = prepareLog(source, {now, redaction: null});
	assert.ok(result.ok);
	assert.deepEqual([result.log.url, result.log.request_body, result.log.customer, result.secretsReplaced], [source.url, source.request_body, 'c', 0]);
});
