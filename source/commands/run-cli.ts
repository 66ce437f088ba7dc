import {UsageFault} from '../domain/fault.ts';
import {type Command, type ExitCode} from './command.ts';
import {type CommandContext} from './command-context.ts';
import {createContext} from './create-context.ts';
import {type GlobalFlagValues} from './global-flags.ts';
import {loadCommand} from './load-command.ts';
import {ClosedOutput, type Output} from './output.ts';
import {parseCommandLine, splitCommand} from './parse-command-line.ts';
import {reportError} from './report-error.ts';
import {refuseScreen} from './screen-terminal.ts';

/** What a command line runs in. */
export type CliWorld = {
	readonly environment: NodeJS.ProcessEnv;
	readonly isInputTerminal: boolean;
	readonly output: Output;
	readonly errors: Output;
	/** Aborted when the process is asked to end. */
	readonly interrupted: AbortSignal;
};

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

/** A limit that nobody heeds would pass a whole export off as a part. */
const refuseLimit = (command: Command | null, {limit}: GlobalFlagValues): void => {
	if (limit !== undefined && command?.hasLimit !== true) {
		throw new UsageFault(`${command?.name ?? 'the screen'} takes no --limit`, {remedy: 'leave it out: it belongs to logs, tasks, exports, sendouts and browse'});
	}
};

/** `auditty help`, `auditty help logs`: many try it first. */
const readHelpWord = (argv: readonly string[]): readonly string[] => argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;

const run = async (argv: readonly string[], world: CliWorld): Promise<ExitCode> => {
	const {word, rest} = splitCommand(readHelpWord(argv));
	const command = word === null ? null : await loadCommand(word);
	const {arguments: given, flags} = parseCommandLine(rest, command);
	// The parser filled in every global flag.
	const globals = flags as GlobalFlagValues;
	if (globals.version || globals.help) {
		const {versionText, helpText} = await import('./help-text.ts');
		await world.output.write(globals.version ? versionText() : await helpText(command));
		return 0;
	}

	refuseLimit(command, globals);
	const signal = AbortSignal.any([world.interrupted, world.output.closed]);
	const makesStore = command === null || command.makesStore === true || command.makesStore?.(given) === true;
	const context = createContext({...world, globals, makesStore, signal});
	if (command !== null) {
		countArguments(command, given);
	}

	const act = async (inContext: CommandContext): Promise<ExitCode> => {
		if (command !== null) {
			return command.run({arguments: given, flags: flags as never, context: inContext});
		}

		const {openHome} = await import('./open-home.ts');
		return openHome(inContext);
	};

	if (!globals.demo) {
		return act(context);
	}

	if (command === null) {
		refuseScreen(context);
	}

	const {makeDemoStore} = await import('./demo-store.ts');
	const {environment, remove} = await makeDemoStore(world.environment, signal);
	try {
		return await act(createContext({...world, environment, globals, makesStore, signal}));
	} finally {
		remove();
	}
};

/**
 * Runs one command line: 0 done (also when whoever read the output closed it), 1 failed, 2 wrong usage; null when it was
 * ended by `interrupted`. Errors are told on `errors`, none is thrown.
 */
export const runCli = async (argv: readonly string[], world: CliWorld): Promise<ExitCode | null> => {
	try {
		return await run(argv, world);
	} catch (error) {
		if (world.interrupted.aborted) {
			return null;
		}

		// What waits is ended by the signal, whose reason is then the cause of its AbortError.
		if (error instanceof ClosedOutput || (error instanceof Error && error.cause instanceof ClosedOutput)) {
			return 0;
		}

		await world.errors.write(reportError(error, world.environment)).catch(() => {
			// Nobody is left to tell.
		});
		return error instanceof UsageFault ? 2 : 1;
	}
};
