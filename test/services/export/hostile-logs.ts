import {type Log} from '../../../source/domain/records.ts';
import {makeLog} from '../../helpers/make-log.ts';

const noon = Date.UTC(2026, 10, 22, 12);

/** What spoils readers of CSV, spreadsheets, terminals and SQLite: quotes, line ends, formulas, NUL, what looks like an escape, a megabyte. */
export const hostileCells = [
	'plain', '', ' ', '"', '""', 'a"b', 'a,b', ',', '\n', '\r', '\r\n', 'a\rb', 'line\nline', '\t', ';', '\'', '\'\'', '\0', 'a\0b', '😀', 'Zażółć', '\u202e', '\ufeff',
	'=1+1', '+1', '-1', '-5', '1e9', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '\0=1', '\'=1', '\'\'=1', '＝1', '=cmd|\' /C calc\'!A0', '-', '+', '{"a":"b"}', '"quoted"', '\\', '\\n',
	'\ue000', '\ue0000000', 'x'.repeat(1_000_000), '",\r\n"'.repeat(1000),
];

/** One log for each hostile cell, in a body, a URL and a name; a second apart. */
export const hostileLogs: readonly Log[] = hostileCells.map((cell, index) => makeLog({
	id: `log_${String(index).padStart(3, '0')}`, created_at: noon + index * 1000, request_body: cell, response_body: `${cell}${cell}`.slice(0, 1_000_000),
	url: cell, user_email: cell, request_duration: index / 7, status: index % 2 === 0 ? 200 : 404, outcome: index % 2 === 0 ? 'success' : 'failure',
	request_headers: {'x-odd': cell.slice(0, 100)},
}));
