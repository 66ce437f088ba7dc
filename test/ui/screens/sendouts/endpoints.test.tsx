import {test} from 'node:test';
import assert from 'node:assert/strict';
import {openSendouts, startReceiver} from '../../../helpers/sendouts-screen.tsx';

const copied = (commands: readonly string[]): readonly string[] => commands.filter(command => command.startsWith('52;')).map(command => Buffer.from(command.split(';').at(-1)!, 'base64').toString());

test('an endpoint is added on an empty store; its secret is shown once, and copied when asked', async context => {
	const screen = await openSendouts(context, {session: {tab: 'logs', timeMode: 'project', tabs: {}}});
	await screen.until('Nothing is stored yet');
	await screen.press('W');
	await screen.until('No endpoint yet: a adds one');
	await screen.press('a');
	await screen.until('Add an endpoint');
	await screen.press('enter');
	await screen.until('the URL is missing');
	await screen.paste('http://127.0.0.1:9/hooks');
	await screen.press('tab', 'ctrl-u');
	await screen.type('campaign.*, log.failed');
	await screen.press('tab', 'ctrl-u');
	await screen.type('65');
	await screen.press('enter');
	await screen.until('65 deliveries cannot run at once, give a whole number from 1 to 64');
	await screen.press('ctrl-u');
	await screen.type('2');
	await screen.press('tab');
	await screen.type('no header');
	await screen.press('enter');
	await screen.until('"no header" is no header');
	await screen.press('ctrl-u');
	await screen.type('X-Team: shop');
	await screen.press('tab');
	await screen.type('Authorization: Bearer abcdefghijklmnop');
	await screen.press('enter');
	await screen.until(/Endpoint wh_[\da-f]+ added/);
	assert.match(screen.frame(), /it is shown this once/);
	const secret = /whsec_\S+/.exec(screen.frame())![0];
	await screen.press('c');
	await screen.until('secret sent to the terminal');
	assert.deepEqual(copied(screen.commands()), [secret]);
	assert.ok(screen.frame().includes(secret), 'stays until it is said to be kept');
	await screen.press('d');
	await screen.until(/▸ ✓ 127\.0\.0\.1:9\/hooks +no attempts/);
	assert.ok(!screen.frame().includes(secret));
	assert.match(screen.frame(), /events {3}campaign\.\*, log\.failed/);
	assert.match(screen.frame(), /x-team: shop/i);
	assert.match(screen.frame(), /at once {2}up to 2 deliveries/);
	assert.ok(!screen.frame().includes('abcdefghijklmnop'));
	const [added] = await screen.services.endpoints();
	assert.deepEqual(added!.endpoint.events, ['campaign.*', 'log.failed']);
	assert.equal(added!.endpoint.concurrency, 2);
});

test('what the services refuse is said in the form, and what was typed stays', async context => {
	const screen = await openSendouts(context, {settings: {}});
	await screen.until('Nothing is stored yet');
	await screen.press('W', 'a');
	await screen.paste('http://127.0.0.1:9/hooks');
	await screen.press('enter');
	await screen.until(/private|loopback|allow_private/);
	assert.match(screen.frame(), /127\.0\.0\.1:9\/hooks/);
	await screen.press('esc');
	await screen.until('No endpoint yet');
});

test('a test event is sent only after a question, and its sendout is opened', async context => {
	const screen = await openSendouts(context);
	const url = await startReceiver(context, (_, response) => {
		response.statusCode = 418;
		response.end('a teapot');
	});
	await screen.services.addEndpoint({url});
	await screen.press('W');
	await screen.until(/▸ ✓ 127/);
	await screen.press('s');
	await screen.until(/Send a test event to wh_/);
	await screen.press('enter');
	await screen.until(/▸ ✓ 127/);
	assert.equal(screen.calls.get('testEndpoint'), undefined);
	await screen.press('s', 'y');
	await screen.until(/whs_[\da-f]+ · ○ pending/);
	await screen.deliver();
	await screen.until(/HTTP 418/);
	await screen.until('a teapot');
});

