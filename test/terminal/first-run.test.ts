import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {test} from 'node:test';
import {modesOfAShell} from '../helpers/terminal.ts';
import {keys, openAuditty} from '../helpers/open-auditty.ts';
import {runCli} from '../helpers/run-cli.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

// Ink draws nothing where CI is set unless it is told to: here it is set, as where this runs.
const env = {CI: 'true'};

const rowOfCursor = (frame: string): string => /^▸.*$/m.exec(frame)?.[0] ?? '';

test('from an empty store to the cause of a failure in the sample project, and on to a colleague', async context => {
	const session = openAuditty(context, {home: temporaryDirectory(context), env});
	await session.sees('Nothing is stored yet');
	await session.press('s', /nordlicht-coffee[^]* of 3,401|nordlicht-coffee[^]* 3,401/);
	await session.press('!', /status:failure[^]*▸ {2}✗ \d{3}/);
	await session.press('/', / \/ /);
	await session.press(`quantity_exceeded${keys.enter}`, /▸ {2}✗ 400 .*quantity_exceeded/);
	const found = rowOfCursor(session.screen.frame());
	await session.press('e', frame => rowOfCursor(frame) !== found && rowOfCursor(frame).includes('✗ 400'));
	await session.press(keys.enter, /key: "quantity_exceeded"[^]*message: "quantity exceeded"/);
	assert.match(session.screen.frame(), /campaign Midnight-Roast-Launch/);
	assert.deepEqual(session.screen.commands(), [], 'nothing reaches the clipboard unasked');

	await session.press('y', 'Copy of log_');
	await session.press('c', /cURL sent to the terminal/);
	const [sent, ...others] = session.screen.commands();
	assert.deepEqual(others, []);
	const curl = Buffer.from(/^52;c;(.*)$/.exec(sent ?? '')?.[1] ?? '', 'base64').toString();
	assert.match(curl, /^curl [^]*\/v1\/redemptions/m);
	assert.match(curl, /MIDNIGHT20/);

	await session.press('q', frame => !frame.includes('message: "quantity exceeded"'));
	session.send('q');
	assert.equal((await session.exited).code, 0);
	assert.deepEqual(session.screen.modes(), modesOfAShell);
});

const entry = (minute: number, status: number) => ({
	startedDateTime: `2026-11-20T10:0${minute}:00.000Z`, time: 12.5,
	request: {method: 'POST', url: 'https://shop.example/v1/orders', httpVersion: 'HTTP/2', headers: [{name: 'Authorization', value: 'Bearer not-to-be-seen-0123456789'}], queryString: [], cookies: [], headersSize: -1, bodySize: -1, postData: {mimeType: 'application/json', text: `{"minute":${minute}}`}},
	response: {status, statusText: '', httpVersion: 'HTTP/2', headers: [], cookies: [], content: {size: 30, mimeType: 'application/json', text: status === 200 ? '{"ok":true}' : '{"code":402,"key":"card_declined","message":"the card was declined"}'}, redirectURL: '', headersSize: -1, bodySize: -1},
	cache: {}, timings: {send: 1, wait: 10, receive: 1.5},
});

test('a HAR that was imported from the shell is on the screen, without its secrets', async context => {
	const home = temporaryDirectory(context);
	const har = JSON.stringify({log: {version: '1.2', creator: {name: 'a browser', version: '1'}, entries: [entry(1, 200), entry(2, 402), entry(3, 200)]}});
	const imported = await runCli(['import', '-'], {home, input: har});
	assert.equal(imported.code, 0, imported.stderr);
	const session = openAuditty(context, {home, env, arguments: ['logs', 'since:2026-11-20', 'until:2026-11-21']});
	await session.sees(/✗ 402[^]*card_declined/);
	await session.press('!', /▸ {2}✗ 402/);
	await session.press(keys.enter, 'message: "the card was declined"');
	assert.doesNotMatch(session.screen.output(), /not-to-be-seen/);
	session.send(keys.controlC);
	assert.equal((await session.exited).code, 0);
});
