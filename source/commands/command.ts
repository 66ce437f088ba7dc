import {type Tab} from '../domain/records.ts';
import {type CommandContext} from './command-context.ts';

/** 0 done, 1 failed (or, with `--exit-code`, something matched), 2 the call itself is wrong. */
export type ExitCode = 0 | 1 | 2;

export type Flag = {
	readonly type: 'boolean' | 'string';
	readonly description: string;
	/** What the value is called in help; for flags of type `string`. */
	readonly valueName?: string;
	readonly shortFlag?: string;
	/** May be given several times. */
	readonly isMultiple?: boolean;
	readonly choices?: readonly string[];
};

/** By name in camel case, as meow wants them: `dryRun` is `--dry-run`. */
export type Flags = Readonly<Record<string, Flag>>;

/** What a person gave: a boolean flag is false and a string flag undefined when it is absent. */
export type FlagValues<F extends Flags> = {
	readonly [K in keyof F]: F[K] extends {readonly isMultiple: true}
		? readonly string[]
		: F[K]['type'] extends 'boolean' ? boolean : string | undefined;
};

export type Invocation<F extends Flags = Flags> = {
	/** In order, without flags. */
	readonly arguments: readonly string[];
	readonly flags: FlagValues<F>;
	readonly context: CommandContext;
};

type Documentation = {
	/** One line, for the list of commands. */
	readonly summary: string;
	/** Forms of the command line, without `auditty`. */
	readonly usage: readonly string[];
	/** Paragraphs. */
	readonly description: readonly string[];
	readonly examples: ReadonlyArray<{readonly line: string; readonly does: string}>;
};

/** A subcommand: its documentation, its flags and what it does. Heavy modules are imported inside `run`. */
export type Command = Documentation & {
	readonly name: string;
	/** The arguments are a query of this tab: `-KEY:…` among them is no flag. */
	readonly queryTab?: Tab;
	readonly arguments: {readonly least: number; readonly most: number};
	/**
	 * Whether it makes a store that was named and does not exist, since it brings something in: always, or by its arguments.
	 * To all others that is an error.
	 */
	readonly makesStore?: true | ((given: readonly string[]) => boolean);
	/** It prints a list that `--limit` cuts; elsewhere the flag is refused. */
	readonly hasLimit?: true;
	readonly flags: Flags;
	readonly run: (invocation: Invocation) => Promise<ExitCode>;
};

/** Gives `run` the types of the command's own flags. */
export const defineCommand = <const F extends Flags>(command: Omit<Command, 'flags' | 'run'> & {
	readonly flags: F;
	readonly run: (invocation: Invocation<F>) => Promise<ExitCode>;
}): Command => ({
	...command,
	// The parser fills exactly the flags that the command declares.
	run: async invocation => command.run(invocation as Invocation<F>),
});
