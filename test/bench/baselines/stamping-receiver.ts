import {createServer} from 'node:http';
import {type AddressInfo} from 'node:net';
import process from 'node:process';

/** A receiver of webhooks in a process of its own: answers at once, and notes how long after its event each one came. */
let latencies: number[] = [];

const server = createServer((request, response) => {
	const arrivedAt = process.hrtime.bigint();
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const {data} = JSON.parse(Buffer.concat(chunks).toString()) as {data: {at: string}};
		latencies.push(Number(arrivedAt - BigInt(data.at)) / 1e6);
		response.end('ok');
	});
}).listen(0, '127.0.0.1', () => process.send?.({port: (server.address() as AddressInfo).port}));

process.on('message', () => {
	process.send?.({latencies});
	latencies = [];
});
process.once('disconnect', () => process.exit());
