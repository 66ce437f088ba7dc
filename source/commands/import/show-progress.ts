import {type ImportReport} from '../../services/import/import-report.ts';
import {type Output} from '../output.ts';
import {followProgress, type ProgressDisplay} from '../progress/follow-progress.ts';
import {progressBarLine, progressLine} from './progress-text.ts';

/** How far an import is, on standard error. */
export const showProgress = async (to: {
	readonly errors: Output;
	readonly environment: NodeJS.ProcessEnv;
	readonly now: () => number;
}): Promise<ProgressDisplay<ImportReport>> => followProgress({...to, text: {
	line: (report, elapsedMs) => progressLine({report, elapsedMs}),
	bar: (report, elapsedMs, look) => progressBarLine({report, elapsedMs}, look),
}});
