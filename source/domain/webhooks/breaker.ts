/** So many failed attempts in a row open the breaker of an endpoint. */
export const failuresToOpen = 10;

const shortestPauseMs = 30_000;
const longestPauseMs = 300_000;

/** How long nothing goes to an endpoint after so many failures in a row: 0 below ten, then 30 s, doubled by each failed probe up to 5 min. */
export const pauseAfter = (failures: number): number =>
	failures < failuresToOpen ? 0 : Math.min(shortestPauseMs * 2 ** Math.min(failures - failuresToOpen, 10), longestPauseMs);

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Half-open: the pause is over, and one delivery goes as a probe. */
export const breakerState = ({failures, blockedUntil, now}: {readonly failures: number; readonly blockedUntil: number; readonly now: number}): BreakerState => {
	if (failures < failuresToOpen) {
		return 'closed';
	}

	return blockedUntil > now ? 'open' : 'half-open';
};
