import meow from 'meow';
import packageJson from '../../package.json' with {type: 'json'};
import {queryKeysOf} from '../domain/fields/field-tables.ts';
import {type Command, type Flags} from './command.ts';
import {commandTable} from './command-table.ts';
import {globalFlags} from './global-flags.ts';
import {flagText} from './parse-command-line.ts';

export const versionText = (): string => `${packageJson.version}\n`;

const table = (rows: ReadonlyArray<readonly [string, string]>): readonly string[] => {
	const width = Math.min(34, Math.max(...rows.map(([left]) => left.length)));
	return rows.flatMap(([left, right]) => left.length > width ? [`  ${left}`, `  ${' '.repeat(width)}  ${right}`] : [`  ${left.padEnd(width)}  ${right}`]);
};

const section = (title: string, lines: readonly string[]): readonly string[] => lines.length === 0 ? [] : ['', title, ...lines];

const flagRows = (flags: Flags): ReadonlyArray<readonly [string, string]> => Object.entries(flags).map(([name, flag]) => {
	const short = flag.shortFlag === undefined ? '' : `, -${flag.shortFlag}`;
	const value = flag.type === 'string' ? ` ${flag.valueName ?? 'VALUE'}` : '';
	return [`${flagText(name)}${short}${value}`, `${flag.description}${flag.isMultiple === true ? '; may be repeated' : ''}`];
});

const queryKeyRows = (command: Command): ReadonlyArray<readonly [string, string]> =>
	command.queryTab === undefined ? [] : queryKeysOf(command.queryTab).map(({key, hint}) => [`${key}:`, hint]);

const commandLines = (command: Command): readonly string[] => [
	command.summary,
	...section('Usage', command.usage.map(line => `  auditty ${line}`)),
	...command.description.flatMap(paragraph => ['', paragraph]),
	...section('Query', queryKeyRows(command).length === 0 ? [] : [
		'  key:value, a comma for or, a leading - for not, quotes round spaces; bare words search the text.',
		...table(queryKeyRows(command)),
	]),
	...section('Flags', table(flagRows(command.flags))),
	...section('Flags of every command', table(flagRows(globalFlags))),
	...section('Examples', command.examples.flatMap(({line, does}) => [`  $ auditty ${line}`, `      ${does}`])),
];

const environmentRows = [
	['AUDITTY_DB', 'The store, as --db'],
	['AUDITTY_DB_TOKEN', 'Token for a store on a server'],
	['AUDITTY_HOME', 'Directory of the store, exports, originals and cache'],
	['AUDITTY_DEBUG', 'Set: an error that auditty did not expect shows its place'],
	['TZ, NO_COLOR, TERM', 'Honoured'],
] as const;

const rootLines = async (): Promise<readonly string[]> => {
	const commands = await Promise.all(commandTable.map(async ([, load]) => load()));
	return [
		`auditty ${packageJson.version}: ${packageJson.description}.`,
		...section('Usage', [
			...table([['auditty', 'The screen']]),
			...table(commands.flatMap(({usage, summary}) => usage.map((line, index) => [`auditty ${line}`, index === 0 ? summary : ''] as const))),
		]),
		...section('Flags', table(flagRows(globalFlags))),
		...section('Environment', table(environmentRows)),
		...section('Exit codes', table([['0', 'done'], ['1', 'failed, or with --exit-code something matched'], ['2', 'the command line is wrong']])),
		'', 'auditty COMMAND --help tells all about a command.',
	];
};

/** Help of a command, or of auditty when null; made from the same table that commands run from. */
export const helpText = async (command: Command | null): Promise<string> => {
	const lines = command === null ? await rootLines() : commandLines(command);
	return meow(lines.join('\n'), {importMeta: import.meta, pkg: packageJson, argv: [], description: false, helpIndent: 0, autoHelp: false}).help.replace(/^\n+/, '');
};
