import {createServer} from 'node:http';
import {once} from 'node:events';
import {type AddressInfo} from 'node:net';
import {type DemoCall} from './demo-calls.ts';

export type DemoApi = {
	readonly url: string;
	/** Tells how the call of this request ID is answered. */
	readonly expect: (requestId: string, answer: DemoCall['answer']) => void;
	readonly close: () => void;
};

/** Stands in for the API that the shop of the sample project calls: answers each call as it was answered there. */
export const startDemoApi = async (): Promise<DemoApi> => {
	const answers = new Map<string, DemoCall['answer']>();
	const server = createServer((request, response) => {
		const requestId = String(request.headers['x-request-id']);
		const answer = answers.get(requestId) ?? {status: 404, body: '{"code":404,"key":"not_found","message":"Resource not found"}', delayMs: 5};
		answers.delete(requestId);
		request.resume();
		setTimeout(() => {
			response.writeHead(answer.status, {'content-type': 'application/json', 'x-request-id': requestId}).end(answer.body);
		}, answer.delayMs);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		expect(requestId, answer) {
			answers.set(requestId, answer);
		},
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
};
