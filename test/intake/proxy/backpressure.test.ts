import assert from 'node:assert/strict';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import http from 'node:http';
import http2, {type Http2ServerResponse} from 'node:http2';
import {type AddressInfo} from 'node:net';
import path from 'node:path';
import {test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {proxyBefore, startServer} from '../../helpers/traffic.ts';

const tls = (name: string): string => readFileSync(path.join(import.meta.dirname, '..', '..', 'fixtures', 'tls', name), 'utf8');

const chunk = Buffer.alloc(256 * 1024, 'a');
const total = 400;

/** Writes as fast as it is taken, and counts. */
const pour = (response: http.ServerResponse | Http2ServerResponse, count: {written: number}): void => {
	const more = (): void => {
		while (count.written < total) {
			count.written++;
			if (!(response as http.ServerResponse).write(chunk)) {
				response.once('drain', more);
				return;
			}
		}

		response.end();
	};

	more();
};

/** Resolves when it has stayed the same for a while. */
const settled = async (count: {readonly written: number}): Promise<number> => {
	for (let seen = -1; seen !== count.written;) {
		seen = count.written;
		await wait(300);
	}

	return count.written;
};

for (const protocol of ['HTTP/1.1', 'HTTP/2'] as const) {
	test(`an upstream that sends by ${protocol} waits for a client that reads slowly`, async context => {
		const count = {written: 0};
		let upstream: string;
		if (protocol === 'HTTP/1.1') {
			upstream = await startServer(context, (_, response) => pour(response, count));
		} else {
			const server = http2.createSecureServer({key: tls('key.pem'), cert: tls('certificate.pem')}, (_, response) => pour(response, count));
			server.listen(0, '127.0.0.1');
			await once(server, 'listening');
			context.after(() => server.close());
			upstream = `https://localhost:${(server.address() as AddressInfo).port}`;
		}

		const {url, recorder} = await proxyBefore(context, upstream, {ca: tls('certificate.pem')});
		const [response] = await once(http.get(url), 'response') as [http.IncomingMessage];
		response.pause();
		const held = await settled(count);
		assert.ok(held < total / 2, `${held} of ${total} chunks were taken from the upstream while nobody read them`);
		let bytes = 0;
		for await (const part of response as AsyncIterable<Buffer>) bytes += part.length;
		assert.equal(bytes, total * chunk.length);
		assert.equal((await recorder.log(0)).status, 200);
	});
}

test('a client that uploads waits for an upstream that reads slowly', async context => {
	let taken: http.IncomingMessage | null = null;
	const upstream = await startServer(context, (request, response) => {
		taken = request;
		request.pause();
		request.on('end', () => response.end('all'));
	});
	const {url} = await proxyBefore(context, upstream);
	const count = {written: 0};
	const request = http.request(url, {method: 'POST'});
	pour(request as unknown as http.ServerResponse, count);
	const held = await settled(count);
	assert.ok(held < total / 2, `${held} of ${total}`);
	(taken as unknown as http.IncomingMessage).resume();
	const [response] = await once(request, 'response') as [http.IncomingMessage];
	assert.equal(response.statusCode, 200);
	assert.equal(count.written, total);
});
