import process from 'node:process';
import {readUpstream} from '../../../source/intake/proxy/upstream.ts';
import {startProxy} from '../../../source/intake/proxy/start-proxy.ts';

/** The proxy of auditty, whose recorder throws everything away. */
const proxy = await startProxy({
	upstream: readUpstream(process.argv[2] ?? ''), host: '127.0.0.1', port: 0, timeoutMs: 10_000, now: () => Date.now(),
	recorder: {
		record: () => undefined,
		settings: () => ({bodyLimit: 0, uploadLimit: 0, rules: {}}),
		figures: () => ({recorded: 0, dropped: 0}),
		close: () => Promise.resolve({recorded: 0, dropped: 0}),
	},
});
process.stdout.write(`${proxy.url}\n`);
process.once('SIGTERM', () => process.exit());
