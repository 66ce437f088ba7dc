import {createOutput} from './output.ts';
import {runCli} from './run-cli.ts';
import {catchSignals} from './signals.ts';

/** Runs this process's command line and ends the process with its exit code. */
export const runProcess = async (process: NodeJS.Process): Promise<never> => {
	const {interrupted, dieOf} = catchSignals(process);
	const code = await runCli(process.argv.slice(2), {
		environment: process.env,
		isInputTerminal: process.stdin.isTTY,
		output: createOutput(process.stdout),
		errors: createOutput(process.stderr),
		interrupted,
	});
	// Not by letting the loop run dry: a connection to a server stays open for seconds.
	process.exit(code ?? await dieOf());
};
