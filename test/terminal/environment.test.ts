import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keys, openAuditty} from '../helpers/open-auditty.ts';
import {seedHome} from '../helpers/seed-home.ts';

const logs = [
	{id: 'log_1', status: 404, outcome: 'failure', error_key: 'not_found', customer: 'Zoë ☕', response_body: '{"key":"not_found"}'},
	{id: 'log_2', created_at: Date.UTC(2026, 10, 22, 13), response_body: '{"key":"fine"}'},
] as const;
const all = ['logs', 'since:2000-01-01'];

const colours = /\u001B\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]/;

test('colours are the sixteen of the terminal, and none under NO_COLOR', async context => {
	const home = await seedHome(context, {logs});
	for (const [env, hasColour] of [[{}, true], [{NO_COLOR: '1'}, false]] as const) {
		const session = openAuditty(context, {home, arguments: all, env});
		await session.sees(/✗ 404.*not_found/);
		await session.press('G', /^▸.*✗ 404/m);
		await session.press(keys.enter, 'key: "not_found"');
		assert.equal(colours.test(session.screen.output()), hasColour);
		assert.doesNotMatch(session.screen.output(), /\u001B\[(?:\d+;)*[34]8;/, 'no colours of its own');
		session.send(keys.controlC);
		assert.equal((await session.exited).code, 0);
	}
});

for (const [name, options] of Object.entries({'LC_ALL=C': {env: {LC_ALL: 'C'}}, 'TERM=linux': {term: 'linux'}})) {
	test(`with ${name} signs and lines are ASCII`, async context => {
		const home = await seedHome(context, {logs: [{...logs[0], customer: 'crm-1'}]});
		const session = openAuditty(context, {home, arguments: all, ...options});
		await session.sees(/^> {2}x 404.*not_found/m);
		await session.sees(/e next x/);
		assert.match(session.screen.frame(), /^[\0-\u007F]*$/);
		await session.press(keys.enter, 'key: "not_found"');
		assert.match(session.screen.frame(), /^[\0-\u007F]*$/);
		session.send('q');
		await session.press('f', /Filter/);
		await session.sees(/key's name/);
		assert.match(session.screen.frame(), /^[\0-\u007F]*$/);
		session.send(keys.controlC);
		assert.equal((await session.exited).code, 0);
	});
}

test('a screen reader gets text without drawing', async context => {
	const home = await seedHome(context, {logs});
	const session = openAuditty(context, {home, arguments: all, env: {INK_SCREEN_READER: 'true'}});
	await session.sees(/404[^]*not_found/);
	await session.press('G', /404/);
	await session.press(keys.enter, 'key: "not_found"');
	session.send(keys.controlC);
	assert.equal((await session.exited).code, 0);
});

test('a key that a slow link tore apart is one key under SSH', async context => {
	const home = await seedHome(context, {logs});
	const session = openAuditty(context, {home, arguments: all, env: {SSH_CONNECTION: '192.0.2.1 5000 192.0.2.2 22'}});
	await session.sees(/^▸.*✓ 200/m);
	session.send('\u001B');
	session.send('[B');
	await session.sees(/^▸.*✗ 404/m);
	session.send(keys.controlC);
	assert.equal((await session.exited).code, 0);
});
