import {type Output} from '../output.ts';

export type ProgressSigns = {readonly full: string; readonly empty: string; readonly separator: string};

/** How a state of the work is told. */
export type ProgressText<T> = {
	/** One line for a log of the run. */
	readonly line: (state: T, elapsedMs: number) => string;
	/** A bar, narrower than the terminal. */
	readonly bar: (state: T, elapsedMs: number, look: {readonly columns: number; readonly signs: ProgressSigns}) => string;
};

export type ProgressDisplay<T> = {
	readonly update: (state: T) => void;
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

/** How far some work is, on standard error: a bar that stays in its line on a terminal, else a line now and then. */
export const followProgress = async <T>({errors, environment, now, text}: {
	readonly errors: Output;
	readonly environment: NodeJS.ProcessEnv;
	readonly now: () => number;
	readonly text: ProgressText<T>;
}): Promise<ProgressDisplay<T>> => {
	const {columns} = errors;
	const isBar = columns !== null && environment['TERM'] !== 'dumb';
	const signs = isBar ? await signsOf(environment) : null;
	const startedAt = now();
	let shownAt = isBar ? startedAt - barEveryMs : startedAt;
	let isShown = false;
	let written: Promise<void> = Promise.resolve();
	const write = (line: string): void => {
		// Who does not want to see the progress does not stop the work.
		written = written.then(() => errors.write(line)).catch(() => {});
	};

	return {
		update: state => {
			const at = now();
			if (at - shownAt < (isBar ? barEveryMs : lineEveryMs)) return;
			shownAt = at;
			const elapsedMs = at - startedAt;
			write(signs === null ? `${text.line(state, elapsedMs)}\n` : eraseLine + text.bar(state, elapsedMs, {columns: columns ?? 80, signs}));
			isShown = signs !== null;
		},
		end: async () => {
			if (isShown) write(eraseLine);
			await written;
		},
	};
};
