import {type Instant} from '../../domain/records.ts';
import {isWhole} from '../../services/pull/pull-report.ts';
import {type Store} from '../../store/store.ts';
import {type ExitCode} from '../command.ts';
import {type CommandContext} from '../command-context.ts';
import {jsonText} from '../print/json-text.ts';
import {followProgress} from '../progress/follow-progress.ts';
import {missedLines, pulledText, pullProgress, reportOf} from './pull-text.ts';
import {runPull} from './run-pull.ts';

/** Pulls once, with progress, and says what came. Exits 1 when something is missing. */
export const pullAndWait = async (context: CommandContext, store: Store, since: Instant | null): Promise<ExitCode> => {
	const {errors, output, environment, now, format} = context;
	const progress = await followProgress({errors, environment, now, text: pullProgress});
	const task = await runPull({context, store, since, isGivenBack: false, onProgress: progress.update}).finally(progress.end);
	const report = reportOf(task);
	for (const line of missedLines(report)) await errors.write(line);
	await output.write(format === 'json' ? `${jsonText({task_id: task.id, ...report})}\n` : pulledText(report));
	return isWhole(report) ? 0 : 1;
};
