import {UsageFault} from '../domain/fault.ts';
import {type Instant} from '../domain/records.ts';
import {defineCommand} from './command.ts';
import {refuseCsv} from './refuse-csv.ts';

const readSince = async (text: string, now: Instant, timezone: string): Promise<Instant> => {
	const {instantOfDate, parseDate} = await import('../domain/time/parse-date.ts');
	const reading = parseDate(text);
	if (!reading.ok) {
		throw new UsageFault(`--since ${text}: ${reading.message}`, {remedy: reading.remedy});
	}

	return instantOfDate(reading.form, 'since', {now, timezone});
};

const readEvery = async (text: string): Promise<number> => {
	const {readPause} = await import('../services/pull/pull-pause.ts');
	const pauseMs = readPause(text);
	if (pauseMs === null) {
		throw new UsageFault(`--every cannot be ${text}`, {remedy: 'give a pause such as 30s, 5m, 1h or 1d'});
	}

	return pauseMs;
};

export const pullCommand = defineCommand({
	name: 'pull',
	summary: 'Take in what is new in a Voucherify project: logs, background tasks, exports',
	usage: ['pull [--since TIME] [--every PAUSE] [--detach]'],
	description: [
		'Logs come by exports of api_log that it makes in the project, the rest by lists; what is here already is not stored\nagain. The first pull reaches 7 days back, or to --since; later ones go on where the last one ended, and try again\nwhat failed. It waits as the limits of calls demand, and goes on where it stopped when its process dies.',
		'The keys: VOUCHERIFY_APP_ID and VOUCHERIFY_SECRET_KEY in the environment, or as NAME=VALUE lines in voucherify.env in\nthe data directory (AUDITTY_VOUCHERIFY_FILE names another file), which nobody else may read. They are never stored.\nThe project: settings voucherify.region (eu1, us1, as1) and voucherify.host, or VOUCHERIFY_REGION and VOUCHERIFY_HOST.',
		'--every pulls until it is told to end, a line an event; the setting pull.every lets a worker do so. --detach leaves\nthe pull to a worker and prints the ID of the background task. --json prints what came as an object. Exits 1 when\nsomething could not be pulled.',
	],
	examples: [
		{line: 'pull', does: 'what is new since the last pull'},
		{line: 'pull --since 30d', does: 'logs of 30 days, as far as they are not here'},
		{line: 'pull --every 5m', does: 'keeps the store up to date until ctrl-c'},
	],
	arguments: {least: 0, most: 0},
	makesStore: true,
	flags: {
		since: {type: 'string', valueName: 'TIME', description: 'How far back logs are wanted: 30m 24h 7d 2w, or a date'},
		every: {type: 'string', valueName: 'PAUSE', description: 'Pull again and again: 30s, 5m, 1h, 1d'},
		detach: {type: 'boolean', description: 'Leave it to a worker, and print the ID of the background task'},
	},
	run: async ({flags, context}) => {
		refuseCsv(context, 'pull');
		if (context.storeLocation.isReadOnly) {
			throw new UsageFault('--read-only leaves the store as it is', {remedy: 'leave it out to pull'});
		}

		if (flags.detach && flags.every !== undefined) {
			throw new UsageFault('--detach and --every exclude each other', {remedy: 'set pull.every for a worker that pulls: auditty settings pull.every 5m'});
		}

		const {storeLocation, dataDirectory, environment, now, output, format} = context;
		const pauseMs = flags.every === undefined ? null : await readEvery(flags.every);
		const [{openStore}, {readSettings}, {requireCredentials}, {projectAddress}] = await Promise.all([
			import('../store/open-store.ts'), import('../services/project-settings.ts'), import('../services/pull/credentials.ts'), import('../services/pull/project-address.ts'),
		]);
		requireCredentials(environment, dataDirectory);
		const store = await openStore({...storeLocation, home: dataDirectory});
		try {
			const {timezone, all} = await readSettings(store);
			projectAddress(all, environment);
			const since = flags.since === undefined ? null : await readSince(flags.since, now(), timezone);
			if (flags.detach) {
				const [{ensurePull}, {userName}] = await Promise.all([import('../services/pull/schedule-pull.ts'), import('../services/import/start-import.ts')]);
				const {task} = await ensurePull({store, now, since, user: userName()});
				await output.write(format === 'json' ? `${JSON.stringify({task_id: task.id})}\n` : `${task.id}\n`);
				return 0;
			}

			if (pauseMs !== null) {
				const {pullEvery} = await import('./pull/pull-every.ts');
				return await pullEvery(context, store, {since, pauseMs});
			}

			const {pullAndWait} = await import('./pull/pull-and-wait.ts');
			return await pullAndWait(context, store, since);
		} finally {
			await store.close();
		}
	},
});
