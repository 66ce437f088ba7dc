import {UsageFault} from '../domain/fault.ts';
import {makeSafe} from '../domain/text/make-safe.ts';
import {type Settings} from '../services/services.ts';
import {type CommandContext} from './command-context.ts';
import {defineCommand} from './command.ts';
import {refuseCsv} from './refuse-csv.ts';

type SettingLine = {
	readonly key: string;
	/** In force; null when it is unset and nothing stands in for it. */
	readonly value: string | null;
	readonly is_set: boolean;
};

const lineOf = (key: string, settings: Settings): SettingLine => {
	const defaults: Readonly<Record<string, string>> = {'project.timezone': settings.timezone, retention: settings.retention, originals: 'keep', 'search.index': 'auto'};
	const set = settings.all[key];
	return {key, value: set ?? defaults[key] ?? null, is_set: set !== undefined};
};

const listText = (lines: readonly SettingLine[]): string => {
	const width = Math.max(...lines.map(({key}) => key.length));
	return lines.map(({key, value, is_set: isSet}) => {
		const note = isSet ? '' : (value === null ? '(not set)' : '  (default)');
		return `${makeSafe(key).padEnd(width)}  ${makeSafe(value ?? '')}${note}\n`;
	}).join('');
};

/** A table to read, where there is a terminal that has the room and the signs for one. */
const tableText = async (lines: readonly SettingLine[], {format, output, environment}: CommandContext): Promise<string | null> => {
	if (format !== 'auto' || output.columns === null) {
		return null;
	}

	const [{settingRuleOf}, {printTable}] = await Promise.all([import('../services/setting-rules.ts'), import('./print/print-table.tsx')]);
	const rows = lines.map(({key, value, is_set: isSet}) => ({
		setting: makeSafe(key), value: makeSafe(value ?? ''), '': isSet ? 'set' : (value === null ? '' : 'default'), 'what for': settingRuleOf(key).description,
	}));
	return printTable({rows, expendable: 'what for', columns: output.columns, environment});
};

export const settingsCommand = defineCommand({
	name: 'settings',
	summary: 'List the project\'s settings, read one, set one',
	usage: ['settings [KEY [VALUE]]', 'settings KEY --unset'],
	description: [
		'Without arguments lists every setting; with KEY prints its value; with KEY VALUE sets it. An empty VALUE, or --unset,\ntakes it back to what it is by itself.',
		'Settings: project.name, project.timezone (an IANA zone; UTC unless set), retention (6 months unless set; 12 months,\n90 days, forever), keys.<id> (the name of an API key), redact.keys (further JSON keys and headers that hold secrets),\nsearch.index (auto: a store in a file with 10,000 logs or more gets an index for text search, of half a byte a byte of\nbodies; off takes it away), and what sources and webhooks need.',
		'--json prints {key, value, is_set}, one a line.',
	],
	examples: [
		{line: 'settings project.timezone Europe/Warsaw', does: 'dates in queries and lists are then of that zone'},
		{line: 'settings keys.d8f0c1 "Shop backend"', does: 'shows and filters by a name in place of the key'},
		{line: 'settings retention', does: 'what is in force'},
	],
	arguments: {least: 0, most: Number.POSITIVE_INFINITY},
	makesStore: ({length}) => length > 1,
	flags: {
		unset: {type: 'boolean', description: 'Take KEY back to what it is by itself'},
	},
	run: async ({arguments: [key, ...words], flags, context}) => {
		refuseCsv(context, 'settings');
		if (flags.unset && (key === undefined || words.length > 0)) {
			throw new UsageFault('--unset takes one setting and no value', {remedy: 'write auditty settings KEY --unset'});
		}

		const {settingRuleOf, settingRules} = await import('../services/setting-rules.ts');
		if (key !== undefined) {
			settingRuleOf(key);
		}

		const isSetting = flags.unset || words.length > 0;
		if (isSetting && context.storeLocation.isReadOnly) {
			throw new UsageFault('--read-only leaves the store as it is', {remedy: `leave it out to ${flags.unset ? 'unset' : 'set'} it`});
		}

		const value = words.join(' ');
		const {services, close} = await context.openServices();
		try {
			const settings = key !== undefined && isSetting
				? await services.setSetting({key, value: flags.unset || value === '' ? null : value})
				: await services.settings();
			const keys = key === undefined
				? [...new Set([...settingRules.map(rule => rule.key).filter(name => !name.includes('<')), ...Object.keys(settings.all)])]
				: [key];
			const lines = keys.map(name => lineOf(name, settings));
			if (context.format === 'json') {
				const {jsonText} = await import('./print/json-text.ts');
				await context.output.write(lines.map(line => `${jsonText(line)}\n`).join(''));
			} else if (key === undefined) {
				await context.output.write(await tableText(lines, context) ?? listText(lines));
			} else if (!isSetting) {
				await context.output.write(`${makeSafe(lines[0]?.value ?? '')}\n`);
			}

			return 0;
		} finally {
			await close();
		}
	},
});
