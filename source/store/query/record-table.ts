import {type FieldType} from '../../domain/fields/field.ts';
import {fieldsOf} from '../../domain/fields/field-tables.ts';
import {type Tab} from '../../domain/records.ts';

/** How a tab's records lie in the store: columns are named like the fields. */
export type RecordTable = {
	readonly tab: Tab;
	/** Columns of a record in a list. */
	readonly summary: readonly string[];
	/** What is read only with the whole record, in a table of its own with the same `seq`. */
	readonly content: {readonly table: string; readonly columns: readonly string[]} | null;
	/** Columns that hold numbers. */
	readonly numbers: ReadonlySet<string>;
	/** Columns that hold JSON. */
	readonly json: ReadonlySet<string>;
	/** Columns with an index of (column, created_at), named `<table>_by_<column>`. */
	readonly indexed: ReadonlySet<string>;
	/** Of these, the columns whose index holds empty values too. */
	readonly indexedWhenEmpty: ReadonlySet<string>;
};

const jsonTypes = new Set<FieldType>(['json', 'list', 'headers']);
const numberTypes = new Set<FieldType>(['status', 'instant', 'duration', 'count', 'bytes', 'percent']);
// Attempts are rows of their own.
const stored = (tab: Tab) => fieldsOf(tab).filter(field => field.name !== 'attempt_log');

const recordTable = (tab: Tab, contentTable: string | null, indexed: readonly string[], indexedWhenEmpty: readonly string[] = []): RecordTable => ({
	tab,
	summary: stored(tab).filter(field => !field.isContent).map(field => field.name),
	content: contentTable === null ? null : {table: contentTable, columns: stored(tab).filter(field => field.isContent).map(field => field.name)},
	numbers: new Set(stored(tab).filter(field => numberTypes.has(field.type)).map(field => field.name)),
	json: new Set(stored(tab).filter(field => jsonTypes.has(field.type)).map(field => field.name)),
	indexed: new Set([...indexed, ...indexedWhenEmpty]),
	indexedWhenEmpty: new Set(indexedWhenEmpty),
});

export const recordTables: {readonly [T in Tab]: RecordTable} = {
	logs: recordTable('logs', 'log_contents', [
		'id', 'outcome', 'request_id', 'user_email', 'customer', 'campaign', 'app_id', 'client_app_id', 'error_key', 'task_id',
	], ['status', 'channel', 'method', 'endpoint']),
	tasks: recordTable('tasks', null, ['id', 'type', 'status', 'request_id', 'log_id']),
	exports: recordTable('exports', null, ['id', 'task_id']),
	sendouts: recordTable('sendouts', 'sendout_contents', ['id', 'status', 'type', 'request_id', 'source_id', 'target_url', 'event_id']),
};

/** A field as SQL names it: `r` is the record's row, `c` its content. */
export const columnOf = (table: RecordTable, field: string): string =>
	`${table.content?.columns.includes(field) ? 'c' : 'r'}."${field}"`;
