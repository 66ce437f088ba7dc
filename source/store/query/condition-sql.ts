import {type Condition, type Test} from '../../domain/query/filter.ts';
import {escapeUnstorable} from '../../domain/text/storable.ts';
import {type SqlValue} from '../store.ts';
import {foldedPattern} from './folded-pattern.ts';
import {columnOf, type RecordTable} from './record-table.ts';

export type Sql = {readonly sql: string; readonly args: readonly SqlValue[]};

export const storable = (value: string | number): SqlValue => typeof value === 'string' ? escapeUnstorable(value) : value;

export const joinSql = (parts: readonly Sql[], separator: string): Sql => ({
	sql: parts.map(part => part.sql).join(separator),
	args: parts.flatMap(part => part.args),
});

/** A text never equals a number nor lies in a range, though SQLite would convert one; JSON is only searched. */
export const canHold = (table: RecordTable, field: string, test: Test): boolean => {
	const isNumber = table.numbers.has(field);
	const isText = !isNumber && !table.json.has(field);
	switch (test.kind) {
		case 'range': {
			return isNumber;
		}

		case 'prefix': {
			return isText;
		}

		case 'equals': {
			return typeof test.value === 'number' ? isNumber : isText;
		}

		default: {
			return true;
		}
	}
};

const testSql = (column: string, test: Test): Sql => {
	switch (test.kind) {
		case 'empty': {
			return {sql: `${column} IS NULL`, args: []};
		}

		case 'equals': {
			return {sql: `${column} = ?`, args: [storable(test.value)]};
		}

		case 'prefix': {
			const prefix = escapeUnstorable(test.value);
			return {sql: `substr(${column}, 1, ${[...prefix].length}) = ?`, args: [prefix]};
		}

		case 'contains': {
			const {glob, like} = foldedPattern(escapeUnstorable(test.value));
			return like === null
				? {sql: `${column} GLOB ?`, args: [glob]}
				: {sql: String.raw`(${column} LIKE ? ESCAPE '\' AND ${column} GLOB ?)`, args: [like, glob]};
		}

		case 'range': {
			const limits = [
				...(test.from === undefined ? [] : [{sql: `${column} >= ?`, args: [test.from]}]),
				...(test.before === undefined ? [] : [{sql: `${column} < ?`, args: [test.before]}]),
			];
			return limits.length === 0 ? {sql: `${column} IS NOT NULL`, args: []} : {sql: `(${limits.map(limit => limit.sql).join(' AND ')})`, args: limits.flatMap(limit => limit.args)};
		}
	}
};

/** True for the records that `matches` says yes to, false or null for the others; a negated one is never null. */
export const conditionSql = (table: RecordTable, condition: Condition): Sql => {
	const tests = condition.fields.flatMap(field => condition.tests
		.filter(test => canHold(table, field, test))
		.map(test => testSql(columnOf(table, field), test)));
	const {sql, args} = tests.length === 0 ? {sql: 'FALSE', args: []} : joinSql(tests, ' OR ');
	return {sql: condition.isNegated ? `(${sql}) IS NOT TRUE` : `(${sql})`, args};
};

/** Whether the condition can be answered without the record's content. */
export const isNarrow = (table: RecordTable, condition: Condition): boolean =>
	!condition.fields.some(field => table.content?.columns.includes(field));
