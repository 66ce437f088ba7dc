import {type Instant} from '../../domain/records.ts';
import {type PullGap, type SourceState} from '../../store/pull/pull-state.ts';

/** A range of logs that one export is to give; both ends belong to it. */
export type LogWindow = {
	readonly from: Instant;
	readonly until: Instant;
	/** `newer` ones come in order of time, `older` ones against it, so that what is reached is always one range; `gap` lies in it. */
	readonly kind: 'newer' | 'older' | 'gap';
};

export const dayMs = 86_400_000;
/** How far back logs are pulled when nobody says so. */
export const usualReachMs = 7 * dayMs;
/** Logs of a call can be there later than those of calls after it. */
const overlapMs = 10 * 60_000;
/** A window is not halved below this. */
const leastMs = 15 * 60_000;
const mostWindows = 30;
const mostGaps = 20;

/** Equal windows of about a day, or as long as it takes for there to be no more than 30; the newest first. */
const cut = (from: Instant, until: Instant, kind: LogWindow['kind']): readonly LogWindow[] => {
	const count = Math.min(mostWindows, Math.max(1, Math.round((until - from) / dayMs)));
	const edge = (index: number): Instant => from + Math.round((until - from) * index / count);
	return Array.from({length: count}, (_, index): LogWindow => ({from: index === 0 ? from : edge(index) + 1, until: edge(index + 1), kind})).toReversed();
};

const joined = (gaps: readonly PullGap[]): readonly LogWindow[] => {
	const windows: LogWindow[] = [];
	for (const {from, until} of gaps) {
		const last = windows.at(-1);
		if (last !== undefined && from <= last.until + 1) {
			windows[windows.length - 1] = {...last, until: Math.max(last.until, until)};
		} else {
			windows.push({from, until, kind: 'gap'});
		}
	}

	return windows;
};

/** How far back logs are wanted: as far as anybody asked. */
export const wantedFrom = ({wantedFrom: earlier}: SourceState, since: Instant | null, now: Instant): Instant =>
	Math.min(earlier ?? Infinity, since ?? (earlier === null ? now - usualReachMs : Infinity));

/** What is to be exported: since the last pull with an overlap, what failed before, and what is older and wanted. */
export const planWindows = (state: SourceState, gaps: readonly PullGap[], {wanted, now}: {readonly wanted: Instant; readonly now: Instant}): readonly LogWindow[] => {
	const {reachedFrom, reachedUntil} = state;
	if (reachedFrom === null || reachedUntil === null) {
		return cut(wanted, now, 'older');
	}

	const newer = cut(Math.min(reachedUntil, now) - overlapMs, now, 'newer').toReversed();
	// What the newer windows reach over anyway needs no second export.
	const inside = gaps.filter(({from}) => from < (newer[0]?.from ?? Infinity));
	return [...newer, ...joined(inside.slice(0, mostGaps)), ...(wanted < reachedFrom ? cut(wanted, reachedFrom - 1, 'older') : [])];
};

/** The halves of a window in the order of their kind; null when it is too small. */
export const halve = ({from, until, kind}: LogWindow): readonly LogWindow[] | null => {
	if (until - from < 2 * leastMs) {
		return null;
	}

	const middle = Math.floor((from + until) / 2);
	const halves: readonly LogWindow[] = [{from, until: middle, kind}, {from: middle + 1, until, kind}];
	return kind === 'older' ? halves.toReversed() : halves;
};

/** What is reached once a window is over. */
export const reachAfter = ({reachedFrom, reachedUntil}: Pick<SourceState, 'reachedFrom' | 'reachedUntil'>, {from, until, kind}: LogWindow): {readonly from: Instant; readonly until: Instant} => ({
	from: kind === 'older' ? Math.min(reachedFrom ?? from, from) : (reachedFrom ?? from),
	until: kind === 'gap' ? (reachedUntil ?? until) : Math.max(reachedUntil ?? until, until),
});
