import {globSync, readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {type Flags} from '../../source/commands/command.ts';
import {globalFlags} from '../../source/commands/global-flags.ts';
import {flagText} from '../../source/commands/parse-command-line.ts';
import {commandTable} from '../../source/commands/command-table.ts';
import {fieldTables, queryKeysOf} from '../../source/domain/fields/field-tables.ts';
import {tabs} from '../../source/domain/records.ts';
import {settingRules} from '../../source/services/setting-rules.ts';
import {bindings} from '../../source/ui/keymap/bindings.ts';
import {contextTitles, type Context} from '../../source/ui/keymap/binding.ts';
import {drawFrames} from './frames.tsx';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const table = (heads: readonly string[], rows: ReadonlyArray<readonly string[]>): string =>
	[heads, heads.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');

const code = (text: string): string => text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;

/** A context whose keys some component takes; what is only planned is not promised. */
const isTaken = (context: string): boolean => uiSources().some(source => source.includes(`useKeys('${context}'`));

const uiSources = (): readonly string[] => {
	const directory = path.join(import.meta.dirname, '..', '..', 'source', 'ui');
	return globSync('**/*.{ts,tsx}', {cwd: directory}).map(file => readFileSync(path.join(directory, file), 'utf8'));
};

/** Bindings of every context whose keys are taken. */
export const bindingsInReadme = () => bindings.filter(({context}) => isTaken(context));

/** The README as it stands. */
export const readReadme = async (): Promise<string> => readFile(path.join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');

const keysPart = (): string => Object.entries(contextTitles).filter(([context]) => isTaken(context)).map(([context, title]) => {
	const rows = bindings.filter(binding => binding.context === context as Context).map(({keys, title: does}) => [keys.map(key => code(cell(key))).join(' '), cell(does)]);
	return `**${title}**\n\n${table(['Key', 'Does'], rows)}`;
}).join('\n\n');

const commandsPart = async (): Promise<string> => {
	const commands = await Promise.all(commandTable.map(async ([, load]) => load()));
	return table(['Command', 'Does'], [
		['`auditty`', 'The screen'],
		...commands.flatMap(({usage, summary}) => usage.map((line, index) => [code(cell(`auditty ${line}`)), index === 0 ? cell(summary) : ''])),
	]);
};

const flagsPart = (): string => table(['Flag', 'Does'], Object.entries(globalFlags as Flags).map(([name, {valueName, description}]) =>
	[code(cell([flagText(name), valueName].filter(Boolean).join(' '))), cell(description)]));

/** Keys that mean the same on several tabs are one row. */
const queryPart = (): string => {
	const rows = new Map<string, string[]>();
	for (const tab of tabs) {
		for (const {key, hint} of queryKeysOf(tab)) {
			const row = `${code(`${key}:`)} | ${cell(hint)}`;
			rows.set(row, [...rows.get(row) ?? [], fieldTables[tab].title]);
		}
	}

	return table(['Key', 'Takes', 'On'], [...rows].map(([row, titles]) => [row, titles.length === tabs.length ? 'every tab' : titles.join(', ')]));
};

const settingsPart = (): string => table(['Setting', 'What for', 'Takes'], settingRules.map(({key, description, allowed}) => [code(key), cell(description), cell(allowed)]));

/** What the README says by itself of keys, commands, query keys and settings, and its frames: text by the name of its marker. */
export const derivedParts = async (): Promise<ReadonlyMap<string, string>> => {
	const frames = await drawFrames();
	return new Map([
		['keys', keysPart()],
		['commands', await commandsPart()],
		['flags', flagsPart()],
		['query-keys', queryPart()],
		['settings', settingsPart()],
		...[...frames].map(([name, frame]): [string, string] => [`frame: ${name}`, `\`\`\`text\n${frame}\n\`\`\``]),
	]);
};

const open = (name: string): string => `<!-- ${name} -->`;
const closing = (name: string): string => `<!-- end of ${name} -->`;

/** A text with its derived parts put in; throws when one has no place. */
export const withDerivedParts = (text: string, parts: ReadonlyMap<string, string>): string => {
	let result = text;
	for (const [name, part] of parts) {
		const from = result.indexOf(open(name));
		const to = result.indexOf(closing(name));
		if (from === -1 || to < from) {
			throw new Error(`The README has no place for ${name}: it needs ${open(name)} and ${closing(name)}`);
		}

		result = `${result.slice(0, from + open(name).length)}\n${part}\n${result.slice(to)}`;
	}

	return result;
};
