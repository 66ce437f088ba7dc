import process from 'node:process';
import {schedulePull} from '../services/pull/schedule-pull.ts';
import {schedulePurge} from '../services/purge/schedule-purge.ts';
import {scheduleSearch} from '../services/search/schedule-search.ts';
import {reportFailedLogs} from '../services/webhooks/report-failed-logs.ts';
import {type Store} from '../store/store.ts';

/** Something that a worker looks after from time to time, first when it begins. */
export type Routine = {readonly everyMs: number; readonly look: () => Promise<void>};

/** Whether background work is to be scheduled that nobody asked for. */
export const createRoutines = (context: {readonly store: Store; readonly now: () => number; readonly dataDirectory: string}): readonly Routine[] => [
	{everyMs: 3_600_000, look: async () => schedulePurge(context)},
	{everyMs: 20_000, look: async () => scheduleSearch(context)},
	{everyMs: 1000, look: async () => reportFailedLogs(context)},
	{everyMs: 5000, look: async () => schedulePull({...context, environment: process.env})},
];
