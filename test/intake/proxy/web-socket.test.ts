import assert from 'node:assert/strict';
import {once} from 'node:events';
import http from 'node:http';
import {test} from 'node:test';
import {WebSocket, WebSocketServer} from 'ws';
import {ask, proxyBefore, startServer} from '../../helpers/traffic.ts';

test('a WebSocket passes in both directions, and is recorded as the call that opened it', async context => {
	const server = http.createServer();
	const sockets = new WebSocketServer({server, handleProtocols: protocols => [...protocols][0] ?? false});
	sockets.on('connection', (socket, request) => {
		socket.send(`hello ${request.url}`);
		socket.on('message', data => socket.send(data, {binary: true}));
	});
	const upstream = await startServer(context, server);
	const {url, recorder, proxy} = await proxyBefore(context, upstream);
	const client = new WebSocket(`${url.replace('http', 'ws')}/live?x=1`, ['auditty'], {headers: {'X-App-Id': 'key'}});
	const [greeting] = await once(client, 'message') as [Buffer];
	assert.equal(greeting.toString(), 'hello /live?x=1');
	assert.equal(client.protocol, 'auditty');
	const large = Buffer.alloc(3_000_000, 7);
	client.send(large);
	const [echo] = await once(client, 'message') as [Buffer];
	assert.ok(echo.equals(large));
	assert.partialDeepStrictEqual(await recorder.log(0), {method: 'GET', status: 101, url: `${upstream}/live?x=1`, request_headers: {'X-App-Id': 'key'}, response_body: null});

	const closed = once(client, 'close');
	client.close(4000, 'enough');
	assert.deepEqual((await closed).map(String), ['4000', 'enough']);

	const other = new WebSocket(`${url.replace('http', 'ws')}/live`);
	await once(other, 'open');
	const cut = once(other, 'close');
	await proxy.close(0);
	await cut;
	assert.equal(recorder.exchanges.length, 2);
});

test('an upstream that does not agree to an upgrade answers for itself; one that is down is a 502', async context => {
	const upstream = await startServer(context, (_, response) => {
		response.writeHead(401, {'Content-Type': 'application/json'}).end('{"code":401,"key":"unauthorized"}');
	});
	const {url, recorder} = await proxyBefore(context, upstream);
	const upgrade = {Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Key': 'eA==', 'Sec-WebSocket-Version': '13'};
	const {status, body} = await ask(url, {headers: upgrade});
	assert.deepEqual([status, body.toString()], [401, '{"code":401,"key":"unauthorized"}']);
	assert.partialDeepStrictEqual(await recorder.log(0), {status: 401, response_body: '{"code":401,"key":"unauthorized"}'});

	const down = await proxyBefore(context, 'http://127.0.0.1:9');
	const refused = await ask(down.url, {headers: upgrade});
	assert.equal(refused.status, 502);
	assert.partialDeepStrictEqual(await down.recorder.log(0), {status: null, error_key: 'upstream_refused'});
});

test('an offer of HTTP/2 over plain text, which some clients make with each call, costs no body', async context => {
	const upstream = await startServer(context, (request, response) => {
		request.pipe(response);
	});
	const {url} = await proxyBefore(context, upstream);
	const {status, body} = await ask(url, {method: 'POST', body: 'the body', headers: {Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABkAAQCAAAAAAIAAAAA'}});
	assert.deepEqual([status, body.toString()], [200, 'the body']);
});
