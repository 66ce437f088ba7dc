import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import http from 'node:http';
import {type AddressInfo} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {type Bench} from './context.ts';
import {percentile, type Figure} from './figures.ts';
import {builtCli, buildOnce} from './run-program.ts';

const warmUpCalls = 1500;
const latencyCalls = 4000;
const rateMs = 4000;
const connections = 32;

const programOf = (name: string): string => fileURLToPath(new URL(`baselines/${name}`, import.meta.url));

type Program = {readonly child: ChildProcess; readonly url: string; readonly lastLine: () => string};

/** Starts a program whose first line holds the address that it listens on. */
async function start(programArguments: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Program> {
	const child = spawn(process.execPath, programArguments, {stdio: ['ignore', 'pipe', 'inherit'], env: {PATH: process.env['PATH'], HOME: process.env['HOME'], TZ: 'UTC', ...env}});
	const lines = createInterface({input: child.stdout});
	let last = '';
	lines.on('line', line => {
		last = line;
	});
	const [line] = await once(lines, 'line') as [string];
	return {child, url: /http:\/\/[\d.:]+/.exec(line)?.[0] ?? '', lastLine: () => last};
}

async function stop({child, lastLine}: Program): Promise<string> {
	child.kill('SIGTERM');
	await once(child, 'exit');
	return lastLine();
}

const body = JSON.stringify({redeemables: [{object: 'voucher', id: 'BLCKFRDY'}], customer: {source_id: 'crm-10422', name: 'Alex Doe', email: 'alex@example.com'}, order: {amount: 4198, items: Array.from({length: 8}, (_, index) => ({product_id: `prod_${index}`, quantity: index, price: 1999}))}});

const call = async (url: string, agent: http.Agent): Promise<void> => new Promise((resolve, reject) => {
	const request = http.request(`${url}/v1/redemptions`, {method: 'POST', agent, headers: {'Content-Type': 'application/json', 'Content-Length': body.length, 'X-App-Id': 'bench', 'X-App-Token': 'secret-of-the-bench'}}, response => {
		response.on('error', reject).on('end', resolve).resume();
	});
	request.on('error', reject);
	request.end(body);
});

/** One call after another: what each took, in milliseconds. */
async function latencies(url: string, count: number): Promise<readonly number[]> {
	const agent = new http.Agent({keepAlive: true, maxSockets: 1});
	const times: number[] = [];
	for (let index = 0; index < count; index++) {
		const started = performance.now();
		await call(url, agent);
		times.push(performance.now() - started);
	}

	agent.destroy();
	return times;
}

/** Calls a second over so many connections at once. */
async function rate(url: string): Promise<number> {
	const agent = new http.Agent({keepAlive: true, maxSockets: connections});
	const until = performance.now() + rateMs;
	let calls = 0;
	await Promise.all(Array.from({length: connections}, async () => {
		while (performance.now() < until) {
			await call(url, agent);
			calls++;
		}
	}));
	agent.destroy();
	return (calls / rateMs) * 1000;
}

/** Answers as an API does: after no time, with 1 KB of JSON. */
async function startApi(): Promise<{readonly url: string; readonly close: () => void}> {
	const answer = JSON.stringify({redemptions: [{id: 'r_12f8d7693e06ae702c', result: 'SUCCESS', customer_id: 'cust_1', voucher: {code: 'BLCKFRDY', campaign: 'Autumn-2026'}}], order: {items: Array.from({length: 10}, (_, index) => ({id: `ordli_${index}`, amount: 1000 + index}))}});
	const server = http.createServer((request, response) => {
		request.resume().on('end', () => {
			response.writeHead(200, {'Content-Type': 'application/json', 'Content-Length': answer.length}).end(answer);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}

type Measured = {readonly p50: number; readonly p99: number; readonly rate: number};

async function measure(url: string): Promise<Measured> {
	await latencies(url, warmUpCalls);
	const times = await latencies(url, latencyCalls);
	return {p50: percentile(times, 0.5), p99: percentile(times, 0.99), rate: await rate(url)};
}

/** What the recording proxy adds to a call, beside a direct one, a bare http-proxy-3, and itself without recording. */
export const proxyBench: Bench = {
	name: 'proxy',
	async run({scratch, onProgress}) {
		buildOnce();
		const api = await startApi();
		const run = async (name: string, begin: () => Promise<Program>): Promise<Measured & {readonly last: string}> => {
			onProgress(`calls through ${name}`);
			const program = await begin();
			const measured = await measure(program.url);
			return {...measured, last: await stop(program)};
		};

		onProgress('direct calls');
		const direct = await measure(api.url);
		const tsx = ['--import', import.meta.resolve('tsx')];
		const bare = await run('a bare http-proxy-3', async () => start([...tsx, programOf('bare-proxy.ts'), api.url]));
		const silent = await run('the proxy without recording', async () => start([...tsx, programOf('silent-proxy.ts'), api.url]));
		const recording = await run('the recording proxy', async () => start([builtCli, 'proxy', api.url, '--port', '0', '--json'], {AUDITTY_HOME: path.join(scratch, 'home')}));
		api.close();
		const {forwarded, recorded, dropped} = JSON.parse(recording.last) as {forwarded: number; recorded: number; dropped: number};
		onProgress(`${forwarded} calls passed on, ${recorded} recorded, ${dropped} dropped`);
		const added = (name: 'p50' | 'p99'): Figure => ({
			bench: 'proxy', name: `${name} that it adds to a call`, value: recording[name] - direct[name], unit: 'ms', baseline: {name: 'http-proxy-3 adds', value: bare[name] - direct[name]},
		});
		return [
			{bench: 'proxy', name: 'direct call, p50', value: direct.p50, unit: 'ms'},
			{bench: 'proxy', name: 'direct call, p99', value: direct.p99, unit: 'ms'},
			added('p50'),
			added('p99'),
			{bench: 'proxy', name: `calls, ${connections} at once`, value: recording.rate, unit: 'calls/s', baseline: {name: 'http-proxy-3', value: bare.rate}},
			{bench: 'proxy', name: `calls, ${connections} at once, beside direct`, value: recording.rate, unit: 'calls/s', baseline: {name: 'direct', value: direct.rate}},
			{bench: 'proxy', name: 'p50 that recording adds', value: recording.p50 - silent.p50, unit: 'ms'},
			{bench: 'proxy', name: 'calls, recording beside not', value: recording.rate, unit: 'calls/s', baseline: {name: 'not recording', value: silent.rate}},
			{bench: 'proxy', name: 'calls that were dropped', value: dropped, unit: 'calls', baseline: {name: 'passed on', value: forwarded}},
		] satisfies readonly Figure[];
	},
};
