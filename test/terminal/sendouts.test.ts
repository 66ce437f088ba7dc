import assert from 'node:assert/strict';
import {createServer, type IncomingHttpHeaders} from 'node:http';
import {type AddressInfo} from 'node:net';
import {test} from 'node:test';
import {keys, openAuditty} from '../helpers/open-auditty.ts';
import {runCli} from '../helpers/run-cli.ts';
import {seedHome} from '../helpers/seed-home.ts';

test('an endpoint is added, an event reaches it, and its sendout is sent again under the same ID, all from the screen', async context => {
	const seen: IncomingHttpHeaders[] = [];
	const server = createServer((request, response) => {
		seen.push(request.headers);
		request.resume();
		response.statusCode = seen.length === 1 ? 503 : 200;
		response.end('{"seen":true}');
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	context.after(() => {
		server.closeAllConnections();
		server.close();
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
	const home = await seedHome(context, {logs: [{id: 'log_1', created_at: Date.now()}]});
	assert.equal((await runCli(['settings', 'webhooks.allow_private', 'true'], {home})).code, 0);

	const session = openAuditty(context, {home, columns: 120, rows: 40});
	await session.sees(/f filter|enter open/);
	await session.press('W', /No endpoint yet/);
	await session.press('a', /Add an endpoint/);
	await session.press(`${url}`, /127\.0\.0\.1/);
	await session.press(keys.enter, /whsec_/);
	await session.press('d', /✓ 127\.0\.0\.1:\d+\/hooks/);
	assert.equal((await runCli(['emit', 'redemption.failed', '--data', '{"id":"r_1"}'], {home})).code, 0);
	await session.press(keys.enter, /◐ retrying +whs_[\da-f]+/);
	await session.press('r', /Retry sendout whs_/);
	await session.press('y', /✓ success +whs_[\da-f]+/);
	await session.press(keys.enter, /attempts {2}2[^]*HTTP 503[^]*HTTP 200/);
	assert.equal(seen.length, 2);
	assert.equal(seen[0]!['webhook-id'], seen[1]!['webhook-id']);
	session.send(keys.controlC);
	assert.equal((await session.exited).code, 0);
});
