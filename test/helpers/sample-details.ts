import {type BackgroundTask, type ExportRecord, type Log, type Sendout} from '../../source/domain/records.ts';
import {type RecordDetail} from '../../source/services/services.ts';

const at = Date.UTC(2026, 8, 1, 10, 7, 45, 918);
const position = {at, seq: 1};

/** A redemption that failed: what a person opens the detail for. */
export const failedLog: Log = {
	id: 'log_12f8d7ff415061a645', created_at: at, status: 400, outcome: 'failure', request_id: 'v-12f8d7ff3f8e1cefe9', channel: 'Java-SDK', method: 'POST',
	endpoint: 'POST_v1_redemptions', url: 'https://api.example.com/v1/redemptions?source=till&name=M%C3%BCller', user_email: null, customer: 'crm-10422',
	campaign: 'Autumn-2026', incentive: 'WELCOME15', app_id: '7c1d0a52-8f3e-4b0e-9a57-2f6c5b0d91e4', client_app_id: null, request_duration: 44, task_id: null,
	error_key: 'quantity_exceeded',
	request_headers: {'Content-Type': 'application/json', 'X-App-Id': '7c1d0a52-8f3e-4b0e-9a57-2f6c5b0d91e4', 'X-App-Token': '[redacted 1a2b3c4d]'},
	response_headers: {'content-type': 'application/json', 'set-cookie': ['a=[redacted]', 'b=[redacted]']},
	request_body: '{"customer":{"source_id":"crm-10422"},"redeemables":[{"object":"voucher","id":"WELCOME15"}],"order":{"source_id":"shop-778131","amount":2599.00,"items":[{"product_id":"prod_12e95568a0058c3422","quantity":1,"price":2599.00}]}}',
	response_body: '{"code":400,"key":"quantity_exceeded","message":"quantity exceeded","details":"WELCOME15","request_id":"v-12f8d7ff3f8e1cefe9","resource_id":"rf_12f8d7ff47783b0aa6","resource_type":"redemption"}',
};

const task: BackgroundTask = {
	id: 'aa_12f8e88ae11fd24d4f', type: 'VOUCHERS.IMPORT_CSV', status: 'done', processing_status: 'success', progress: 100, done_count: 2, failed_count: 1, total_count: 3,
	processing_time: 913, created_at: at, updated_at: at + 913, user: 'dana.ops@example.com', request_id: 'v-12f8e88ad1101499dd', log_id: 'log_12f8e88ad2d18ed4cb', export_id: null,
	origin: 'voucherify', parameters: {file: 'autumn.csv'},
	result: {message: '2 voucher(s) imported successfully, 1 failed.', failed: [{code: 'FALL-0002', row: 2, reason: 'Voucher Type is required'}], done_count: 2, failed_count: 1}, error: null,
};

const exported: ExportRecord = {
	id: 'exp_M5EEvmoGvLyPWMUVDtyWVp6t', resource: 'api_log', status: 'done', created_at: at, finished_at: at + 12_000, user: 'dana.ops@example.com', origin: 'local',
	query: 'since:24h status:failure', fields: ['id', 'created_at', 'status', 'response_body'], order: '-created_at', rows: 1204, bytes: 812_345,
	sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', task_id: 'aa_12f8e88ae11fd24d50', error: null,
};

const sendout: Sendout = {
	id: 'whs_12f8d7ff4eaa105cbd', status: 'retrying', type: 'redemption.failed', event_id: 'evred_12f8d7ff47efa2612b', request_id: 'v-12f8d7ff3f8e1cefe9',
	source_id: 'wh_AJOGqBevUPZogJmXqrOZtF3E', target_url: 'https://hooks.example.com/voucherify', created_at: at, sent_at: at + 60_000, attempts: 2,
	next_attempt_at: at + 240_000, error: 'no response within 10 s',
	data: {customer: {source_id: 'crm-10422'}, redemption: {id: 'rf_12f8d7ff47783b0aa6', result: 'FAILURE', failure_code: 'quantity_exceeded'}},
	attempt_log: [
		{number: 1, started_at: at + 100, duration: 200, status: 503, response_headers: {'content-type': 'text/plain', 'retry-after': '30'}, response_body: 'upstream unavailable', error: 'HTTP 503'},
		{number: 2, started_at: at + 60_000, duration: 10_000, status: null, response_headers: null, response_body: null, error: 'no response within 10 s'},
	],
};

/** A log whose every text tries something with the terminal. */
export const hostileLog: Log = {
	...failedLog,
	id: 'log_\u001B[2Jevil', customer: 'a\u001B]0;title\u0007b\u202Ec', campaign: '全角文字のキャンペーン', incentive: '\u0000\u0085\u009B31m', channel: '👩‍👩‍👧‍👦',
	url: '/v1/x\u001B]52;c;ZXZpbA==\u0007?q=%1B%5B31m', error_key: '\u001B[31mred', request_id: 'v-\r\noverwritten',
	request_headers: {'X-Evil\u001B[31m': '\u001B]8;;http://evil\u0007link\u001B]8;;\u0007'},
	request_body: 'plain \u001B[31mtext\u001B[0m\r\nsecond\u2028line \u202Eright to left\n\u0007bell',
	response_body: '{"\\u001b]52;c;ZXZpbA==\\u0007":"\\u001b[2J","日本語":"全角文字と絵文字👍🏽","\\ud800lone":"\\u0000nul","zero":"a\\u200bb\\u2066c"}',
};

export const detailOf = (log: Partial<Log>, cut?: RecordDetail['cut']): RecordDetail => ({tab: 'logs', position, record: {...failedLog, ...log}, ...(cut ? {cut} : {})});

/** One record of each kind. */
export const sampleDetails: Readonly<Record<'log' | 'task' | 'export' | 'sendout' | 'hostile', RecordDetail>> = {
	log: detailOf({}),
	task: {tab: 'tasks', position, record: task},
	export: {tab: 'exports', position, record: exported},
	sendout: {tab: 'sendouts', position, record: sendout},
	hostile: {tab: 'logs', position, record: hostileLog},
};
