import process from 'node:process';
import {UsageFault} from '../domain/fault.ts';
import {makeSafe} from '../domain/text/make-safe.ts';
import {readStoreUrl} from '../store/store-url.ts';
import {defineCommand} from './command.ts';
import {readPort, readSeconds} from './read-port.ts';
import {refuseCsv} from './refuse-csv.ts';
import {createTelling, untilEnded} from './until-ended.ts';

const defaultPort = 8080;
const defaultTimeout = 300;
const drainMs = 5000;

export const proxyCommand = defineCommand({
	name: 'proxy',
	summary: 'Pass calls on to an API and record them as logs',
	usage: ['proxy UPSTREAM [--port N] [--host H]'],
	description: [
		'A reverse proxy: what is sent to it goes to UPSTREAM (https://api.voucherify.io), the answer comes back as it is, and\neach call becomes a log. Point the base URL of your SDK at it. Bodies stream both ways, of any size; events and\nWebSockets pass. A call without a request ID gets one, in X-Request-Id.',
		'Recording stands behind the traffic, in a process of its own: it never delays a call, and says when it had to leave\ncalls out. Secrets are replaced before anything is stored. What is kept of bodies, and where user, customer and campaign\nare found, is set by record.* (auditty settings).',
		'It ends by SIGINT or SIGTERM: calls that run get 5 seconds to end. --json prints a line when it listens and one when it\nhas stopped.',
	],
	examples: [
		{line: 'proxy https://api.voucherify.io', does: 'listens on http://127.0.0.1:8080'},
		{line: 'proxy http://localhost:3000 --port 0 --json', does: 'any free port; the first line says which'},
	],
	arguments: {least: 1, most: 1},
	makesStore: true,
	flags: {
		port: {type: 'string', valueName: 'N', description: 'Where it listens; 8080 unless given, 0 for any free port'},
		host: {type: 'string', valueName: 'H', description: 'The address that it listens on; 127.0.0.1 unless given'},
		timeout: {type: 'string', valueName: 'S', description: 'Seconds that UPSTREAM may take to begin its answer; 300 unless given'},
	},
	run: async ({arguments: [given = ''], flags, context}) => {
		refuseCsv(context, 'proxy');
		const {storeLocation, dataDirectory, now, signal, output, format} = context;
		if (storeLocation.isReadOnly) {
			throw new UsageFault('--read-only leaves the store as it is', {remedy: 'leave it out to record calls'});
		}

		const [{readUpstream}, {startProxy}, {startRecorderProcess}] = await Promise.all([
			import('../intake/proxy/upstream.ts'), import('../intake/proxy/start-proxy.ts'), import('../host/start-recorder-process.ts'),
		]);
		const upstream = readUpstream(given);
		const port = readPort(flags.port, defaultPort);
		const timeoutMs = readSeconds('--timeout', flags.timeout, defaultTimeout);
		const tell = createTelling(context);
		const recorder = startRecorderProcess({
			command: [process.argv[1] ?? '', '--internal-recorder'],
			opening: {...storeLocation, home: dataDirectory},
			onNotice: ({text}) => tell(text),
		});
		try {
			await recorder.ready;
			const proxy = await startProxy({upstream, host: flags.host ?? '127.0.0.1', port, recorder, timeoutMs, now});
			const target = upstream.origin + upstream.basePath;
			const address = readStoreUrl(storeLocation.url);
			const store = address.kind === 'file' ? address.path : address.url;
			await output.write(format === 'json'
				? `${JSON.stringify({event: 'listening', url: proxy.url, upstream: target, store})}\n`
				: `${makeSafe(`${proxy.url} passes calls on to ${target} and records them in ${store}`)}\n`);
			await untilEnded(signal);
			await proxy.close(drainMs);
			const {recorded, dropped} = await recorder.close();
			const forwarded = proxy.forwarded();
			await output.write(format === 'json'
				? `${JSON.stringify({event: 'stopped', forwarded, recorded, dropped})}\n`
				: `${forwarded} call${forwarded === 1 ? '' : 's'} passed on, ${recorded} recorded, ${dropped} not recorded\n`);
		} finally {
			await recorder.close();
		}

		// Told to end, and done so.
		return 0;
	},
});
