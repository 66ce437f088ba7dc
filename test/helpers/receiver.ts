import {once} from 'node:events';
import {createServer, type IncomingHttpHeaders, type ServerResponse} from 'node:http';
import {type AddressInfo} from 'node:net';
import {type TestContext} from 'node:test';

export type Received = {readonly headers: IncomingHttpHeaders; readonly body: string; readonly path: string};

export type Receiver = {readonly url: string; readonly received: readonly Received[]};

/** A receiver of webhooks on loopback; `answer` says what comes back, or does not. */
export const startReceiver = async (context: Pick<TestContext, 'after'>, answer: (response: ServerResponse, received: Received) => void): Promise<Receiver> => {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const one = {headers: request.headers, body: Buffer.concat(chunks).toString(), path: request.url ?? ''};
			received.push(one);
			answer(response, one);
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => {
		server.close();
		server.closeAllConnections();
	});
	return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received};
};
