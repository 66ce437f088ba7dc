import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {endpointOf} from '../../../source/domain/derive/endpoint.ts';

const cases: ReadonlyArray<readonly [string, string, string | null]> = [
	['POST', '/v1/vouchers/BLCKFRDY/redemption', 'POST_v1_vouchers_code_redemption'],
	['GET', '/v1/vouchers/BLCKFRDY', 'GET_v1_vouchers_code'],
	['POST', '/v1/vouchers/importCSV', 'POST_v1_vouchers_import_csv'],
	['POST', 'https://api.voucherify.io/v1/redemptions?x=/v1/1', 'POST_v1_redemptions'],
	['POST', '/client/v1/redemptions', 'POST_client_v1_redemptions'],
	['GET', '/v1/customers/crm%2F1/activities', 'GET_v1_customers_customer_id_activities'],
	['POST', '/v1/customers/metadata/async', 'POST_v1_customers_metadata_async'],
	['POST', '/v1/campaigns/Autumn-2026/vouchers/A%20B', 'POST_v1_campaigns_campaign_id_vouchers_code'],
	['POST', '/v1/campaigns/Autumn-2026/importCSV', 'POST_v1_campaigns_campaign_id_import_csv'],
	['GET', '/v1/async-actions/aa_12f8e88ae11fd24d4f', 'GET_v1_async_actions_async_action_id'],
	['GET', '/v1/promotions/tiers/promo_1', 'GET_v1_promotions_tiers_tier_id'],
	['GET', '/v1/loyalties/camp_x/members/M-1/transactions', 'GET_v1_loyalties_campaign_id_members_member_id_transactions'],
	['post', '/v1/redemptions/r_12f8d7693e06ae702c/rollback', 'POST_v1_redemptions_redemption_id_rollback'],
	['GET', '/api/items/42/parts/550e8400-e29b-41d4-a716-446655440000', 'GET_api_items_id_parts_id'],
	['GET', '/api/items/deadbeef01/x', 'GET_api_items_id_x'],
	['GET', '/things/thing_a8f3Kd92/x', 'GET_things_id_x'],
	['GET', '/people/jo@example.com', 'GET_people_id'],
	['GET', '/a//b/', 'GET_a_b'],
	['GET', '/', 'GET'],
	['GET', 'https://h.example', 'GET'],
	['GET', 'https://h.example?x=/a', 'GET'],
	['GET', '/%zz/%', 'GET_zz'],
	['GET', '', null],
	['', '/a', null],
];

for (const [method, url, expected] of cases) {
	test(`${method} ${url} is ${expected ?? 'nameless'}`, () => {
		assert.equal(endpointOf(method, url), expected);
	});
}

test('any URL has a name of plain characters and bounded length', () => {
	fc.assert(fc.property(fc.oneof(fc.string({unit: 'binary'}), fc.webUrl({withQueryParameters: true})), url => {
		const name = endpointOf('GET', url);
		if (url !== '') assert.match(name ?? '', /^GET[a-z0-9_]{0,197}$/);
	}));
});
