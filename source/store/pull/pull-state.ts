import {type Instant} from '../../domain/records.ts';
import {type SqlRow, type SqlValue, type Statement, type Store} from '../store.ts';

export const pullSources = ['logs', 'tasks', 'exports'] as const;
export type PullSource = (typeof pullSources)[number];

/** How far a source was pulled. */
export type SourceState = {
	readonly source: PullSource;
	/** Logs: how far back they were asked for. */
	readonly wantedFrom: Instant | null;
	/** Logs: from there on all are here, but for gaps. Tasks: as far back as their list was read. Null when nothing was. */
	readonly reachedFrom: Instant | null;
	readonly reachedUntil: Instant | null;
	/** The list was read to its end. */
	readonly isComplete: boolean;
	/** When it was pulled last without a failure. */
	readonly pulledAt: Instant | null;
	/** What that added. */
	readonly added: number;
	readonly failedAt: Instant | null;
	readonly error: string | null;
};

/** A range of logs that could not be pulled; both ends belong to it. */
export type PullGap = {readonly from: Instant; readonly until: Instant; readonly error: string; readonly failedAt: Instant};

const numberOrNull = (value: SqlValue | undefined): number | null => typeof value === 'number' ? value : null;

const toState = (row: SqlRow): SourceState => ({
	source: String(row.source) as PullSource,
	wantedFrom: numberOrNull(row.wanted_from),
	reachedFrom: numberOrNull(row.reached_from),
	reachedUntil: numberOrNull(row.reached_until),
	isComplete: row.is_complete === 1,
	pulledAt: numberOrNull(row.pulled_at),
	added: Number(row.added),
	failedAt: numberOrNull(row.failed_at),
	error: typeof row.error === 'string' ? row.error : null,
});

const unpulled = (source: PullSource): SourceState => ({source, wantedFrom: null, reachedFrom: null, reachedUntil: null, isComplete: false, pulledAt: null, added: 0, failedAt: null, error: null});

/** The state of every source. */
export const readSourceStates = async (store: Store): Promise<Readonly<Record<PullSource, SourceState>>> => {
	const rows = (await store.read('SELECT * FROM pull_sources')).map(toState);
	const stateOf = (source: PullSource): SourceState => rows.find(row => row.source === source) ?? unpulled(source);
	return {logs: stateOf('logs'), tasks: stateOf('tasks'), exports: stateOf('exports')};
};

const update = (source: PullSource, values: Readonly<Record<string, SqlValue>>): Statement => {
	const names = Object.keys(values);
	return {
		sql: `INSERT INTO pull_sources (source, ${names.join(', ')}) VALUES (?, ${names.map(() => '?').join(', ')})
			ON CONFLICT (source) DO UPDATE SET ${names.map(name => `${name} = excluded.${name}`).join(', ')}`,
		args: [source, ...Object.values(values)],
	};
};

/** How far a source was pulled now. */
export const writeReach = (source: PullSource, {from, until, isComplete}: {readonly from: Instant | null; readonly until: Instant | null; readonly isComplete: boolean}): Statement =>
	update(source, {reached_from: from, reached_until: until, is_complete: isComplete ? 1 : 0});

/** Logs are wanted from there on. */
export const writeWanted = (from: Instant): Statement => update('logs', {wanted_from: from});

/** A source was pulled to its end. */
export const writePulled = (source: PullSource, {at, added}: {readonly at: Instant; readonly added: number}): Statement =>
	update(source, {pulled_at: at, added, failed_at: null, error: null});

/** A source could not be pulled to its end. */
export const writeFailure = (source: PullSource, {at, error}: {readonly at: Instant; readonly error: string}): Statement =>
	update(source, {failed_at: at, error});

/** The oldest first. */
export const readGaps = async (store: Store): Promise<readonly PullGap[]> => {
	const rows = await store.read('SELECT from_at, until_at, error, failed_at FROM pull_gaps ORDER BY from_at');
	return rows.map(row => ({from: Number(row.from_at), until: Number(row.until_at), error: String(row.error), failedAt: Number(row.failed_at)}));
};

/** Statements that put these gaps in place of what is noted within `from` and `until`; one that reaches out of it keeps its rest. */
export const replaceGaps = ({from, until}: {readonly from: Instant; readonly until: Instant}, gaps: readonly PullGap[]): readonly Statement[] => [
	{
		sql: `INSERT INTO pull_gaps (from_at, until_at, error, failed_at) SELECT :until + 1, until_at, error, failed_at FROM pull_gaps
			WHERE from_at <= :until AND until_at > :until ON CONFLICT (from_at) DO NOTHING`,
		args: {until},
	},
	{sql: 'UPDATE pull_gaps SET until_at = :from - 1 WHERE from_at < :from AND until_at >= :from', args: {from}},
	{sql: 'DELETE FROM pull_gaps WHERE from_at BETWEEN :from AND :until', args: {from, until}},
	...gaps.map((gap): Statement => ({
		sql: `INSERT INTO pull_gaps (from_at, until_at, error, failed_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (from_at) DO UPDATE SET until_at = max(until_at, excluded.until_at), error = excluded.error, failed_at = excluded.failed_at`,
		args: [gap.from, gap.until, gap.error, gap.failedAt],
	})),
];
