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

const keysPart = (): string => Object.entries(contextTitles).map(([context, title]) => {
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

const queryPart = (): string => table(['Tab', 'Keys'], tabs.map(tab => [fieldTables[tab].title, queryKeysOf(tab).map(({key}) => code(key)).join(' ')]));

const settingsPart = (): string => table(['Setting', 'Holds'], settingRules.map(({key, allowed}) => [code(key), cell(allowed)]));

/** What the README says by itself of keys, commands, query keys and settings, and its frames: text by the name of its marker. */
export const derivedParts = async (): Promise<ReadonlyMap<string, string>> => {
	const frames = await drawFrames();
	return new Map([
		['keys', keysPart()],
		['commands', await commandsPart()],
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
