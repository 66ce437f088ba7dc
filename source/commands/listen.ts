import process from 'node:process';
import {UsageFault} from '../domain/fault.ts';
import {makeSafe} from '../domain/text/make-safe.ts';
import {type ListenerEvent, type Refusal} from '../intake/listener/start-listener.ts';
import {defineCommand} from './command.ts';
import {type CommandContext} from './command-context.ts';
import {readPort} from './read-port.ts';
import {refuseCsv} from './refuse-csv.ts';
import {createTelling, untilEnded} from './until-ended.ts';

const defaultPort = 8081;
const payloadBytes = 8 * 1024 * 1024;

type Figures = {received: number; repeated: number; refused: number};

/** A line an event: `2026-11-22T10:00:00.000Z received id=whs_… type=redemption.succeeded request_id=v-…`, or an object. */
const eventText = (event: ListenerEvent, {at, isJson}: {readonly at: number; readonly isJson: boolean}): string => {
	const telling: Readonly<Record<string, string | null>> = event.kind === 'received'
		? {event: event.webhook.isNew ? 'received' : 'repeated', id: event.webhook.sendout.id, type: event.webhook.sendout.type, request_id: event.webhook.sendout.request_id}
		: {event: 'refused', reason: event.reason, from: event.from, ...(event.error instanceof Error && {error: event.error.message})};
	const time = new Date(at).toISOString();
	if (isJson) {
		return `${JSON.stringify({at: time, ...telling})}\n`;
	}

	const {event: kind, ...rest} = telling;
	const properties = Object.entries(rest).filter(([, value]) => value !== null).map(([name, value]) => `${name}=${/\s/.test(value ?? '') ? JSON.stringify(value) : value}`);
	return `${makeSafe([time, kind, ...properties].join(' '))}\n`;
};

/** Tells of each event, but of one kind of refusal at most once a second: whoever sends rubbish is not to fill the disk. */
const createLog = ({output, format, now}: CommandContext, figures: Figures): ((event: ListenerEvent) => void) => {
	const toldAt = new Map<Refusal, number>();
	return event => {
		const at = now();
		if (event.kind === 'refused') {
			figures.refused++;
			if (at - (toldAt.get(event.reason) ?? 0) < 1000) {
				return;
			}

			toldAt.set(event.reason, at);
		} else if (event.webhook.isNew) {
			figures.received++;
		} else {
			figures.repeated++;
		}

		void output.write(eventText(event, {at, isJson: format === 'json'})).catch(() => undefined);
	};
};

/** Delivers what is sent on. */
const startWorker = async ({storeLocation, dataDirectory, ...context}: CommandContext): Promise<{readonly stop: () => Promise<void>}> => {
	const {startWorkerProcess} = await import('../host/start-worker-process.ts');
	const tell = createTelling({storeLocation, dataDirectory, ...context});
	const worker = startWorkerProcess({command: [process.argv[1] ?? '', '--internal-worker'], opening: {...storeLocation, home: dataDirectory}});
	worker.notices.subscribe(notice => {
		if (notice.kind === 'child-down') tell(`what is sent on waits: the worker ended (${notice.reason})`);
	});
	await worker.ready;
	return worker;
};

export const listenCommand = defineCommand({
	name: 'listen',
	summary: 'Receive Voucherify\'s webhooks as sendouts',
	usage: ['listen [--port N] [--host H] [--forward] [--unverified]'],
	description: [
		'Takes webhooks of projects and distributions, and payloads that were designed freely. Each is stored once under its\nwhs_ ID, linked to the log whose request caused it, and answered with 200 only when it is in the store; while the\nstore cannot be written the answer is 503, and Voucherify sends it again.',
		'The signature (x-voucherify-signature) is verified with the secret in AUDITTY_WEBHOOK_SECRET, else with those in the\nfile that the setting listen.secret_file names (mode 0600, one a line). Wrong ones are answered with 401, and\ncounted.',
		'--forward also makes each an event of this store: every endpoint that subscribed (auditty endpoint add URL) gets it,\nwith retries, signed with its own secret. A worker for that runs along. Secrets in payloads stay replaced.',
		'A line an event; --json prints objects, the first with the address.',
	],
	examples: [
		{line: 'listen', does: 'listens on http://127.0.0.1:8081, at any path'},
		{line: 'listen --forward', does: 'and sends each on to the endpoints of this store, such as http://127.0.0.1:3000/hooks'},
		{line: 'listen --host 0.0.0.0 --port 9000', does: 'for senders on other machines'},
	],
	arguments: {least: 0, most: 0},
	makesStore: true,
	flags: {
		port: {type: 'string', valueName: 'N', description: 'Where it listens; 8081 unless given, 0 for any free port'},
		host: {type: 'string', valueName: 'H', description: 'The address that it listens on; 127.0.0.1 unless given'},
		forward: {type: 'boolean', description: 'Send each on to the endpoints of this store'},
		unverified: {type: 'boolean', description: 'Take webhooks from anyone, signed or not'},
	},
	run: async ({flags, context}) => {
		refuseCsv(context, 'listen');
		const {storeLocation, dataDirectory, environment, now, signal, output, format} = context;
		if (storeLocation.isReadOnly) {
			throw new UsageFault('--read-only leaves the store as it is', {remedy: 'leave it out to receive webhooks'});
		}

		const port = readPort(flags.port, defaultPort);
		const [{openStore}, {readSettings}, {readSecrets}, {startListener}, {createWebhookReceiver}, {readFingerprintKey}] = await Promise.all([
			import('../store/open-store.ts'), import('../services/project-settings.ts'), import('../intake/listener/read-secrets.ts'),
			import('../intake/listener/start-listener.ts'), import('../services/receive-webhooks.ts'), import('../store/fingerprint-key.ts'),
		]);
		const store = await openStore({...storeLocation, home: dataDirectory});
		const figures: Figures = {received: 0, repeated: 0, refused: 0};
		try {
			const {redactKeys, all} = await readSettings(store);
			const secrets = flags.unverified ? null : readSecrets({environment, file: all['listen.secret_file'] ?? null});
			const receiver = createWebhookReceiver({store, redaction: {fingerprintKey: readFingerprintKey(dataDirectory), extraKeys: redactKeys}, isPassedOn: flags.forward});
			const listener = await startListener({
				host: flags.host ?? '127.0.0.1', port, secrets, bodyLimit: payloadBytes, receiver, now, onEvent: createLog(context, figures),
			});
			const worker = flags.forward ? await startWorker(context) : null;
			await output.write(format === 'json'
				? `${JSON.stringify({event: 'listening', url: listener.url, is_verified: secrets !== null})}\n`
				: `${listener.url} receives webhooks${secrets === null ? ' from anyone, signatures unverified' : ''}\n`);
			await untilEnded(signal);
			await Promise.all([listener.close(), worker?.stop()]);
			await output.write(format === 'json'
				? `${JSON.stringify({event: 'stopped', ...figures})}\n`
				: `${figures.received} received, ${figures.repeated} came again, ${figures.refused} refused\n`);
		} finally {
			await store.close();
		}

		return 0;
	},
});
