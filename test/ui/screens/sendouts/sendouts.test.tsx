import {test} from 'node:test';
import assert from 'node:assert/strict';
import {type IncomingHttpHeaders} from 'node:http';
import {rowsRendered} from '../../../../source/ui/components/list/list.tsx';
import {openSendouts, startReceiver} from '../../../helpers/sendouts-screen.tsx';

test('the tab shows how each endpoint fares, and each sendout with what it waits for', async context => {
	const screen = await openSendouts(context, {columns: 200, rows: 50});
	const url = await startReceiver(context, (request, response) => {
		response.statusCode = request.url === '/good' ? 200 : 503;
		response.end('{}');
	});
	await screen.services.addEndpoint({url: `${url}/good`});
	await screen.services.addEndpoint({url: `${url}/bad`});
	await screen.emit(2);
	await screen.until(/○ pending +whs_/);
	await screen.until(/\/good +no attempts +2 waiting/);
	await screen.deliver();
	await screen.until(/◐ retrying +whs_.*redemption\.succeeded.* 1 .*HTTP 503/);
	await screen.until(/✓ success +whs_/);
	await screen.until(/✗ 127\.0\.0\.1:\d+\/bad +success 0\.0 % +p90 .* 2 waiting +next .* breaker/);
	assert.match(screen.frame(), /✓ 127\.0\.0\.1:\d+\/good +success 100 % +p90 .* 0 waiting .*breaker closed/);
	assert.match(screen.frame(), /STATUS +SENDOUT ID +TYPE +REQUEST ID +SOURCE ID +CREATED +SENT +ATTEMPTS +NEXT/);
	await screen.press('G');
	assert.equal(screen.styleOf('◐ retrying').color, 3);
	// At rest it asks nothing.
	const asked = screen.calls.get('endpoints');
	await screen.press('j', 'k', 'G', 'g');
	assert.equal(screen.calls.get('endpoints'), asked);
	const drawn = rowsRendered.count;
	screen.forget();
	await screen.press('j');
	assert.equal(rowsRendered.count - drawn, 2);
	assert.ok(Buffer.byteLength(screen.output()) <= 600, `${Buffer.byteLength(screen.output())} bytes`);
});

test('what waits for an endpoint whose breaker is open or that is disabled is not said to be due', async context => {
	const screen = await openSendouts(context);
	const url = await startReceiver(context, (_, response) => {
		response.statusCode = 503;
		response.end();
	});
	await screen.services.addEndpoint({url});
	await screen.emit(12);
	await screen.deliver();
	await screen.until('breaker open');
	assert.doesNotMatch(screen.frame(), /due now/);
	await screen.until(/○ pending .* in \d+ /);
	await screen.press('g', 'enter');
	await screen.until(/next .*, when the breaker lets one through/);
	await screen.press('esc', 'W', 'e', 'y');
	await screen.until(/▸ ⊘ 127.*disabled/);
	await screen.press('q');
	await screen.until(/○ pending .* held/);
	await screen.press('enter');
	await screen.until(/held while its endpoint is disabled/);
});

test('on a narrow screen the status, the type, the attempts and the next one remain; many endpoints share three lines', async context => {
	const screen = await openSendouts(context, {columns: 80, rows: 24});
	for (let index = 0; index < 5; index++) {
		await screen.services.addEndpoint({url: `http://127.0.0.1:9/endpoint/${index}`});
	}

	await screen.emit(1);
	await screen.until('+3 more, W lists all');
	assert.match(screen.frame(), /STATUS +TYPE +CREATED +ATTEMPTS +NEXT/);
	assert.match(screen.frame(), /○ pending +redemption\.succeeded/);
	assert.equal(screen.lines().length, 24);
});

test('r asks before it sends one again, and says under which delivery ID', async context => {
	const screen = await openSendouts(context);
	const seen: IncomingHttpHeaders[] = [];
	const url = await startReceiver(context, (request, response) => {
		seen.push(request.headers);
		response.end('{}');
	});
	await screen.services.addEndpoint({url});
	await screen.emit(1);
	await screen.deliver();
	await screen.until(/✓ success +whs_/);
	const id = /whs_[\da-f]+/.exec(screen.frame())![0];
	await screen.press('r');
	await screen.until(`Retry sendout ${id}?`);
	assert.match(screen.frame(), /It succeeded: by force the receiver gets it a second time/);
	await screen.press('enter');
	await screen.until(/▸ {2}✓ success/);
	assert.equal(screen.calls.get('retrySendout'), undefined);
	await screen.press('enter');
	await screen.until('▸ attempts');
	await screen.press('r', 'y');
	await screen.until(`attempt 2 is on its way, under delivery ID ${id}`);
	await screen.deliver();
	await screen.until(/attempts {2}2/);
	assert.deepEqual(seen.map(headers => headers['webhook-id']), [id, id]);
});