test('an endpoint is disabled, enabled, given a new secret and removed, each after a question', async context => {
	const screen = await openSendouts(context);
	await screen.services.addEndpoint({url: 'http://127.0.0.1:9/hooks'});
	await screen.emit(2);
	await screen.until('2 waiting');
	await screen.press('W');
	await screen.until(/▸ ✓ 127/);
	await screen.press('e');
	await screen.until(/Disable wh_.*\?/);
	assert.match(screen.frame(), /2 sendouts wait for it\. They stay\./);
	await screen.press('y');
	await screen.until(/▸ ⊘ 127.*disabled/);
	await screen.press('e', 'y');
	await screen.until(/▸ ✓ 127/);
	await screen.press('R', 'y');
	await screen.until(/New secret of wh_/);
	assert.match(screen.frame(), /whsec_/);
	await screen.press('esc');
	await screen.until(/▸ ✓ 127/);
	await screen.press('K');
	await screen.until('2 sendouts wait for it. They are canceled.');
	await screen.press('y');
	await screen.until(/wh_[\da-f]+ is removed, 2 waiting sendouts canceled/);
	await screen.until('No endpoint yet');
	await screen.press('q');
	screen.notify();
	await screen.until(/⊘ canceled/);
	await screen.press('r');
	await screen.until('it was canceled: its endpoint was removed');
});

test('everything since a time is replayed to one endpoint, after it was counted', async context => {
	const screen = await openSendouts(context);
	let seen = 0;
	const url = await startReceiver(context, (_, response) => {
		seen++;
		response.end();
	});
	await screen.services.addEndpoint({url, events: ['redemption.*']});
	await screen.emit(3);
	await screen.deliver();
	await screen.until(/✓ success/);
	await screen.press('W');
	await screen.until(/▸ ✓ 127/);
	await screen.press('r', 'ctrl-u');
	await screen.type('never');
	await screen.press('enter');
	await screen.until(/never.*is no/);
	await screen.press('esc', 'r', 'ctrl-u');
	await screen.type('6h');
	await screen.press('enter');
	await screen.until('3 sendouts would be sent');
	await screen.press('enter');
	await screen.until(/background task aa_[\da-f]+ sends 3 sendouts/);
	await screen.deliver();
	assert.equal(seen, 6);
});

test('enter lists the sendouts of an endpoint', async context => {
	const screen = await openSendouts(context);
	const {endpoint: first} = await screen.services.addEndpoint({url: 'http://127.0.0.1:9/one'});
	const {endpoint: second} = await screen.services.addEndpoint({url: 'http://127.0.0.1:9/two'});
	await screen.emit(1);
	await screen.until('everything stored');
	await screen.press('W');
	await screen.until(/▸ ✓ 127\.0\.0\.1:9\/one/);
	await screen.press('j');
	await screen.until(/▸ ✓ 127\.0\.0\.1:9\/two/);
	await screen.press('y');
	assert.deepEqual(copied(screen.commands()), [second.id]);
	await screen.press('k', 'G', 'g', 'end', 'enter');
	await screen.until(`source:${second.id}`);
	assert.doesNotMatch(screen.lines()[2]!, new RegExp(first.id));
});

test('the palette and the help of every tab know the endpoints', async context => {
	const screen = await openSendouts(context, {hasSample: true, session: {tab: 'logs', timeMode: 'project', tabs: {}}});
	await screen.until('POST_v1_');
	await screen.press(':');
	await screen.type('endpoints');
	await screen.press('enter');
	await screen.until('Webhook endpoints');
	await screen.press('?');
	await screen.until('Rotate its secret (asks first)');
	await screen.press('esc', 'esc');
	await screen.until('everything stored');
	assert.match(screen.frame(), /W endpoints/);
	await screen.press('ctrl-r');
	await screen.until('read again');
	assert.doesNotMatch(screen.frame(), /Webhook endpoints/);
});
