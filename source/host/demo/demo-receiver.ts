import {createServer, type ServerResponse} from 'node:http';
import {once} from 'node:events';
import {type AddressInfo} from 'node:net';

export type DemoReceiver = {
	/** One URL for each way of answering. */
	readonly urls: Readonly<Record<DemoAnswer, string>>;
	readonly close: () => void;
};

export type DemoAnswer = 'well' | 'slowly' | 'wrongly' | 'never';

const paths: Readonly<Record<DemoAnswer, string>> = {well: '/crm/events', slowly: '/warehouse/webhook', wrongly: '/loyalty/hooks', never: '/legacy/listener'};
const slowMs = 2500;

const reply = (response: ServerResponse, status: number, body: unknown): void => {
	response.writeHead(status, {'content-type': 'application/json', 'x-served-by': 'demo-receiver'}).end(JSON.stringify(body));
};

/** A receiver of webhooks: one of its URLs answers well, one slowly, one wrongly (and well at times), one not at all. */
export const startDemoReceiver = async (): Promise<DemoReceiver> => {
	let wrongCalls = 0;
	const answer: Readonly<Record<DemoAnswer, (response: ServerResponse) => void>> = {
		well: response => reply(response, 200, {received: true}),
		slowly(response) {
			setTimeout(() => reply(response, 202, {queued: true}), slowMs * (0.3 + Math.random()));
		},
		wrongly(response) {
			wrongCalls++;
			if (wrongCalls % 4 === 0) {
				reply(response, 200, {received: true});
			} else if (wrongCalls % 4 === 1) {
				reply(response, 422, {error: 'unknown_campaign', message: 'This campaign was not mirrored yet'});
			} else {
				reply(response, 503, {error: 'overloaded', message: 'Try again later'});
			}
		},
		never() {
			// Whoever waits for it gives up.
		},
	};
	const byPath = new Map(Object.entries(paths).map(([name, path]) => [path, name as DemoAnswer]));
	const server = createServer((request, response) => {
		request.resume();
		const name = byPath.get(request.url ?? '');
		if (name === undefined) {
			reply(response, 404, {error: 'not_found'});
		} else {
			answer[name](response);
		}
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		urls: {well: origin + paths.well, slowly: origin + paths.slowly, wrongly: origin + paths.wrongly, never: origin + paths.never},
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
};
