import {type FieldTable} from './field.ts';

export const sendoutFields: FieldTable<'sendouts'> = {
	tab: 'sendouts',
	title: 'Webhook Sendouts',
	noun: ['sendout', 'sendouts'],
	textFields: ['id', 'type', 'target_url', 'error', 'data'],
	fields: [
		{
			name: 'id', label: 'Sendout ID', type: 'text', description: 'Unique ID; the same on every attempt', export: 'default',
			queryKeys: [{key: 'id', match: 'exact', hint: 'whs_…'}],
			column: {header: 'SENDOUT ID', width: 22, priority: 6},
		},
		{
			name: 'status', label: 'Status', type: 'choice', description: 'pending, success, retrying, failed or canceled', export: 'default',
			queryKeys: [{key: 'status', match: 'exact', hint: 'pending, success, retrying, failed, canceled', values: ['pending', 'success', 'retrying', 'failed', 'canceled']}],
			column: {header: 'STATUS', width: 10, priority: 1, place: 0},
		},
		{
			name: 'type', label: 'Type', type: 'text', description: 'Type of the event', export: 'default',
			queryKeys: [{key: 'type', match: 'exact', hint: 'redemption.failed; campaign.* is a prefix', hasFacets: true}],
			column: {header: 'TYPE', width: 22, priority: 2},
		},
		{name: 'event_id', label: 'Event ID', type: 'text', description: 'The event that it delivers', export: 'default'},
		{
			name: 'request_id', label: 'Request ID', type: 'text', description: 'Request that caused the event', export: 'default',
			queryKeys: [{key: 'request_id', match: 'exact', hint: 'v-…'}],
			column: {header: 'REQUEST ID', width: 20, priority: 7},
		},
		{
			name: 'source_id', label: 'Endpoint', type: 'text', description: 'The endpoint, by its ID', export: 'default',
			queryKeys: [{key: 'source', match: 'exact', hint: 'wh_…', hasFacets: true}],
			column: {header: 'SOURCE ID', width: 22, priority: 8},
		},
		{
			name: 'target_url', label: 'Target URL', type: 'text', description: 'Where it is sent', export: 'default',
			queryKeys: [{key: 'target', match: 'exact', hint: 'https://…; * at the end is a prefix', hasFacets: true}],
			column: {header: 'TARGET', width: 24, idealWidth: 48, priority: 9},
		},
		{
			name: 'created_at', label: 'Created', type: 'instant', description: 'When the event occurred', export: 'default',
			queryKeys: [
				{key: 'since', match: 'since', hint: '30m 24h 7d 2w, 2026-11-22, 2026-11-22T10:00; inclusive'},
				{key: 'until', match: 'until', hint: 'the same forms; exclusive'},
			],
			column: {header: 'CREATED', width: 18, priority: 3},
		},
		{
			name: 'sent_at', label: 'Sent', type: 'instant', description: 'The last attempt', export: 'default',
			queryKeys: [
				{key: 'sent_since', match: 'since', hint: 'last attempt from then on'},
				{key: 'sent_until', match: 'until', hint: 'last attempt before then'},
			],
			column: {header: 'SENT', width: 14, priority: 6, isBrief: true},
		},
		{
			name: 'attempts', label: 'Attempts', type: 'count', description: 'Attempts made', export: 'default',
			queryKeys: [{key: 'attempts', match: 'number', hint: '3, >5, <=1'}],
			column: {header: 'ATTEMPTS', width: 8, align: 'right', priority: 4},
		},
		{name: 'next_attempt_at', label: 'Next attempt', type: 'instant', description: 'When it is tried again', export: 'default', column: {header: 'NEXT', width: 9, priority: 4}},
		{name: 'error', label: 'Error', type: 'text', description: 'Why the last attempt failed', export: 'default', column: {header: 'ERROR', width: 16, priority: 5}},
		{name: 'data', label: 'Data', type: 'json', description: 'The payload', export: 'default', isContent: true},
		{name: 'attempt_log', label: 'Attempt log', type: 'json', description: 'Every attempt with its response', export: 'optional', isContent: true},
	],
};
