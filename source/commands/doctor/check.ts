/** `ok`; `warning`, where something works less well than it could; `problem`, where something does not work. */
export type CheckState = 'ok' | 'warning' | 'problem';

/** One thing that `doctor` looked at. */
export type Check = {
	readonly check: string;
	readonly state: CheckState;
	/** What was found. */
	readonly found: string;
	/** What to do; null when nothing is to be done. */
	readonly remedy: string | null;
};

export const ok = (check: string, found: string): Check => ({check, state: 'ok', found, remedy: null});

export const warning = (check: string, found: string, remedy: string): Check => ({check, state: 'warning', found, remedy});

export const problem = (check: string, found: string, remedy: string): Check => ({check, state: 'problem', found, remedy});
