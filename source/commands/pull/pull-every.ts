import {setTimeout as delay} from 'node:timers/promises';
import {Fault} from '../../domain/fault.ts';
import {type Instant} from '../../domain/records.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {isWhole, reportedErrors} from '../../services/pull/pull-report.ts';
import {type Store} from '../../store/store.ts';
import {type ExitCode} from '../command.ts';
import {type CommandContext} from '../command-context.ts';
import {reportOf} from './pull-text.ts';
import {runPull} from './run-pull.ts';

type Telling = Readonly<Record<string, string | number | null>>;

/** One line: `2026-11-22T10:00:00.000Z pulled id=aa_… logs=12 tasks=1 exports=0 missing=0 ms=812`, or an object of the same. */
const eventText = (event: string, telling: Telling, {at, isJson}: {readonly at: Instant; readonly isJson: boolean}): string => {
	const time = new Date(at).toISOString();
	if (isJson) {
		return `${JSON.stringify({at: time, event, ...telling})}\n`;
	}

	const properties = Object.entries(telling).filter(([, value]) => value !== null).map(([name, value]) => `${name}=${/\s/.test(String(value)) ? JSON.stringify(value) : value}`);
	return `${makeSafe([time, event, ...properties].join(' '))}\n`;
};

/** Pulls again and again, a line an event, until it is told to end: a pull that runs then is left to the next one. */
export const pullEvery = async (context: CommandContext, store: Store, {since, pauseMs}: {readonly since: Instant | null; readonly pauseMs: number}): Promise<ExitCode> => {
	const {output, now, signal, format} = context;
	const tell = async (event: string, telling: Telling): Promise<void> => output.write(eventText(event, telling, {at: now(), isJson: format === 'json'}));
	await tell('started', {every_ms: pauseMs});
	let toldWait: Instant | null = null;
	let written: Promise<void> = Promise.resolve();
	while (!signal.aborted) {
		const startedAt = performance.now();
		try {
			const task = await runPull({context, store, since, isGivenBack: true, onProgress({waitingUntil}) {
				if (waitingUntil !== null && waitingUntil !== toldWait) {
					toldWait = waitingUntil;
					written = written.then(async () => tell('limited', {until: new Date(waitingUntil).toISOString()})).catch(() => undefined);
				}
			}});
			const report = reportOf(task);
			await written;
			await tell(isWhole(report) ? 'pulled' : 'pulled-in-part', {
				id: task.id, logs: report.logs.inserted, tasks: report.tasks.added, exports: report.exports.added, missing: report.logs.gaps.length,
				ms: Math.round(performance.now() - startedAt), error: reportedErrors(report).join('; ') || null,
			});
		} catch (error) {
			if (signal.aborted) break;
			if (!(error instanceof Fault)) throw error;
			await written;
			await tell('failed', {ms: Math.round(performance.now() - startedAt), error: error.message});
		}

		const restMs = Math.max(0, pauseMs - (performance.now() - startedAt));
		await delay(restMs, undefined, {signal}).catch(() => undefined);
	}

	// Who read the lines may be gone.
	await tell('stopped', {}).catch(() => undefined);
	return 0;
};
