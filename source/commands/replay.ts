import {UsageFault} from '../domain/fault.ts';
import {defineCommand} from './command.ts';
import {refuseCsv} from './refuse-csv.ts';

export const replayCommand = defineCommand({
	name: 'replay',
	summary: 'Send an endpoint everything since a time once more',
	usage: ['replay ENDPOINT --since TIME [--dry-run] [--rate N] [--detach]'],
	description: [
		'For a receiver that lost what it got, or that was added late: every sendout to this endpoint since then is sent again\nunder its own ID, delivered or not, and each event of that time that it subscribes to and has no sendout of gets one.\nOldest first, as a background task at 50 a second unless --rate says otherwise; exits 1 when not all were delivered.',
	],
	examples: [
		{line: 'replay wh_12f8d7ff415061a645 --since 6h --dry-run', does: 'how many it would be'},
		{line: 'replay wh_12f8d7ff415061a645 --since 2026-11-22T10:00', does: 'from then on, in project time'},
	],
	arguments: {least: 1, most: 1},
	flags: {
		since: {type: 'string', valueName: 'TIME', description: 'From when on: 30m, 6h, 7d, 2026-11-22, 2026-11-22T10:00'},
		dryRun: {type: 'boolean', description: 'Say what would be sent; nothing is'},
		rate: {type: 'string', valueName: 'N', description: 'Sendouts a second; 50 unless given'},
		detach: {type: 'boolean', description: 'Leave it to a worker, and print the ID of the background task'},
	},
	run: async ({arguments: [endpoint = ''], flags, context}) => {
		refuseCsv(context, 'replay');
		if (flags.since === undefined) {
			throw new UsageFault('replay needs to know since when', {remedy: 'give --since 6h or the like'});
		}

		const {runReplayCommand} = await import('./webhooks/run-retry-command.ts');
		return runReplayCommand(context, {endpoint, since: flags.since}, flags);
	},
});
