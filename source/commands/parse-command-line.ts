import meow from 'meow';
import packageJson from '../../package.json' with {type: 'json'};
import {UsageFault} from '../domain/fault.ts';
import {type Command, type Flag, type Flags} from './command.ts';
import {globalFlags} from './global-flags.ts';
import {shield} from './shield-arguments.ts';

/** Help, unknown flags and commands are answered by us: meow's messages name no remedy, and it exits in their midst. */
const meowOptions = {
	importMeta: import.meta,
	pkg: packageJson,
	allowUnknownFlags: true,
	autoHelp: false,
	autoVersion: false,
	description: false,
	booleanDefault: undefined,
} as const;

/** `dryRun` is `--dry-run`, `h` is `-h`. */
export const flagText = (name: string): string =>
	name.length === 1 ? `-${name}` : `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

const meowFlags = (flags: Flags) => Object.fromEntries(Object.entries(flags).map(([name, {type, shortFlag, isMultiple}]) =>
	[name, {type, ...(shortFlag !== undefined && {shortFlag}), ...(isMultiple === true && {isMultiple: true as const})}]));

const parseWithMeow = (argv: readonly string[], flags: Flags, commands?: string[]) => {
	try {
		return meow({...meowOptions, argv: [...argv], flags: meowFlags(flags), ...(commands && {commands})});
	} catch (error) {
		const name = error instanceof Error ? /--(\w+) can only be set once/.exec(error.message)?.[1] : undefined;
		if (name === undefined) {
			throw error;
		}

		throw new UsageFault(`${flagText(name)} is given more than once`, {remedy: 'give it once', cause: error});
	}
};

/**
 * Finds the command: the first word that is neither a flag nor the value of a global flag. `rest` is the command line
 * without it. Every word counts as a command here, so that an unknown one can be answered with the one that was meant.
 */
export const splitCommand = (argv: readonly string[]): {readonly word: string | null; readonly rest: readonly string[]} => {
	const shielded = shield(argv);
	const words = shielded.argv.filter(argument => !argument.startsWith('-'));
	const {command, input} = parseWithMeow(shielded.argv, globalFlags, [...words, 'none']);
	if (command === undefined) {
		return {word: null, rest: argv};
	}

	const index = shielded.originalIndex(shielded.argv.length - input.length - 1);
	return {word: shielded.restore(command), rest: argv.toSpliced(index, 1)};
};

const toCamel = (kebab: string): string => kebab.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const unknownFlag = (name: string, argv: readonly string[], flags: Flags, command: Command | null): UsageFault => {
	const given = argv.find(argument => argument.startsWith('--')
		? toCamel(argument.slice(2).split('=')[0] ?? '') === name
		: argument.startsWith('-') && argument.includes(name));
	const owner = command === null ? 'auditty' : `auditty ${command.name}`;
	const known = Object.keys(flags).map(flagText).join(' ');
	return new UsageFault(`${owner} has no flag ${given ?? flagText(name)}`, {
		remedy: command === null ? `it has ${known}; the flags of a command stand after it` : `it has ${known}; text that begins with - goes after --`,
	});
};

const readText = (name: string, flag: Flag, value: unknown): string => {
	if (typeof value !== 'string' || value === '') {
		throw new UsageFault(`${flagText(name)} has no value`, {remedy: `write ${flagText(name)} ${flag.valueName ?? 'VALUE'}`});
	}

	if (flag.choices !== undefined && !flag.choices.includes(value)) {
		throw new UsageFault(`${flagText(name)} cannot be ${value}`, {remedy: `give one of ${flag.choices.join(', ')}`});
	}

	return value;
};

const readFlag = (name: string, flag: Flag, value: unknown): unknown => {
	if (flag.type === 'boolean') {
		return value === true;
	}

	if (flag.isMultiple === true) {
		return (Array.isArray(value) ? value : []).map(text => readText(name, flag, text));
	}

	return value === undefined ? undefined : readText(name, flag, value);
};

export type ParsedCommandLine = {readonly arguments: readonly string[]; readonly flags: Readonly<Record<string, unknown>>};

/** Reads the command line of `command` (of none when null), global flags among it. Throws a UsageFault. */
export const parseCommandLine = (argv: readonly string[], command: Command | null): ParsedCommandLine => {
	const flags: Flags = {...globalFlags, ...command?.flags};
	const shielded = shield(argv);
	const {input, unnormalizedFlags} = parseWithMeow(shielded.argv, flags);
	const given = shielded.restoreAll(unnormalizedFlags);
	const shortFlags = new Set(Object.values(flags).map(flag => flag.shortFlag));
	const unknown = Object.keys(given).find(name => flags[name] === undefined && !shortFlags.has(name));
	if (unknown !== undefined) {
		throw unknownFlag(unknown, argv, flags, command);
	}

	return {
		arguments: input.map(argument => shielded.restore(argument)),
		flags: Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, readFlag(name, flag, given[name])])),
	};
};
