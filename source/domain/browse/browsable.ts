import {type ExportRecord, type Instant} from '../records.ts';

/** An export can be browsed for so many days. */
export const browseDays = 90;

const dayMs = 86_400_000;

/** Counted from when its file was whole. */
export const isTooOldToBrowse = ({created_at: createdAt, finished_at: finishedAt}: Pick<ExportRecord, 'created_at' | 'finished_at'>, now: Instant): boolean =>
	now - (finishedAt ?? createdAt) > browseDays * dayMs;
