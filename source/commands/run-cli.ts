import process from 'node:process';
import {UsageFault} from '../domain/fault.ts';
import {type Command, type ExitCode} from './command.ts';
import {createContext} from './create-context.ts';
import {loadCommand} from './load-command.ts';
import {ClosedOutput, createOutput} from './output.ts';
import {parseCommandLine, splitCommand} from './parse-command-line.ts';
import {reportError} from './report-error.ts';
import {catchSignals, Interrupted} from './signals.ts';
import {type GlobalFlagValues} from './global-flags.ts';

const countArguments = (command: Command, given: readonly string[]): void => {
	const {least, most} = command.arguments;
	const usage = command.usage.map(line => `auditty ${line}`).join(' or ');
	if (given.length < least) {
		throw new UsageFault(`${command.name} needs ${least === 1 ? 'an argument' : `${least} arguments`}`, {remedy: `write ${usage}`});
	}

	if (given.length > most) {
		throw new UsageFault(`${command.name} does not take ${given[most]}`, {remedy: `write ${usage}`});
	}
};

/**
 * Runs one command line and ends the process with its exit code: 0 done (also when whoever read the output closed it),
 * 1 failed, 2 wrong usage. A signal that ended it is sent again, so that the shell learns of it.
 */
export const runCli = async (argv: readonly string[]): Promise<never> => {
	const output = createOutput(process.stdout);
	const errors = createOutput(process.stderr);
	const signals = catchSignals(process);
	let code: ExitCode;
	try {
		code = await run();
	} catch (error) {
		code = await endingOf(error);
	}

	process.exit(code);

	async function run(): Promise<ExitCode> {
		const {word, rest} = splitCommand(argv);
		const command = word === null ? null : await loadCommand(word);
		const {arguments: given, flags} = parseCommandLine(rest, command);
		// The parser filled in every global flag.
		const globals = flags as GlobalFlagValues;
		if (globals.version) {
			const {versionText} = await import('./help-text.ts');
			await output.write(versionText());
			return 0;
		}

		if (globals.help) {
			const {helpText} = await import('./help-text.ts');
			await output.write(await helpText(command));
			return 0;
		}

		const context = createContext({process, globals, output, errors, signal: AbortSignal.any([signals.signal, output.closed])});
		if (command === null) {
			const {openHome} = await import('./open-home.ts');
			return openHome(context);
		}

		countArguments(command, given);
		return command.run({arguments: given, flags: flags as never, context});
	}

	async function endingOf(error: unknown): Promise<ExitCode> {
		if (signals.signal.aborted && (error instanceof Interrupted || isAbort(error))) {
			await signals.dieOf();
		}

		if (error instanceof ClosedOutput || (output.closed.reason instanceof ClosedOutput && isAbort(error))) {
			return 0;
		}

		await errors.write(reportError(error, process.env)).catch(() => {
			// Nobody is left to tell.
		});
		return error instanceof UsageFault ? 2 : 1;
	}
};

const isAbort = (error: unknown): boolean => error instanceof Error && (error.name === 'AbortError' || error instanceof ClosedOutput || error instanceof Interrupted);
