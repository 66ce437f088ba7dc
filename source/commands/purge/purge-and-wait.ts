import {formatInstant} from '../../domain/time/format-time.ts';
import {readSettings} from '../../services/project-settings.ts';
import {type PurgeReport} from '../../services/purge/run-purge.ts';
import {purgeParameters, type PurgeParameters} from '../../services/purge/schedule-purge.ts';
import {openStore} from '../../store/open-store.ts';
import {countOldLogs} from '../../store/purge/purge-logs.ts';
import {type Store} from '../../store/store.ts';
import {purgeTask} from '../../worker/tasks/purge-task.ts';
import {runTaskInForeground} from '../../worker/run-task-in-foreground.ts';
import {leaseMsOf} from '../../worker/worker-name.ts';
import {type ExitCode} from '../command.ts';
import {type CommandContext} from '../command-context.ts';
import {jsonText} from '../print/json-text.ts';

const logsText = (count: number): string => `${count.toLocaleString('en-US')} log${count === 1 ? '' : 's'}`;

const untilText = async (store: Store, {until, retention}: PurgeParameters): Promise<string> => {
	const {timezone} = await readSettings(store);
	return `from before ${formatInstant(Date.parse(until), timezone, 'second')} (${timezone}; retention is ${retention})`;
};

const withStore = async <T>({storeLocation, dataDirectory}: CommandContext, work: (store: Store) => Promise<T>): Promise<T> => {
	const store = await openStore({...storeLocation, home: dataDirectory});
	try {
		return await work(store);
	} finally {
		await store.close();
	}
};

const keepsAll = async ({output, format}: CommandContext): Promise<ExitCode> => {
	await output.write(format === 'json' ? `${jsonText({count: 0, until: null, retention: 'forever'})}\n` : 'nothing goes: retention is forever\n');
	return 0;
};

/** Says how many logs a purge would delete now. */
export const previewPurge = async (context: CommandContext): Promise<ExitCode> => withStore(context, async store => {
	const parameters = await purgeParameters(store, context.now());
	if (parameters === null) {
		return keepsAll(context);
	}

	const count = await countOldLogs(store, Date.parse(parameters.until));
	await context.output.write(context.format === 'json'
		? `${jsonText({count, ...parameters})}\n`
		: `${logsText(count)} would go, ${await untilText(store, parameters)}\n`);
	return 0;
});

/** Purges in this process, and says what went. */
export const purgeAndWait = async (context: CommandContext): Promise<ExitCode> => withStore(context, async store => {
	const {dataDirectory, environment, now, signal, output, format} = context;
	const parameters = await purgeParameters(store, now());
	if (parameters === null) {
		return keepsAll(context);
	}

	const task = await runTaskInForeground({
		store, type: 'LOGS.PURGE', parameters, now, leaseMs: leaseMsOf(environment), signal, run: purgeTask({store, dataDirectory, now}),
	});
	const {deleted, kept} = task.result as PurgeReport;
	const keptText = kept === 0 ? '' : `; ${logsText(kept)} stayed for exports that are being made`;
	await output.write(format === 'json'
		? `${jsonText({task_id: task.id, ...task.result as PurgeReport})}\n`
		: `deleted ${logsText(deleted)}, ${await untilText(store, parameters)}${keptText}\n`);
	return 0;
});
