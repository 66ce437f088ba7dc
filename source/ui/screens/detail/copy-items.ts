import {curlOf, shellQuote} from '../../../domain/curl.ts';
import {fieldsOf} from '../../../domain/fields/field-tables.ts';
import {type Log, type Sendout, type Tab} from '../../../domain/records.ts';
import {toIso} from '../../../domain/time/format-time.ts';
import {type RecordDetail} from '../../../services/services.ts';
import {type Selection} from '../panes/pane-text.ts';

/** What can be copied; `text` is null where the record has no such thing, and `reason` says so. */
export type CopyItem = {
	readonly label: string;
	/** The key that chooses it. */
	readonly key: string;
	readonly text: string | null;
	readonly reason?: string;
	readonly suffix: 'json' | 'txt' | 'sh';
};

type CopyInput = {
	readonly detail: RecordDetail;
	readonly selection?: Selection | undefined;
	/** The query of the list, as text. */
	readonly query?: string | undefined;
};

/** Everything that a colleague may need of a record, as text. The record must be whole. */
export const copyItems = ({detail, selection, query}: CopyInput): readonly CopyItem[] => {
	const {tab, record} = detail;
	return [
		...(selection === undefined ? [] : [
			{label: 'Value under the cursor', key: 'v', text: selection.value, suffix: 'txt' as const},
			{label: 'Path under the cursor', key: 'p', text: selection.path, suffix: 'txt' as const},
		]),
		...(tab === 'logs' ? logItems(record as Log) : []),
		...(tab === 'sendouts' ? [item('Data', 'd', JSON.stringify((record as Sendout).data, undefined, 2), 'it has no payload', 'json'), item('Target URL', 'u', (record as Sendout).target_url, 'it has no target')] : []),
		{label: nameOfId[tab], key: 'i', text: record.id, suffix: 'txt'},
		...('request_id' in record ? [item('Request ID', 'r', record.request_id, 'it has no request ID')] : []),
		{label: 'Command line: this record', key: 's', text: `auditty show ${shellQuote(record.id)}`, suffix: 'sh'},
		...(query === undefined ? [] : [{label: 'Command line: this list', key: 'l', text: commandLineOf(tab, query), suffix: 'sh' as const}]),
		{label: 'Whole record as JSON', key: 'j', text: recordJson(detail), suffix: 'json'},
	];
};

const nameOfId: Readonly<Record<Tab, string>> = {logs: 'Log ID', tasks: 'Task ID', exports: 'Export ID', sendouts: 'Sendout ID'};

const item = (label: string, key: string, text: string | null | undefined, reason: string, suffix: CopyItem['suffix'] = 'txt'): CopyItem =>
	text === null || text === undefined || text === '' ? {label, key, text: null, reason, suffix} : {label, key, text, suffix};

const logItems = (log: Log): readonly CopyItem[] => [
	item('Request body', 'b', log.request_body, 'the request has no body'),
	item('Response body', 'B', log.response_body, 'the response has no body'),
	item('cURL', 'c', curlOf(log), 'the log has no URL', 'sh'),
	item('URL', 'u', log.url, 'the log has no URL'),
];

/** `auditty logs 'since:24h status:failure'`: what prints the same list. */
export const commandLineOf = (tab: Tab, query: string): string => query.trim() === '' ? `auditty ${tab}` : `auditty ${tab} ${shellQuote(query)}`;

/** The record as JSON output has it: all fields by their names, instants in ISO. */
export const recordJson = ({tab, record}: RecordDetail): string => {
	const values = record as unknown as Readonly<Record<string, unknown>>;
	return JSON.stringify(Object.fromEntries(fieldsOf(tab).map(({name, type}) => {
		const value = values[name] ?? null;
		return [name, type === 'instant' && typeof value === 'number' ? toIso(value) : value];
	})), undefined, 2);
};
