import assert from 'node:assert/strict';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import net, {type AddressInfo} from 'node:net';
import path from 'node:path';
import {test} from 'node:test';
import zlib from 'node:zlib';
import {ask, proxyBefore, startServer} from '../../helpers/traffic.ts';

test('a call passes as it is, and its answer comes back as it is; each hop keeps what is its own', async context => {
	let seen: http.IncomingMessage | null = null;
	let body = '';
	const upstream = await startServer(context, (request, response) => {
		seen = request;
		request.setEncoding('utf8').on('data', (text: string) => {
			body += text;
		}).on('end', () => {
			response.writeHead(201, 'Made', [['Content-Type', 'application/json'], ['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2'], ['X-Rate-Limit-Remaining', '9'], ['Connection', 'x-inner'], ['X-Inner', 'hop']].flat());
			response.end('{"id":"v_1"}');
		});
	});
	const {url, recorder} = await proxyBefore(context, `${upstream}/base`);
	const answer = await ask(`${url}/v1/vouchers/A%20B?x=1&x=2`, {
		method: 'POST', body: '{"code":"A"}',
		headers: {'X-App-Id': 'key', 'X-Many': ['1', '2'], Connection: 'x-mine, close', 'X-Mine': 'hop', TE: 'gzip', 'Proxy-Authorization': 'Basic Zm9v'},
	});
	assert.deepEqual([answer.status, answer.body.toString(), answer.isCut], [201, '{"id":"v_1"}', false]);
	assert.deepEqual(answer.headers['set-cookie'], ['a=1', 'b=2']);
	assert.equal(answer.headers['x-rate-limit-remaining'], '9');
	assert.equal(answer.headers['x-inner'], undefined);

	const request = seen as unknown as http.IncomingMessage;
	assert.deepEqual([request.method, request.url, body], ['POST', '/base/v1/vouchers/A%20B?x=1&x=2', '{"code":"A"}']);
	assert.equal(request.headers.host, new URL(upstream).host);
	assert.equal(request.headers['x-many'], '1, 2');
	for (const name of ['x-mine', 'te', 'proxy-authorization']) assert.equal(request.headers[name], undefined, name);
	assert.match(String(request.headers['x-request-id']), /^v-[0-9a-f]{18}$/);
	assert.equal(answer.headers['x-request-id'], request.headers['x-request-id']);

	const log = await recorder.log(0);
	assert.partialDeepStrictEqual(log, {method: 'POST', url: `${upstream}/base/v1/vouchers/A%20B?x=1&x=2`, status: 201, request_body: '{"code":"A"}', response_body: '{"id":"v_1"}'});
	assert.match(String(log.id), /^log_[0-9a-f]{18}$/);
	assert.ok((log.request_duration ?? -1) >= 0);
	assert.equal(recorder.exchanges[0]?.request_id, request.headers['x-request-id']);
});

test('a request ID that is there stays, on either side', async context => {
	const upstream = await startServer(context, (request, response) => {
		if (request.url === '/own') response.setHeader('X-Voucherify-Request-Id', 'v-of-the-server');
		response.end(request.headers['x-correlation-id'] ?? request.headers['x-request-id']);
	});
	const {url} = await proxyBefore(context, upstream);
	const given = await ask(`${url}/`, {headers: {'X-Correlation-Id': 'mine'}});
	assert.deepEqual([given.body.toString(), given.headers['x-request-id']], ['mine', 'mine']);
	const own = await ask(`${url}/own`);
	assert.deepEqual([own.headers['x-voucherify-request-id'], own.headers['x-request-id']], ['v-of-the-server', undefined]);
});

test('bodies are recorded as text whatever their encoding, and binary ones by size and type', async context => {
	const text = JSON.stringify({name: 'Żółw', list: Array.from({length: 50}, (_, index) => index)});
	const encoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
		gzip: zlib.gzipSync, br: zlib.brotliCompressSync, zstd: zlib.zstdCompressSync, deflate: zlib.deflateSync, raw: zlib.deflateRawSync,
	};
	const upstream = await startServer(context, (request, response) => {
		const name = (request.url ?? '').slice(1);
		if (name === 'binary') response.writeHead(200, {'Content-Type': 'image/png'}).end(Buffer.from([0x89, 0x50, 0, 1, 2]));
		else if (name === 'unknown') response.writeHead(200, {'Content-Type': 'application/json', 'Content-Encoding': 'compress'}).end(Buffer.alloc(9));
		else if (name === 'broken') response.writeHead(200, {'Content-Type': 'application/json', 'Content-Encoding': 'gzip'}).end('this is no gzip');
		else response.writeHead(200, {'Content-Type': 'application/json', 'Content-Encoding': name === 'raw' ? 'deflate' : name}).end(encoders[name]?.(Buffer.from(text)));
	});
	const {url, recorder} = await proxyBefore(context, upstream);
	let index = 0;
	for (const name of Object.keys(encoders)) {
		const {body} = await ask(`${url}/${name}`);
		assert.deepEqual(body, encoders[name]?.(Buffer.from(text)), `${name} passes untouched`);
		assert.equal((await recorder.log(index++)).response_body, text, name);
	}

	await ask(`${url}/binary`);
	assert.equal((await recorder.log(index++)).response_body, '[binary, 5 bytes, image/png]');
	await ask(`${url}/unknown`);
	assert.equal((await recorder.log(index++)).response_body, '[binary, 9 bytes, application/json, compress]');
	await ask(`${url}/broken`);
	assert.equal((await recorder.log(index++)).response_body, '[binary, 15 bytes, application/json, gzip]');
	await ask(`${url}/gzip`, {method: 'POST', headers: {'Content-Encoding': 'gzip', 'Content-Type': 'application/json'}, body: zlib.gzipSync('{"a":1}')});
	assert.equal((await recorder.log(index++)).request_body, '{"a":1}');
});

