import {type ImportReport} from '../../services/import-logs.ts';
import {type Output} from '../output.ts';
import {progressBarLine, progressLine, type ProgressSigns} from './progress-text.ts';

export type ProgressDisplay = {
	readonly update: (report: ImportReport) => void;
	/** Takes the bar away, and waits until all is written. */
	readonly end: () => Promise<void>;
};

const barEveryMs = 500;
const lineEveryMs = 5000;
const eraseLine = '\r\u001B[K';

const signsOf = async (environment: NodeJS.ProcessEnv): Promise<ProgressSigns> => {
	const {themeOf} = await import('../../ui/theme.ts');
	return themeOf(environment).signs;
};

/** How far an import is, on standard error: a bar that stays in its line on a terminal, else a line now and then. */
export const showProgress = async ({errors, environment, now}: {
	readonly errors: Output;
	readonly environment: NodeJS.ProcessEnv;
	readonly now: () => number;
}): Promise<ProgressDisplay> => {
	const {columns} = errors;
	const isBar = columns !== null && environment['TERM'] !== 'dumb';
	const signs = isBar ? await signsOf(environment) : null;
	const startedAt = now();
	let shownAt = isBar ? startedAt - barEveryMs : startedAt;
	let isShown = false;
	let written: Promise<void> = Promise.resolve();
	const write = (text: string): void => {
		// Who does not want to see the progress does not stop the import.
		written = written.then(() => errors.write(text)).catch(() => {});
	};

	return {
		update: report => {
			const at = now();
			if (at - shownAt < (isBar ? barEveryMs : lineEveryMs)) return;
			shownAt = at;
			const progress = {report, elapsedMs: at - startedAt};
			write(signs === null ? `${progressLine(progress)}\n` : eraseLine + progressBarLine(progress, {columns: columns ?? 80, signs}));
			isShown = signs !== null;
		},
		end: async () => {
			if (isShown) write(eraseLine);
			await written;
		},
	};
};
