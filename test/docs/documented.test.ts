import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Flags} from '../../source/commands/command.ts';
import {commandTable} from '../../source/commands/command-table.ts';
import {globalFlags} from '../../source/commands/global-flags.ts';
import {fieldTables} from '../../source/domain/fields/field-tables.ts';
import {settingRules} from '../../source/services/setting-rules.ts';
import {bindings} from '../../source/ui/keymap/bindings.ts';
import {bindingsInReadme, readReadme} from './derived-parts.ts';

const isSaid = (text: string | undefined): boolean => (text ?? '').trim().length > 2;

test('every form of every command is in the README with its summary, and every global flag', async () => {
	const readme = await readReadme();
	for (const [name, load] of commandTable) {
		const {usage, summary} = await load();
		assert.ok(isSaid(summary), name);
		for (const line of usage) {
			assert.ok(readme.includes(`auditty ${line.replaceAll('|', '\\|')}`), line);
		}
	}

	for (const {description} of Object.values(globalFlags as Flags)) {
		assert.ok(readme.includes(description.replaceAll('|', '\\|')), description);
	}
});

test('every binding whose keys are taken has its row in the README', async () => {
	const readme = await readReadme();
	assert.ok(bindingsInReadme().length > 80);
	for (const {command, keys, title} of bindingsInReadme()) {
		assert.ok(bindings.some(binding => binding.command === command));
		assert.ok(readme.split('\n').some(row => row.includes(title) && keys.every(key => row.includes(key === '`' ? key : `\`${key.replaceAll('|', '\\|')}\``))), command);
	}
});

test('every setting says what it is for and what it takes, and is in the README', async () => {
	const readme = await readReadme();
	for (const {key, description, allowed} of settingRules) {
		assert.ok(isSaid(description) && isSaid(allowed), key);
		assert.ok(readme.includes(`| \`${key}\` | ${description} |`), key);
	}
});

test('every field has a label and a description, and every query key a hint', () => {
	for (const {tab, fields} of Object.values(fieldTables)) {
		for (const {name, label, description, queryKeys = []} of fields) {
			assert.ok(isSaid(label) || label === 'ID', `${tab} ${name}`);
			assert.ok(isSaid(description), `${tab} ${name}`);
			assert.ok(queryKeys.every(({hint}) => isSaid(hint)), `${tab} ${name}`);
		}
	}
});
