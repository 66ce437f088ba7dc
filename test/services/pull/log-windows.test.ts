import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dayMs, halve, planWindows, reachAfter, wantedFrom} from '../../../source/services/pull/log-windows.ts';
import {type SourceState} from '../../../source/store/pull/pull-state.ts';

const now = Date.UTC(2026, 10, 22, 12);
const minuteMs = 60_000;
const state = (given: Partial<SourceState> = {}): SourceState => ({source: 'logs', wantedFrom: null, reachedFrom: null, reachedUntil: null, isComplete: true, pulledAt: null, added: 0, failedAt: null, error: null, ...given});

test('a first pull takes 7 days, the newest day first; windows meet without a gap and without an overlap', () => {
	const wanted = wantedFrom(state(), null, now);
	assert.equal(wanted, now - 7 * dayMs);
	const windows = planWindows(state(), [], {wanted, now});
	assert.equal(windows.length, 7);
	assert.deepEqual([windows[0]?.until, windows.at(-1)?.from], [now, wanted]);
	for (const [index, {from}] of windows.slice(0, -1).entries()) assert.equal(windows[index + 1]?.until, from - 1);
	assert.equal(planWindows(state(), [], {wanted: now - 365 * dayMs, now}).length, 30);
});

test('a later pull overlaps the one before, tries gaps that meet as one, and goes on with what is older and wanted', () => {
	const reached = state({wantedFrom: now - 9 * dayMs, reachedFrom: now - 7 * dayMs, reachedUntil: now - 5 * minuteMs});
	const gap = {error: '', failedAt: now};
	const gaps = [{...gap, from: now - 3 * dayMs, until: now - 3 * dayMs + 999}, {...gap, from: now - 3 * dayMs + 1000, until: now - 3 * dayMs + 2000}, {...gap, from: now - 7 * minuteMs, until: now - 6 * minuteMs}];
	assert.deepEqual(planWindows(reached, gaps, {wanted: wantedFrom(reached, now - dayMs, now), now}), [
		{kind: 'newer', from: now - 15 * minuteMs, until: now},
		{kind: 'gap', from: now - 3 * dayMs, until: now - 3 * dayMs + 2000},
		{kind: 'older', from: now - 8 * dayMs + 1, until: now - 7 * dayMs - 1},
		{kind: 'older', from: now - 9 * dayMs, until: now - 8 * dayMs},
	]);
});

test('halves keep the order in which what is reached stays one range; none is shorter than 15 minutes', () => {
	let reach = {from: now - dayMs, until: now};
	let windows = [{kind: 'older' as const, from: now - 2 * dayMs, until: now - dayMs - 1}] as NonNullable<ReturnType<typeof halve>>;
	while (windows.length > 0) {
		const [window, ...rest] = windows;
		const halves = halve(window!);
		if (halves === null) {
			assert(window!.until - window!.from >= 15 * minuteMs - 1);
			assert.equal(window!.until, reach.from - 1);
			reach = reachAfter({reachedFrom: reach.from, reachedUntil: reach.until}, window!);
			windows = rest;
		} else {
			windows = [...halves, ...rest];
		}
	}

	assert.deepEqual(reach, {from: now - 2 * dayMs, until: now});
});