test('R counts first what would be sent, to whom, and what not; then a background task sends it', async context => {
	const screen = await openSendouts(context);
	let status = 500;
	const url = await startReceiver(context, (request, response) => {
		response.statusCode = request.url === '/good' ? 200 : status;
		response.end();
	});
	await screen.services.addEndpoint({url: `${url}/good`});
	await screen.services.addEndpoint({url: `${url}/bad`});
	await screen.emit(3);
	await screen.deliver();
	await screen.until(/◐ retrying +whs_/);
	await screen.press('R');
	await screen.until(/3 sendouts would be sent/);
	assert.match(screen.frame(), /Retry sendouts {2}everything stored/);
	assert.match(screen.frame(), /3 → 127\.0\.0\.1:\d+\/bad/);
	assert.match(screen.frame(), /3 left out: it was delivered/);
	await screen.press('space');
	await screen.until(/6 sendouts would be sent/);
	assert.match(screen.frame(), /rate limit +50 a second +about 1\.0 s for all/);
	await screen.press('space', 'j', 'left', 'left', 'left');
	await screen.until(/3 sendouts would be sent/);
	assert.match(screen.frame(), /rate limit +5 a second/);
	assert.equal(screen.calls.get('startRetry'), undefined);
	status = 200;
	await screen.press('right', 'right', 'enter');
	await screen.until(/background task aa_[\da-f]+ sends 3 sendouts: 2 shows it, K there cancels it/);
	await screen.deliver();
	await screen.until(frame => !frame.includes('retrying'));
	await screen.press('2');
	await screen.until(/✓ done +SENDOUTS\.RETRY|SENDOUTS\.RETRY +✓ done|✓ done .*SENDOUTS\.RETRY/);
});

test('R means the marked ones where there are any', async context => {
	const screen = await openSendouts(context);
	await screen.services.addEndpoint({url: 'http://127.0.0.1:9/'});
	await screen.emit(4);
	await screen.deliver();
	await screen.until(/◐ retrying +whs_/);
	await screen.press('m', 'm', 'R');
	await screen.until('2 sendouts would be sent');
	assert.match(screen.frame(), /Retry sendouts {2}2 marked/);
	await screen.press('esc');
	await screen.until('2 marked');
});

test('a read-only store says so before anything is asked', async context => {
	const screen = await openSendouts(context, {hasSample: true, isReadOnly: true});
	await screen.until('everything stored');
	for (const key of ['r', 'R']) {
		await screen.press(key);
		await screen.until('the store is open read-only');
		assert.doesNotMatch(screen.frame(), /Retry sendout/);
	}

	await screen.press('W');
	await screen.until('Webhook endpoints');
	await screen.press('a');
	await screen.until('the store is open read-only');
	assert.doesNotMatch(screen.frame(), /Add an endpoint/);
});

test('from a sendout to the log with its request ID, and back', async context => {
	const screen = await openSendouts(context, {hasSample: true});
	await screen.until('everything stored');
	await screen.press('l');
	await screen.until(/caused by {2}log_/);
	await screen.press('enter');
	await screen.until('id:log_');
	await screen.press('ctrl-o');
	await screen.until(/sent {2}whs_/);
	await screen.press('enter');
	await screen.until('id:whs_');
	await screen.press('esc', 'esc');
	await screen.until('id:log_');
});

test('what an endpoint answers, and its address, reach the terminal as text only', async context => {
	const screen = await openSendouts(context);
	const url = await startReceiver(context, (_, response) => {
		response.statusCode = 500;
		response.setHeader('x-evil', '\u009B31m');
		response.end('\u001B]0;owned\u0007\u001B[2J\u202E');
	});
	await screen.services.addEndpoint({url: `${url}/%1B[31m`, headers: {'x-team': 'a'}});
	await screen.emit(1, 'redemption.failed');
	await screen.deliver();
	await screen.until(/◐ retrying/);
	await screen.press('enter');
	await screen.until('\\x1b]0;owned');
	await screen.press('r');
	await screen.until('Retry sendout');
	await screen.press('esc', 'esc', 'R');
	await screen.until('1 sendout would be sent');
	await screen.press('esc', 'W');
	await screen.until('Webhook endpoints');
	assert.deepEqual(screen.commands(), []);
	assert.doesNotMatch(screen.output(), /\u202E|\u009B|\u0007/);
});
