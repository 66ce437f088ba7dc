import {UsageFault} from '../domain/fault.ts';
import {defineCommand} from './command.ts';
import {refuseCsv} from './refuse-csv.ts';

const most = 8_388_608;

const readInput = async (): Promise<string> => {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of process.stdin) {
		const bytes = chunk as Buffer;
		chunks.push(bytes);
		size += bytes.length;
		if (size > most) {
			throw new UsageFault('the data on standard input is too large', {remedy: 'send at most 1 MiB'});
		}
	}

	return Buffer.concat(chunks).toString('utf8');
};

const readDataFile = async (file: string): Promise<string> => {
	const {readFile, stat} = await import('node:fs/promises');
	try {
		if ((await stat(file)).size > most) {
			throw new UsageFault(`${file} is too large`, {remedy: 'send at most 1 MiB'});
		}

		return await readFile(file, 'utf8');
	} catch (error) {
		if (error instanceof UsageFault) {
			throw error;
		}

		throw new UsageFault(`${file} cannot be read`, {remedy: 'check its name and permissions', cause: error});
	}
};

const readData = async (given: string | undefined): Promise<string> => {
	if (given === undefined) {
		throw new UsageFault('emit has no data', {remedy: 'give --data JSON, --data @FILE or --data -'});
	}

	return given === '-' ? readInput() : (given.startsWith('@') ? readDataFile(given.slice(1)) : given);
};

export const emitCommand = defineCommand({
	name: 'emit',
	summary: 'Make an event, and a sendout of it for each endpoint that subscribed',
	usage: ['emit TYPE --data JSON|@FILE|- [--request-id ID] [--idempotency-key KEY]'],
	description: [
		'Stores the event with a sendout for each active endpoint that subscribed to TYPE, in one transaction; a worker\n(auditty worker, or the screen) delivers them. The data is sent as it is given: numbers and the order of keys stay.',
		'--request-id names the call that caused it, and links the sendouts with its log. With --idempotency-key the same\nevent is made once: again with the same key exits 0 and makes nothing.',
		'--json prints the event with its sendouts.',
	],
	examples: [
		{line: 'emit redemption.failed --data \'{"id":"r_1"}\' --request-id v-12f8d7ff3f8e1cefe9', does: 'sends it to who subscribed'},
		{line: 'emit order.paid --data @order.json --idempotency-key order-10422', does: 'once, however often it runs'},
	],
	arguments: {least: 1, most: 1},
	makesStore: true,
	flags: {
		data: {type: 'string', valueName: 'JSON|@FILE|-', description: 'One JSON value, a file of it, or - for standard input'},
		requestId: {type: 'string', valueName: 'ID', description: 'The request that caused it'},
		idempotencyKey: {type: 'string', valueName: 'KEY', description: 'Makes the event only where none has this key'},
	},
	run: async ({arguments: [type = ''], flags, context}) => {
		refuseCsv(context, 'emit');
		const data = await readData(flags.data);
		const [{withStore}, {emitEvent}, {jsonText}, {makeSafe}, {isoInstant}] = await Promise.all([
			import('./webhooks/with-store.ts'), import('../services/webhooks/emit-event.ts'), import('./print/json-text.ts'), import('../domain/text/make-safe.ts'),
			import('../domain/time/iso-instant.ts'),
		]);
		const {event, isRepeated} = await withStore(context, async services => emitEvent(services, {type, data, requestId: flags.requestId, idempotencyKey: flags.idempotencyKey}));
		const {id, createdAt, requestId, sendouts} = event;
		if (context.format === 'json') {
			await context.output.write(`${jsonText({
				id, type: event.type, created_at: isoInstant(createdAt), request_id: requestId, is_repeated: isRepeated, sendouts: sendouts.map(sendout => sendout.id),
			})}\n`);
			return 0;
		}

		const heading = isRepeated ? `${id} has this key already: nothing is made` : `${id} ${makeSafe(event.type)}: ${sendouts.length === 0 ? 'no endpoint subscribed to it' : `${sendouts.length} sendout${sendouts.length === 1 ? '' : 's'}`}`;
		await context.output.write([heading, ...isRepeated ? [] : sendouts.map(sendout => `  ${sendout.id}  ${makeSafe(sendout.targetUrl)}`)].map(line => `${line}\n`).join(''));
		return 0;
	},
});
