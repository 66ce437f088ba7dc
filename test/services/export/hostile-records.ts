import {type Field} from '../../../source/domain/fields/field.ts';
import {fieldsOf} from '../../../source/domain/fields/field-tables.ts';
import {type Attempt, type RecordOf, type Tab} from '../../../source/domain/records.ts';
import {insertLogs} from '../../../source/store/logs/insert-logs.ts';
import {insertRecord} from '../../../source/store/query/stored-record.ts';
import {insertAttempts} from '../../../source/store/sendouts/insert-attempts.ts';
import {type Store} from '../../../source/store/store.ts';
import {hostileCells} from './hostile-logs.ts';

const noon = Date.UTC(2026, 10, 22, 12);

/** IDs of all of them begin so, and those of what an export itself adds do not. */
export const hostilePrefix: {readonly [T in Tab]: string} = {logs: 'log_h', tasks: 'aa_h', exports: 'exp_h', sendouts: 'whs_h'};

const outcomes = ['success', 'failure'] as const;

const attemptsWith = (cell: string): readonly Attempt[] => [
	{number: 1, started_at: noon, duration: 1 / 3, status: null, response_headers: null, response_body: null, error: cell},
	{number: 2, started_at: noon + 1, duration: null, status: 500, response_headers: {'x-odd': cell, more: [cell, '']}, response_body: cell, error: null},
];

/** A value for a field of any tab, as odd as its type allows. */
const valueOf = (tab: Tab, {name, type, queryKeys = []}: Field, cell: string, index: number): unknown => {
	const short = cell.slice(0, 2000);
	switch (type) {
		case 'text': {
			return name === 'id' ? `${hostilePrefix[tab]}${String(index).padStart(3, '0')}${cell.slice(0, 40)}` : (name === 'url' || name === 'error' ? cell : short);
		}

		case 'secret-id': {
			return short;
		}

		case 'body': {
			return cell;
		}

		case 'choice': {
			const choices = queryKeys[0]?.values ?? outcomes;
			return choices[index % choices.length];
		}

		case 'status': {
			return [200, 404, null, 599][index % 4];
		}

		case 'instant': {
			return name === 'created_at' ? noon + index * 1000 : [null, 0, -1, noon + index, 8_640_000_000_000_000][index % 5];
		}

		case 'duration': {
			return [null, 0, index / 7, 1e-7, 2 ** 53][index % 5];
		}

		case 'count': case 'bytes': {
			return index * 1_000_000_007;
		}

		case 'percent': {
			return index % 101;
		}

		case 'headers': {
			return index % 7 === 0 ? null : {'x-odd': short, 'x-more': [short, '', 'b']};
		}

		case 'list': {
			return [short, 'id'];
		}

		case 'json': {
			return name === 'attempt_log' ? attemptsWith(short) : [{cell, list: [short, null, index / 7], nothing: {}}, cell, index / 7, [], null][index % 5];
		}
	}
};

/** A record of a tab for each hostile cell, a second apart, with the cell in each of its fields. */
export const hostileRecords = <T extends Tab>(tab: T): ReadonlyArray<RecordOf[T]> => hostileCells.map((cell, index) =>
	Object.fromEntries(fieldsOf(tab).map(field => [field.name, valueOf(tab, field, cell, index)])) as unknown as RecordOf[T]);

/** Puts the hostile records of all tabs into a store. */
export const storeHostileRecords = async (store: Store): Promise<void> => {
	await insertLogs(store, hostileRecords('logs'), {storedAt: noon});
	await store.write([
		...hostileRecords('tasks').flatMap(task => insertRecord('tasks', task)),
		...hostileRecords('exports').flatMap(record => insertRecord('exports', record)),
		...hostileRecords('sendouts').flatMap(sendout => [...insertRecord('sendouts', sendout), ...insertAttempts(sendout)]),
	]);
};

const isoOf = (at: number): string => new Date(at).toISOString();

/** What the cell of a field must hold, told without the code that writes it. */
export const wantedCell = ({name, type}: Field, value: unknown): string => {
	if (value === null) {
		return '';
	}

	if (type === 'instant') {
		return isoOf(value as number);
	}

	if (name === 'attempt_log') {
		return JSON.stringify((value as readonly Attempt[]).map(attempt => ({...attempt, started_at: isoOf(attempt.started_at)})));
	}

	return typeof value === 'string' && type !== 'json' ? value : JSON.stringify(value);
};

/** What JSON output must hold. */
export const wantedJson = ({name, type}: Field, value: unknown): unknown => type === 'instant' && value !== null
	? isoOf(value as number)
	: (name === 'attempt_log' ? JSON.parse(wantedCell({name, type} as Field, value)) as unknown : value);
