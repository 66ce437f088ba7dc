import {type Test} from '../../domain/query/filter.ts';
import {escapeUnstorable} from '../../domain/text/storable.ts';
import {type SqlValue, type Store} from '../store.ts';
import {type Sql} from './condition-sql.ts';
import {type RecordTable} from './record-table.ts';

/** The least text that is greater than every text that begins with `prefix`; null when there is none. */
const afterPrefix = (prefix: string): string | null => {
	const points = Array.from(prefix, character => character.codePointAt(0) ?? 0);
	while (points.length > 0) {
		const last = points.pop() ?? 0;
		if (last < 0x10_FF_FF) {
			return String.fromCodePoint(...points, last === 0xD7_FF ? 0xE0_00 : last + 1);
		}
	}

	return null;
};

const limitsOf = (column: string, test: Test | null): Sql => {
	const limits: Array<readonly [string, SqlValue]> = [];
	if (test?.kind === 'prefix') {
		const prefix = escapeUnstorable(test.value);
		limits.push(['>=', prefix]);
		const end = afterPrefix(prefix);
		if (end !== null) {
			limits.push(['<', end]);
		}
	} else if (test?.kind === 'range') {
		limits.push(...(test.from === undefined ? [] : [['>=', test.from] as const]), ...(test.before === undefined ? [] : [['<', test.before] as const]));
	}

	return {sql: limits.map(([operator]) => ` AND "${column}" ${operator} ?`).join(''), args: limits.map(([, value]) => value)};
};

/**
 * The values that occur in an indexed column, in order, without null: one seek in the index a value, however often it
 * occurs. `after` goes on after a value.
 */
export const distinctValues = async (store: Store, table: RecordTable, column: string, test: Test | null, limit: number, after: SqlValue = null): Promise<readonly SqlValue[]> => {
	const limits = limitsOf(column, test);
	const next = (than: string): string =>
		`(SELECT "${column}" FROM ${table.tab} INDEXED BY ${table.tab}_by_${column} WHERE "${column}" ${than}${limits.sql} ORDER BY "${column}" LIMIT 1)`;
	const first = after === null ? next('IS NOT NULL') : next('> ?');
	const rows = await store.read<{value: SqlValue}>(
		`WITH RECURSIVE found (value) AS (
			SELECT ${first}
			UNION ALL SELECT ${next('> found.value')} FROM found WHERE found.value IS NOT NULL
		) SELECT value FROM found WHERE value IS NOT NULL LIMIT ?`,
		[...(after === null ? [] : [after]), ...limits.args, ...limits.args, limit],
	);
	return rows.map(({value}) => value);
};
