import {UsageFault} from '../domain/fault.ts';
import {defineCommand} from './command.ts';

export const workerCommand = defineCommand({
	name: 'worker',
	summary: 'Carry out background tasks and deliveries, without a screen',
	usage: ['worker [--until-idle]'],
	description: [
		'Claims what is due and does it, a line an event, until it is told to end (SIGTERM, SIGINT): then it gives back what\nit holds. Any number of workers may share a store, on any number of machines; the screen brings one of its own.',
		'--until-idle ends when nothing runs, another worker\'s work included, and nothing falls due within 5 s: for cron.',
	],
	examples: [
		{line: 'worker', does: 'until it is told to end'},
		{line: 'worker --until-idle', does: 'what is due now, then ends'},
	],
	arguments: {least: 0, most: 0},
	makesStore: true,
	flags: {untilIdle: {type: 'boolean', description: 'End when nothing runs and nothing falls due within 5 s'}},
	run: async ({flags, context}) => {
		const {storeLocation, dataDirectory, environment, now, signal, output, format} = context;
		if (storeLocation.isReadOnly) {
			throw new UsageFault('--read-only leaves the store as it is', {remedy: 'leave it out to run a worker'});
		}

		const [{openStore}, {runTasksAndDeliveries}, {leaseMsOf}, {eventText}] = await Promise.all([
			import('../store/open-store.ts'), import('../worker/run-tasks-and-deliveries.ts'), import('../worker/worker-name.ts'), import('./worker/event-text.ts'),
		]);
		const store = await openStore({...storeLocation, home: dataDirectory});
		let written: Promise<void> = Promise.resolve();
		try {
			await runTasksAndDeliveries({
				store,
				dataDirectory,
				now,
				leaseMs: leaseMsOf(environment),
				signal,
				isUntilIdle: flags.untilIdle,
				log(event) {
					// Nobody who reads it is no reason to stop: that is what the signal says.
					written = written.then(async () => output.write(eventText(event, {at: now(), isJson: format === 'json'}))).catch(() => undefined);
				},
			});
			await written;
		} finally {
			await store.close();
		}

		// A worker that was told to end and did so has done what it should.
		return 0;
	},
});
