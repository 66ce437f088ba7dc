/** A negated key of a query, such as `-status:failure`; no flag has a colon in its name. */
const negatedKey = /^-[a-z]\w*:/i;

/** An order, newest first: the value of a flag that begins like a flag. */
const descending = '-created_at';

/** An argument of a process never holds a NUL, so that the stand-in is nothing that a person could give. */
const mark = '\u0000';

export type ShieldedArguments = {
	readonly argv: readonly string[];
	/** The argument that a stand-in stands for; any other text as it is. */
	readonly restore: (text: string) => string;
	/** The same in the values of flags. */
	readonly restoreAll: (flags: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
	/** Where the argument at `index` of the shielded ones stood. */
	readonly originalIndex: (index: number) => number;
};

/**
 * Hides from meow what it would misread: a negated key or order, which looks like flags, all that stands after `--`, and words
 * that it does not take for a command (empty, `-`, or with spaces).
 */
export const shield = (argv: readonly string[]): ShieldedArguments => {
	const separator = argv.indexOf('--');
	const end = separator === -1 ? argv.length : separator;
	const isHidden = (argument: string, index: number): boolean =>
		index > end || negatedKey.test(argument) || argument === descending || argument === '' || argument === '-' || (!argument.startsWith('-') && /\s/.test(argument));
	const restore = (text: string): string => text.startsWith(mark) ? argv[Number(text.slice(mark.length))] ?? '' : text;
	const restoreValue = (value: unknown): unknown => {
		if (Array.isArray(value)) {
			return value.map(restoreValue);
		}

		return typeof value === 'string' ? restore(value) : value;
	};

	return {
		argv: argv.flatMap((argument, index) => index === separator ? [] : [isHidden(argument, index) ? `${mark}${index}` : argument]),
		restore,
		restoreAll: flags => Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, restoreValue(value)])),
		originalIndex: index => index < end ? index : index + 1,
	};
};
