import {type FieldTable} from './field.ts';

export const logFields: FieldTable<'logs'> = {
	tab: 'logs',
	title: 'Logs',
	noun: ['log', 'logs'],
	textFields: ['url', 'request_body', 'response_body'],
	defaultQuery: {text: 'since:24h', unlessKeys: ['id', 'request_id', 'since', 'until']},
	fields: [
		{
			name: 'id', label: 'Log ID', type: 'text', description: 'Unique ID; time-ordered where auditty made it',
			queryKeys: [{key: 'id', match: 'exact', hint: 'log_…; * at the end is a prefix'}],
			column: {header: 'LOG ID', width: 22, priority: 11, place: 12}, export: 'default',
		},
		{
			name: 'created_at', label: 'Date', type: 'instant', description: 'When the request occurred',
			queryKeys: [
				{key: 'since', match: 'since', hint: '30m 24h 7d 2w, 2026-11-22, 2026-11-22T10:00; inclusive'},
				{key: 'until', match: 'until', hint: 'the same forms; exclusive'},
			],
			column: {header: 'DATE', width: 18, priority: 2, place: 2}, export: 'default',
		},
		{
			name: 'status', label: 'Status', type: 'status', description: 'HTTP status; null when no response came',
			queryKeys: [{key: 'status', match: 'status', hint: 'failure, success, 4xx, 5xx, 404', hasFacets: true}],
			column: {header: 'STATUS', width: 6, priority: 1, place: 1}, export: 'default',
		},
		{name: 'outcome', label: 'Result', type: 'choice', description: 'success, or failure: status 400 and over, no response, or cut off', export: 'optional'},
		{
			name: 'request_id', label: 'Request ID', type: 'text', description: 'ID of the request across systems',
			queryKeys: [{key: 'request_id', match: 'exact', hint: 'v-…'}],
			column: {header: 'REQUEST ID', width: 21, priority: 9, place: 11}, export: 'default',
		},
		{
			name: 'channel', label: 'Channel', type: 'text', description: 'Where the call came from: API, Dashboard, an SDK',
			queryKeys: [{key: 'channel', match: 'exact', hint: 'API, Dashboard, an SDK', hasFacets: true}],
			column: {header: 'CHANNEL', width: 8, idealWidth: 18, priority: 6, place: 5}, export: 'default',
		},
		{
			name: 'method', label: 'Method', type: 'text', description: 'HTTP method',
			queryKeys: [{key: 'method', match: 'exact', hint: 'GET, POST, PUT, DELETE', hasFacets: true}],
			column: {header: 'METHOD', width: 6, priority: 6, place: 3}, export: 'default',
		},
		{
			name: 'endpoint', label: 'Endpoint', type: 'text', description: 'Symbolic name of the operation',
			queryKeys: [{key: 'endpoint', match: 'exact', hint: 'POST_v1_redemptions; POST_v1_* is a prefix', hasFacets: true}],
			column: {header: 'ENDPOINT', width: 24, idealWidth: 40, priority: 2, place: 4}, export: 'default',
		},
		{
			name: 'url', label: 'URL', type: 'text', description: 'Path or absolute URL, secrets replaced',
			queryKeys: [{key: 'url', match: 'contains', hint: 'part of the URL'}],
			column: {header: 'URL', width: 30, idealWidth: 60, priority: 10, place: 9}, export: 'default',
		},
		{
			name: 'user_email', label: 'User', type: 'text', description: 'Dashboard user who made the call',
			queryKeys: [{key: 'user', match: 'exact', hint: 'an e-mail address', hasFacets: true}],
			column: {header: 'USER', width: 20, idealWidth: 28, priority: 9, place: 10}, export: 'default',
		},
		{
			name: 'customer', label: 'Customer', type: 'text', description: 'Customer that the call concerned',
			queryKeys: [{key: 'customer', match: 'exact', hint: 'the ID in your system, or cust_…', hasFacets: true}],
			column: {header: 'USER / CUSTOMER', width: 15, idealWidth: 26, priority: 5, place: 6, elseField: 'user_email'}, export: 'optional',
		},
		{
			name: 'campaign', label: 'Campaign', type: 'text', description: 'Related campaign',
			queryKeys: [{key: 'campaign', match: 'exact', hint: 'name or camp_…', hasFacets: true}],
			column: {header: 'CAMPAIGN', width: 16, idealWidth: 28, priority: 12, place: 13}, export: 'optional',
		},
		{name: 'incentive', label: 'Incentive', type: 'text', description: 'Related voucher, promotion or reward', export: 'optional'},
		{
			name: 'app_id', label: 'Server-side key', type: 'secret-id', description: 'Server-side API key, by its ID',
			queryKeys: [{key: 'server_key', match: 'exact', hint: 'the key’s name, or its ID', hasFacets: true}],
			column: {header: 'SERVER KEY', width: 16, priority: 13, place: 14}, export: 'default',
		},
		{
			name: 'client_app_id', label: 'Client-side key', type: 'secret-id', description: 'Client-side API key, by its ID',
			queryKeys: [{key: 'client_key', match: 'exact', hint: 'the key’s name, or its ID', hasFacets: true}],
			export: 'default',
		},
		{
			name: 'request_duration', label: 'Duration', type: 'duration', description: 'Milliseconds from request to whole response',
			column: {header: 'MS', width: 6, align: 'right', priority: 4, place: 7}, export: 'default',
		},
		{
			name: 'error_key', label: 'Error', type: 'text', description: 'Machine-readable key of an error response',
			queryKeys: [{key: 'error', match: 'exact', hint: 'quantity_exceeded, unauthorized', hasFacets: true}],
			column: {header: 'ERROR', width: 17, idealWidth: 26, priority: 3, place: 8}, export: 'optional',
		},
		{name: 'task_id', label: 'Background task', type: 'text', description: 'Background task that the call started', export: 'optional'},
		{name: 'request_headers', label: 'Request headers', type: 'headers', description: 'Headers as sent, secrets replaced', export: 'optional', isContent: true},
		{name: 'response_headers', label: 'Response headers', type: 'headers', description: 'Headers as received, secrets replaced', export: 'optional', isContent: true},
		{
			name: 'request_body', label: 'Request body', type: 'body', description: 'Text as sent, secrets replaced', isContent: true,
			queryKeys: [{key: 'request', match: 'contains', hint: 'text in the request body'}], export: 'default',
		},
		{
			name: 'response_body', label: 'Response body', type: 'body', description: 'Text as received, secrets replaced', isContent: true,
			queryKeys: [{key: 'response', match: 'contains', hint: 'text in the response body'}], export: 'default',
		},
	],
};
