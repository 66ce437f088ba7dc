import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {ok, warning, type Check} from './check.ts';

/** What of the terminal matters here. */
export type TerminalFacts = {
	readonly isTerminal: boolean;
	readonly columns: number;
	readonly rows: number;
	/** Bits: 1 none, 4 the 16 colours, 8 256, 24 all. */
	readonly colorDepth: number;
	readonly environment: NodeJS.ProcessEnv;
};

const leastColumns = 60;
const leastRows = 15;

const checkScreen = ({isTerminal, columns, rows, environment}: TerminalFacts): Check => {
	const name = environment['TERM'] ?? 'TERM is not set';
	if (!isTerminal) {
		return warning('terminal', 'standard output is none', 'the screen needs one: over SSH, ssh -t HOST auditty');
	}

	if (environment['TERM'] === 'dumb') {
		return warning('terminal', 'TERM=dumb', 'set TERM to what the terminal is; commands print all the same');
	}

	return columns < leastColumns || rows < leastRows
		? warning('terminal', `${name}, ${columns}x${rows}`, `make it ${leastColumns}x${leastRows} or larger`)
		: ok('terminal', `${name}, ${columns}x${rows}`);
};

const checkColors = ({isTerminal, colorDepth, environment}: TerminalFacts): Check => {
	if (environment['NO_COLOR']) {
		return ok('colours', 'off by NO_COLOR');
	}

	return ok('colours', !isTerminal || colorDepth === 1 ? 'none' : `${colorDepth === 24 ? '16 million' : 2 ** colorDepth}; 16 are used`);
};

const tmuxOption = async (): Promise<string> => {
	try {
		const {stdout} = await promisify(execFile)('tmux', ['show-options', '-sv', 'set-clipboard'], {timeout: 1000});
		return stdout.trim();
	} catch {
		return '';
	}
};

const checkClipboard = async ({environment}: TerminalFacts): Promise<Check> => {
	if (environment['TMUX']) {
		const option = await tmuxOption();
		return option === 'on' || option === 'external'
			? ok('clipboard', `OSC 52 through tmux, set-clipboard ${option}`)
			: warning('clipboard', `tmux has set-clipboard ${option === '' ? 'at a value that it does not tell' : option}`, 'run tmux set -s set-clipboard on, for copying to reach the terminal');
	}

	if (environment['STY']) {
		return ok('clipboard', 'OSC 52 through screen; long texts are written to a file');
	}

	return environment['TERM_PROGRAM'] === 'Apple_Terminal'
		? warning('clipboard', 'this terminal does not know OSC 52', 'copy by selecting with the mouse, or use another terminal')
		: ok('clipboard', 'OSC 52, where the terminal allows it');
};

/** Screen, colours and clipboard. Nothing here is a problem: commands print without them. */
export const checkTerminal = async (facts: TerminalFacts): Promise<readonly Check[]> =>
	[checkScreen(facts), checkColors(facts), await checkClipboard(facts)];
