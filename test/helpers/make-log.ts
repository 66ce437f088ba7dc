import {type Log} from '../../source/domain/records.ts';

/** A plain log with what the test cares for. */
export const makeLog = (given: Partial<Log> & {readonly id: string}): Log => ({
	created_at: Date.UTC(2026, 10, 22, 12), status: 200, outcome: 'success', request_id: null, channel: 'API', method: 'GET',
	endpoint: 'GET_v1_vouchers', url: 'https://api.example.com/v1/vouchers', user_email: null, customer: null, campaign: null,
	incentive: null, app_id: null, client_app_id: null, request_duration: 12, task_id: null, error_key: null,
	request_headers: null, response_headers: null, request_body: null, response_body: null, ...given,
});
