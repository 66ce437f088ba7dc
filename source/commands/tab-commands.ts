import {fieldTables} from '../domain/fields/field-tables.ts';
import {type Tab} from '../domain/records.ts';
import {type Command, defineCommand} from './command.ts';
import {opensScreen, refuseScreen} from './screen-terminal.ts';

const listFlags = {
	follow: {type: 'boolean', description: 'Go on, and print new records as they come; with --limit N the newest N first'},
	count: {type: 'boolean', description: 'Print how many match, exactly'},
	exitCode: {type: 'boolean', description: 'Exit 1 when anything matched'},
	raw: {type: 'boolean', description: 'With --csv: cells as they are, formulas of spreadsheets among them'},
} as const;

const example = {
	logs: {query: 'status:failure since:2h', words: 'failures of the last two hours', negated: '-channel:Dashboard,Website'},
	tasks: {query: 'status:in_progress', words: 'what is running', negated: '-origin:voucherify'},
	exports: {query: 'status:done since:30d', words: 'exports of the last 30 days', negated: '-user:anna@example.com'},
	sendouts: {query: 'status:failed since:1h', words: 'deliveries that failed in the last hour', negated: '-type:campaign.*'},
} as const satisfies Readonly<Record<Tab, unknown>>;

const tabCommand = (tab: Tab): Command => {
	const {title, noun: [, many], defaultQuery} = fieldTables[tab];
	return defineCommand({
		name: tab,
		summary: `${title}: the tab on a terminal, a list elsewhere`,
		usage: [`${tab} [QUERY] [--limit N] [--follow] [--count] [--exit-code]`],
		description: [
			`Opens the tab ${title} when standard output is a terminal. Piped, or with --json, --csv, --plain, --follow,\n--count or --exit-code, it prints ${many}, the newest first, 100 unless --limit says otherwise.`,
			...(defaultQuery === undefined ? [] : [`Without ${defaultQuery.unlessKeys.join(', ')} in the query it is limited to ${defaultQuery.text}; --follow is not.`]),
			'--json has every field of a record, contents too; instants are ISO 8601 in UTC. --csv has the same fields as columns\nand neutralises formulas of spreadsheets unless --raw. --plain is one record a line, columns two spaces apart\nand uncut when piped; an empty cell is -, times are project time with their offset.',
		],
		examples: [
			{line: `${tab} ${example[tab].query}`, does: example[tab].words},
			{line: `${tab} ${example[tab].negated} --json --limit 0`, does: 'all others, as JSON'},
			{line: `${tab} ${example[tab].query} --exit-code --count`, does: 'for scripts: exits 1 when there is one'},
			{line: `${tab} --follow --json`, does: 'one line for each new record'},
		],
		queryTab: tab,
		arguments: {least: 0, most: Number.POSITIVE_INFINITY},
		hasLimit: true,
		flags: listFlags,
		run: async ({arguments: words, flags, context}) => {
			const query = words.join(' ');
			if (opensScreen(context, flags.follow || flags.count || flags.exitCode)) {
				refuseScreen(context);
				const {openScreen} = await import('./open-screen.ts');
				return openScreen({context, tab, query});
			}

			const {printRecords} = await import('./print-records.ts');
			return printRecords({tab, query, flags, context});
		},
	});
};

export const logsCommand = tabCommand('logs');
export const tasksCommand = tabCommand('tasks');
export const exportsCommand = tabCommand('exports');
export const sendoutsCommand = tabCommand('sendouts');
