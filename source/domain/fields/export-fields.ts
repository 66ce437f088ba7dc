import {type FieldTable} from './field.ts';

export const exportFields: FieldTable<'exports'> = {
	tab: 'exports',
	title: 'Exports',
	noun: ['export', 'exports'],
	textFields: ['id', 'resource', 'query', 'error'],
	fields: [
		{
			name: 'status', label: 'Status', type: 'choice', description: 'scheduled, in_progress, done or error', export: 'default',
			queryKeys: [{key: 'status', match: 'exact', hint: 'scheduled, in_progress, done, error', values: ['scheduled', 'in_progress', 'done', 'error']}],
			column: {header: 'STATUS', width: 13, priority: 1},
		},
		{
			name: 'resource', label: 'Resource', type: 'text', description: 'What is exported, such as api_log', export: 'default',
			queryKeys: [{key: 'resource', match: 'exact', hint: 'api_log, voucher, redemption', hasFacets: true}],
			column: {header: 'RESOURCE', width: 14, idealWidth: 22, priority: 2},
		},
		{
			name: 'id', label: 'Export ID', type: 'text', description: 'Unique ID', export: 'default',
			queryKeys: [{key: 'id', match: 'exact', hint: 'exp_…'}],
			column: {header: 'EXPORT ID', width: 28, priority: 6},
		},
		{
			name: 'user', label: 'User', type: 'text', description: 'Who scheduled it', export: 'default',
			queryKeys: [{key: 'user', match: 'exact', hint: 'who scheduled it', hasFacets: true}],
			column: {header: 'USER', width: 16, idealWidth: 26, priority: 6},
		},
		{
			name: 'created_at', label: 'Created', type: 'instant', description: 'When it was scheduled', export: 'default',
			queryKeys: [
				{key: 'since', match: 'since', hint: '30m 24h 7d 2w, 2026-11-22, 2026-11-22T10:00; inclusive'},
				{key: 'until', match: 'until', hint: 'the same forms; exclusive'},
			],
			column: {header: 'CREATED', width: 16, priority: 3, isBrief: true},
		},
		{name: 'finished_at', label: 'Finished', type: 'instant', description: 'When the file was whole', export: 'default'},
		{
			name: 'origin', label: 'Origin', type: 'choice', description: 'local or voucherify', export: 'default',
			queryKeys: [{key: 'origin', match: 'exact', hint: 'local, voucherify', values: ['local', 'voucherify']}],
			column: {header: 'ORIGIN', width: 10, priority: 9},
		},
		{name: 'rows', label: 'Rows', type: 'count', description: 'Rows in the file', export: 'default', column: {header: 'ROWS', width: 9, align: 'right', priority: 4}},
		{name: 'bytes', label: 'Size', type: 'bytes', description: 'Size of the file', export: 'default', column: {header: 'SIZE', width: 8, align: 'right', priority: 5}},
		{name: 'sha256', label: 'SHA-256', type: 'text', description: 'Checksum of the file', export: 'default'},
		{name: 'query', label: 'Query', type: 'text', description: 'The filter that it was made with', export: 'default', column: {header: 'QUERY', width: 24, idealWidth: 80, priority: 8}},
		{name: 'fields', label: 'Fields', type: 'list', description: 'Columns of the file', export: 'default'},
		{name: 'order', label: 'Order', type: 'text', description: 'created_at or -created_at', export: 'default'},
		{name: 'task_id', label: 'Background task', type: 'text', description: 'Background task that makes it', export: 'default'},
		{name: 'error', label: 'Error', type: 'text', description: 'Why it failed', export: 'default'},
	],
};
