import assert from 'node:assert/strict';
import {chmodSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {eventually, keys, openAuditty} from '../helpers/open-auditty.ts';
import {seedHome} from '../helpers/seed-home.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

/** A program that notes what it was given and how it found the terminal, and ends with Enter. */
const script = (directory: string, name: string): string => {
	const file = path.join(directory, name);
	writeFileSync(file, `#!/bin/sh
printf '%s' "$1" > '${file}.flag'; printf '%s' "$2" > '${file}.path'; cp "$2" '${file}.text'; stty -a > '${file}.stty'
printf '${name} is open\\n'; read -r line; exit "\${line:-0}"
`);
	chmodSync(file, 0o755);
	return file;
};

const noted = (file: string, what: string): string => readFileSync(`${file}.${what}`, 'utf8');

test('editor and pager get the body and the terminal, and give it back', async context => {
	const directory = temporaryDirectory(context);
	const [editor, pager] = [script(directory, 'editor'), script(directory, 'pager')];
	const home = await seedHome(context, {logs: [{id: 'log_1', response_body: '{"amount":25.990,"name":"\\u001b[31m","list":[1]}'}]});
	const session = openAuditty(context, {home, arguments: ['logs', 'since:2000-01-01'], env: {EDITOR: `'${editor}' --wait`, PAGER: `'${pager}' -R`}});
	await session.sees(/^▸.*✓ 200/m);
	await session.press(keys.enter, 'amount: 25.990');

	await session.press('v', 'editor is open');
	assert.equal(session.screen.modes().isAlternateScreen, false);
	assert.equal(session.screen.modes().isCursorVisible, true);
	assert.equal(noted(editor, 'flag'), '--wait');
	assert.match(noted(editor, 'stty'), /(?<![-\w])icanon/);
	assert.equal(noted(editor, 'text'), '{\n  "amount": 25.990,\n  "name": "\\u001b[31m",\n  "list": [\n    1\n  ]\n}\n');
	assert.ok(existsSync(noted(editor, 'path')));
	await session.press('\r', 'amount: 25.990');
	assert.equal(session.screen.modes().isAlternateScreen, true);
	await eventually(() => !existsSync(noted(editor, 'path')), 'the file that the editor was given is gone');

	await session.press('o', 'pager is open');
	assert.equal(noted(pager, 'flag'), '-R');
	await session.press('7\r', /ended with exit code 7/);
	await session.press('q', frame => !frame.includes('amount: 25.990'));
	session.send('q');
	assert.equal((await session.exited).code, 0);
});

test('an editor that is not there is named, with what to do', async context => {
	const home = await seedHome(context, {logs: [{id: 'log_1', response_body: '{"amount":1}'}]});
	const session = openAuditty(context, {home, arguments: ['show', 'log_1'], env: {EDITOR: 'no-such-editor'}});
	await session.sees('amount: 1');
	await session.press('v', /no-such-editor was not found, set EDITOR to a program that is installed/);
	session.send(keys.controlC);
	assert.equal((await session.exited).code, 0);
});