test('of a long body the beginning is kept, cut between characters, and a bomb unfolds no further', async context => {
	const upstream = await startServer(context, (request, response) => {
		if (request.url === '/bomb') response.writeHead(200, {'Content-Type': 'text/plain', 'Content-Encoding': 'gzip'}).end(zlib.gzipSync(Buffer.alloc(50_000_000, 'a')));
		else response.writeHead(200, {'Content-Type': 'text/plain'}).end('ż'.repeat(5000));
	});
	const {url, recorder} = await proxyBefore(context, upstream, {settings: {bodyLimit: 1001}});
	assert.equal((await ask(`${url}/`)).body.length, 10_000);
	assert.equal((await recorder.log(0)).response_body, `${'ż'.repeat(500)}\n[cut: the first 1000 bytes of a body of 10000 bytes as sent]`);
	const {body} = await ask(`${url}/bomb`);
	assert.equal((await recorder.log(1)).response_body, `${'a'.repeat(1001)}\n[cut: the first 1001 bytes of a body of ${body.length} bytes as sent]`);
});

test('an uploaded CSV is kept whole up to its bound, also as a part of a form; other uploads and larger ones are cut', async context => {
	const upstream = await startServer(context, (request, response) => {
		request.resume().on('end', () => response.end());
	});
	const {url, recorder} = await proxyBefore(context, upstream, {settings: {bodyLimit: 100, uploadLimit: 5000}});
	const csv = `code,value\n${'CODE,1\n'.repeat(500)}`;
	const form = (name: string, type: string): string => `--xx\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n${csv}\r\n--xx--\r\n`;
	const send = async (type: string, body: string): Promise<void> => {
		await ask(`${url}/v1/vouchers/importCSV`, {method: 'POST', headers: {'Content-Type': type}, body});
	};

	await send('text/csv', csv);
	await send('multipart/form-data; boundary=xx', form('vouchers.csv', 'text/csv'));
	await send('multipart/form-data; boundary=xx', form('vouchers.bin', 'application/x-other'));
	await send('text/csv', csv + csv);
	assert.equal((await recorder.log(0)).request_body, csv);
	assert.equal((await recorder.log(1)).request_body, form('vouchers.csv', 'text/csv'));
	for (const index of [2, 3]) assert.match(String((await recorder.log(index)).request_body), /^[^[]{100}\n\[cut: the first 100 bytes of a body of \d+ bytes as sent\]$/);
});

test('what becomes of a call whose upstream fails is told to the client and in the log', async context => {
	const upstream = await startServer(context, (request, response) => {
		if (request.url === '/reset') request.socket.destroy();
		else if (request.url === '/cut') {
			response.writeHead(200, {'Content-Length': '1000', 'Content-Type': 'text/plain'});
			response.write('the first part', () => request.socket.destroy());
		} else if (request.url === '/garbage') request.socket.end('NOT HTTP AT ALL\r\n\r\n');
		// `/slow` is never answered.
	});
	const {url, recorder} = await proxyBefore(context, upstream, {timeoutMs: 300});
	const expectFailure = async (name: string, status: number, key: string): Promise<void> => {
		const index = recorder.exchanges.length;
		const {status: given, body, headers} = await ask(`${url}/${name}`, {headers: {'X-Request-Id': `id-${name}`}});
		assert.deepEqual([given, headers['x-request-id']], [status, `id-${name}`]);
		assert.partialDeepStrictEqual(JSON.parse(body.toString()), {code: status, key, request_id: `id-${name}`});
		assert.partialDeepStrictEqual(await recorder.log(index), {status: null, outcome: 'failure', error_key: key, response_body: null, response_headers: null});
	};

	await expectFailure('reset', 502, 'upstream_reset');
	await expectFailure('garbage', 502, 'upstream_invalid');
	await expectFailure('slow', 504, 'upstream_timeout');
	const cut = await ask(`${url}/cut`);
	assert.deepEqual([cut.status, cut.body.toString(), cut.isCut], [200, 'the first part', true]);
	assert.partialDeepStrictEqual(await recorder.log(3), {status: 200, outcome: 'failure', error_key: 'upstream_cut_off', response_body: 'the first part'});
});

test('an upstream that is not there is a 502 that says why, also in the middle of an upload', async context => {
	const server = net.createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	const {url, recorder} = await proxyBefore(context, `http://127.0.0.1:${port}`);
	const answer = await ask(`${url}/v1/vouchers`, {method: 'POST', body: Buffer.alloc(300_000, 'x'), headers: {'Content-Type': 'text/plain'}});
	assert.equal(answer.status, 502);
	assert.partialDeepStrictEqual(JSON.parse(answer.body.toString()), {code: 502, key: 'upstream_refused'});
	assert.equal((await recorder.log(0)).error_key, 'upstream_refused');
	const nowhere = await proxyBefore(context, 'http://nowhere.invalid');
	assert.equal((await ask(nowhere.url)).status, 502);
	assert.equal((await nowhere.recorder.log(0)).error_key, 'upstream_not_found');
});

test('a client that goes away ends the call at the upstream, and the log says so', async context => {
	const gone = Promise.withResolvers<void>();
	const upstream = await startServer(context, (_, response) => {
		response.on('close', gone.resolve);
		response.writeHead(200, {'Content-Type': 'text/plain'});
		response.write('some');
	});
	const {url, recorder} = await proxyBefore(context, upstream);
	const request = http.get(url);
	const [response] = await once(request, 'response') as [http.IncomingMessage];
	await once(response, 'data');
	request.destroy();
	await gone.promise;
	assert.partialDeepStrictEqual(await recorder.log(0), {status: 200, outcome: 'failure', error_key: 'client_aborted', response_body: 'some'});
});

test('an upload that its client breaks off is broken off at the upstream too', async context => {
	const broken = Promise.withResolvers<boolean>();
	const upstream = await startServer(context, request => {
		request.on('error', () => undefined).on('close', () => broken.resolve(!request.complete)).resume();
	});
	const {url, recorder} = await proxyBefore(context, upstream);
	const request = http.request(url, {method: 'POST', headers: {'Content-Length': '100000'}});
	request.on('error', () => undefined);
	request.write('only a part', () => setTimeout(() => request.destroy(), 50));
	assert.equal(await broken.promise, true);
	assert.partialDeepStrictEqual(await recorder.log(0), {status: null, outcome: 'failure', error_key: 'client_aborted', request_body: 'only a part'});
});

test('an early answer to an upload reaches the client', async context => {
	const upstream = await startServer(context, (_, response) => {
		response.writeHead(413, {'Content-Type': 'application/json'}).end('{"code":413,"key":"too_large"}');
	});
	const {url, recorder} = await proxyBefore(context, upstream);
	const {status, body} = await ask(url, {method: 'POST', body: Buffer.alloc(3_000_000)});
	assert.deepEqual([status, body.toString()], [413, '{"code":413,"key":"too_large"}']);
	assert.equal((await recorder.log(0)).status, 413);
});

test('server-sent events arrive one by one; it is the client who ends them, and no failure', async context => {
	let next: (() => void) | null = null;
	const upstream = await startServer(context, (_, response) => {
		response.writeHead(200, {'Content-Type': 'text/event-stream'});
		let count = 0;
		next = () => response.write(`data: ${++count}\n\n`);
		response.flushHeaders();
	});
	const {url, recorder} = await proxyBefore(context, upstream, {timeoutMs: 200});
	const request = http.get(url);
	const [response] = await once(request, 'response') as [http.IncomingMessage];
	for (const expected of ['data: 1\n\n', 'data: 2\n\n']) {
		(next as unknown as () => void)();
		const [chunk] = await once(response, 'data') as [Buffer];
		assert.equal(chunk.toString(), expected);
	}

	request.destroy();
	const log = await recorder.log(0);
	assert.partialDeepStrictEqual(log, {status: 200, response_body: 'data: 1\n\ndata: 2\n\n'});
	assert.equal(log.error_key, undefined);
});

test('an upstream that speaks HTTP/2 is spoken to in HTTP/2', async context => {
	const tls = (name: string): string => readFileSync(path.join(import.meta.dirname, '..', '..', 'fixtures', 'tls', name), 'utf8');
	const server = http2.createSecureServer({key: tls('key.pem'), cert: tls('certificate.pem'), allowHTTP1: true});
	server.on('request', (request, response) => {
		request.setEncoding('utf8');
		let body = '';
		request.on('data', (text: string) => {
			body += text;
		}).on('end', () => {
			if (request.url === '/slow') return;
			response.writeHead(200, {'content-type': 'application/json', 'x-version': request.httpVersion, 'set-cookie': ['a=1', 'b=2']});
			response.end(JSON.stringify({host: request.headers[':authority'] ?? request.headers.host, body}));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => server.close());
	const {port} = server.address() as AddressInfo;
	const {url, recorder} = await proxyBefore(context, `https://localhost:${port}`, {ca: tls('certificate.pem'), timeoutMs: 700});
	const answers = await Promise.all(['a', 'b', 'c'].map(async body => ask(`${url}/v1`, {method: 'POST', body, headers: {'Content-Type': 'text/plain'}})));
	for (const [index, answer] of answers.entries()) {
		assert.deepEqual([answer.status, answer.headers['x-version'], answer.headers['set-cookie']], [200, '2.0', ['a=1', 'b=2']]);
		assert.deepEqual(JSON.parse(answer.body.toString()), {host: `localhost:${port}`, body: 'abc'[index]});
	}

	assert.partialDeepStrictEqual(await recorder.log(2), {status: 200, method: 'POST', url: `https://localhost:${port}/v1`});
	const slow = await ask(`${url}/slow`);
	assert.deepEqual([slow.status, (await recorder.log(3)).error_key], [504, 'upstream_timeout']);
	const untrusted = await proxyBefore(context, `https://localhost:${port}`);
	assert.deepEqual([(await ask(untrusted.url)).status, (await untrusted.recorder.log(0)).error_key], [502, 'upstream_tls']);
});

test('a redirect within the upstream leads back through the proxy, one elsewhere does not', async context => {
	const upstream = await startServer(context, (request, response) => {
		response.writeHead(302, {Location: request.url === '/out' ? 'https://elsewhere.example/x' : `http://${request.headers.host}/v2?a=1`}).end();
	});
	const {url} = await proxyBefore(context, upstream);
	assert.equal((await ask(`${url}/in`)).headers.location, `${url}/v2?a=1`);
	assert.equal((await ask(`${url}/out`)).headers.location, 'https://elsewhere.example/x');
});

test('HEAD, 204, 304, OPTIONS and a whole URL as the target pass', async context => {
	const upstream = await startServer(context, (request, response) => {
		if (request.method === 'HEAD') response.writeHead(200, {'Content-Length': '1234'}).end();
		else if (request.url === '/none') response.writeHead(204).end();
		else if (request.url === '/same') response.writeHead(304, {ETag: '"x"'}).end();
		else response.end(request.url);
	});
	const {url} = await proxyBefore(context, upstream);
	const head = await ask(url, {method: 'HEAD'});
	assert.deepEqual([head.status, head.headers['content-length'], head.body.length], [200, '1234', 0]);
	assert.equal((await ask(`${url}/none`)).status, 204);
	assert.deepEqual([(await ask(`${url}/same`)).status, (await ask(`${url}/same`)).headers.etag], [304, '"x"']);
	assert.equal((await ask(`${url}/o`, {method: 'OPTIONS'})).body.toString(), '/o');
	const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
	socket.write('GET http://elsewhere.example/path?x=1 HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n');
	let text = '';
	for await (const chunk of socket.setEncoding('utf8')) text += String(chunk);
	assert.match(text, /^HTTP\/1\.1 200 OK[^]*\/path\?x=1/);
});

test('closing lets a call end, and cuts off one that takes too long', async context => {
	const upstream = await startServer(context, (request, response) => {
		if (request.url === '/short') setTimeout(() => response.end('done'), 100);
	});
	const {url, proxy, recorder} = await proxyBefore(context, upstream);
	const short = ask(`${url}/short`);
	const long = ask(`${url}/long`).then(() => 'answered', () => 'cut');
	while (proxy.forwarded() < 2) await new Promise(setImmediate);
	await proxy.close(400);
	assert.equal((await short).body.toString(), 'done');
	assert.equal(await long, 'cut');
	assert.deepEqual([(await recorder.log(0)).status, (await recorder.log(1)).error_key], [200, 'proxy_stopped']);
});

test('a connection that the upstream closes between two calls costs no call', async context => {
	const upstream = await startServer(context, (request, response) => {
		// Announced to nobody: the next call may already be on its way.
		response.on('finish', () => setTimeout(() => request.socket.destroy(), 5));
		response.end(request.url);
	});
	const {url, recorder} = await proxyBefore(context, upstream);
	for (let index = 0; index < 60; index++) {
		await new Promise(resolve => {
			setTimeout(resolve, index % 12);
		});
		assert.equal((await ask(`${url}/${index}`)).status, 200);
	}

	assert.equal(recorder.exchanges.length, 60);
});
