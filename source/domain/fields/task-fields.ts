import {type FieldTable} from './field.ts';

export const taskFields: FieldTable<'tasks'> = {
	tab: 'tasks',
	title: 'Background Tasks',
	noun: ['background task', 'background tasks'],
	textFields: ['id', 'type', 'error', 'result', 'parameters'],
	fields: [
		{
			name: 'id', label: 'Task ID', type: 'text', description: 'Unique ID', export: 'default',
			queryKeys: [{key: 'id', match: 'exact', hint: 'aa_…'}],
			column: {header: 'TASK ID', width: 21, priority: 5},
		},
		{
			name: 'type', label: 'Type', type: 'text', description: 'What kind of work', export: 'default',
			queryKeys: [{key: 'type', match: 'exact', hint: 'LOGS.IMPORT, VOUCHERS.IMPORT_CSV', hasFacets: true}],
			column: {header: 'TYPE', width: 21, idealWidth: 30, priority: 2},
		},
		{
			name: 'status', label: 'Status', type: 'choice', description: 'scheduled, in_progress, done or failed', export: 'default',
			queryKeys: [{key: 'status', match: 'exact', hint: 'scheduled, in_progress, done, failed', values: ['scheduled', 'in_progress', 'done', 'failed']}],
			column: {header: 'STATUS', width: 13, priority: 1, place: 0},
		},
		{
			name: 'processing_status', label: 'Processing', type: 'choice', description: 'success, failure or unknown', export: 'default',
			queryKeys: [{key: 'processing', match: 'exact', hint: 'success, failure, unknown', values: ['success', 'failure', 'unknown']}],
			column: {header: 'PROCESSING', width: 10, priority: 4},
		},
		{
			name: 'progress', label: 'Progress', type: 'percent', description: '0-100', export: 'default',
			column: {header: 'PROGRESS', width: 13, idealWidth: 26, priority: 2},
		},
		{name: 'done_count', label: 'Done', type: 'count', description: 'Items done', export: 'default'},
		{name: 'failed_count', label: 'Failed', type: 'count', description: 'Items that failed', export: 'default', column: {header: 'FAILED', width: 7, align: 'right', priority: 7}},
		{name: 'total_count', label: 'Total', type: 'count', description: 'Items in all, where known', export: 'default'},
		{
			name: 'processing_time', label: 'Processing time', type: 'duration', description: 'Milliseconds of work', export: 'default',
			column: {header: 'TIME', width: 11, align: 'right', priority: 6},
		},
		{
			name: 'created_at', label: 'Created', type: 'instant', description: 'When it was started', export: 'default',
			queryKeys: [
				{key: 'since', match: 'since', hint: '30m 24h 7d 2w, 2026-11-22, 2026-11-22T10:00; inclusive'},
				{key: 'until', match: 'until', hint: 'the same forms; exclusive'},
			],
			column: {header: 'CREATED', width: 16, priority: 3, isBrief: true},
		},
		{name: 'updated_at', label: 'Updated', type: 'instant', description: 'Last change', export: 'default'},
		{
			name: 'user', label: 'User', type: 'text', description: 'Who started it', export: 'default',
			queryKeys: [{key: 'user', match: 'exact', hint: 'who started it', hasFacets: true}],
			column: {header: 'USER', width: 18, idealWidth: 26, priority: 8},
		},
		{
			name: 'request_id', label: 'Request ID', type: 'text', description: 'Request that started it', export: 'default',
			queryKeys: [{key: 'request_id', match: 'exact', hint: 'v-… or w-…'}],
			column: {header: 'REQUEST ID', width: 21, priority: 10},
		},
		{name: 'log_id', label: 'Log', type: 'text', description: 'Log of the call that started it', export: 'default'},
		{name: 'export_id', label: 'Export', type: 'text', description: 'Export that it makes', export: 'default'},
		{
			name: 'origin', label: 'Origin', type: 'choice', description: 'local or voucherify', export: 'default',
			queryKeys: [{key: 'origin', match: 'exact', hint: 'local, voucherify', values: ['local', 'voucherify']}],
			column: {header: 'ORIGIN', width: 10, priority: 9},
		},
		{name: 'parameters', label: 'Parameters', type: 'json', description: 'What it was asked to do', export: 'optional'},
		{name: 'result', label: 'Result', type: 'json', description: 'What came of it; the shape depends on the type', export: 'default'},
		{name: 'error', label: 'Error', type: 'text', description: 'Why it failed', export: 'default'},
	],
};
