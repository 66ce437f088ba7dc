import {type Instant, type SendoutSummary} from '../records.ts';
import {testEventType} from './event-types.ts';

/** That an endpoint gets nothing just now: until its breaker lets one through, or, with null, until it is enabled. */
export type Hold = {readonly until: Instant | null};

/** Holds of endpoints by their ID; one that is sent to has none. */
export type Holds = ReadonlyMap<string, Hold>;

export const noHolds: Holds = new Map();

/** What holds a sendout that waits; null when nothing does. Tests of an endpoint go whatever its breaker says. */
export const holdOf = ({next_attempt_at: nextAt, source_id: sourceId, type}: Pick<SendoutSummary, 'next_attempt_at' | 'source_id' | 'type'>, holds: Holds): Hold | null => {
	const hold = nextAt === null || sourceId === null || type === testEventType ? undefined : holds.get(sourceId);
	return hold === undefined || (hold.until !== null && hold.until <= (nextAt ?? 0)) ? null : hold;
};

/** The holds of endpoints, as their health tells them. */
export const holdsOf = (endpoints: ReadonlyArray<{readonly endpoint: {readonly id: string; readonly active: boolean}; readonly blockedUntil: Instant | null}>): Holds =>
	new Map(endpoints.filter(({endpoint, blockedUntil}) => !endpoint.active || blockedUntil !== null)
		.map(({endpoint, blockedUntil}) => [endpoint.id, {until: endpoint.active ? blockedUntil : null}]));
