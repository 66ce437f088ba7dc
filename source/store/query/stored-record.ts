import {parseExact} from '../../domain/json/parse-exact.ts';
import {type RecordOf, type SummaryOf, type Tab} from '../../domain/records.ts';
import {escapeUnstorable, unescapeUnstorable} from '../../domain/text/storable.ts';
import {type SqlRow, type SqlValue, type Statement} from '../store.ts';
import {recordTables, type RecordTable} from './record-table.ts';

const toValue = (table: RecordTable, column: string, stored: SqlValue): unknown => {
	if (typeof stored !== 'string') {
		return stored;
	}

	const text = unescapeUnstorable(stored);
	return table.json.has(column) ? parseExact(text) : text;
};

const pick = (table: RecordTable, columns: readonly string[], row: SqlRow): Record<string, unknown> => {
	const record: Record<string, unknown> = {};
	for (const column of columns) {
		record[column] = toValue(table, column, row[column] ?? null);
	}

	return record;
};

/** A record in a list, out of a row with all summary columns. */
export const toSummary = <T extends Tab>(tab: T, row: SqlRow): SummaryOf[T] =>
	pick(recordTables[tab], recordTables[tab].summary, row) as SummaryOf[T];

/** What a whole record holds beside its summary, out of a row of the content table. */
export const toContent = (tab: Tab, row: SqlRow): Readonly<Record<string, unknown>> =>
	pick(recordTables[tab], recordTables[tab].content?.columns ?? [], row);

/** The cell of a record's value: JSON as text, text with what SQLite cannot keep escaped. */
export const toStored = (table: RecordTable, column: string, value: unknown): SqlValue => {
	if (value === null || value === undefined) {
		return null;
	}

	if (table.json.has(column)) {
		return escapeUnstorable(JSON.stringify(value));
	}

	return typeof value === 'string' ? escapeUnstorable(value) : value as number;
};

/** Stores a background task, an export or a sendout (without its attempts); one that is there stays as it is. */
export const insertRecord = <T extends Exclude<Tab, 'logs'>>(tab: T, record: RecordOf[T]): readonly Statement[] => {
	const table = recordTables[tab];
	const values = record as unknown as Readonly<Record<string, unknown>>;
	const names = table.summary.map(column => `"${column}"`).join(', ');
	const main: Statement = {
		sql: `INSERT INTO ${tab} (${names}) VALUES (${table.summary.map(() => '?').join(', ')}) ON CONFLICT (id) DO NOTHING`,
		args: table.summary.map(column => toStored(table, column, values[column])),
	};
	if (table.content === null) {
		return [main];
	}

	const {table: contentTable, columns} = table.content;
	return [main, {
		sql: `INSERT INTO ${contentTable} (seq, ${columns.join(', ')})
			SELECT seq, ${columns.map(() => '?').join(', ')} FROM ${tab} WHERE id = ? ON CONFLICT (seq) DO NOTHING`,
		args: [...columns.map(column => toStored(table, column, values[column])), escapeUnstorable(record.id)],
	}];
};
